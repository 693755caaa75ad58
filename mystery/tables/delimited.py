"""CSV as people have it: UTF-8 or cp1251, with comma, semicolon or tab. Runs inside the worker."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from mystery.tables import limits
from mystery.tables.limits import Refusal

DELIMITERS = ";,\t"
BYTE_ORDER_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def read_delimited(content: bytes) -> dict[str, Any]:
    """The one table of a CSV file; raises Refusal."""
    text = decode_text(content)
    if "\x00" in text:
        raise Refusal("file_unprintable", row=text[: text.index("\x00")].count("\n") + 1)
    rows = list(split_rows(text, detect_delimiter(text)))
    return {"name": "", "rows": rows, "formulas": []}


def decode_text(content: bytes) -> str:
    """The text of the file, by its byte order mark, else UTF-8, else cp1251; raises Refusal."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode_utf16(content[len(mark) :], encoding)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken_at = error.start
    replaced = content.decode("utf-8", "replace")
    bad = replaced.count("\ufffd")
    good = sum(1 for character in replaced if character > "\x7f") - bad
    # Russian text in cp1251 yields hardly one valid UTF-8 letter; mostly valid letters mean damaged UTF-8.
    if good >= bad:
        raise Refusal("file_broken_encoding", row=content[:broken_at].count(b"\n") + 1)
    try:
        return content.decode("cp1251")
    except UnicodeDecodeError as error:
        raise Refusal("file_broken_encoding", row=content[: error.start].count(b"\n") + 1) from None


def detect_delimiter(text: str) -> str:
    """The delimiter that stands most often, outside quotation marks, in the first line that has any text."""
    first = next((line for line in text.splitlines() if line.strip(" \t;,")), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=bare.count)


def split_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, with their number as a spreadsheet counts it; raises Refusal."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number, held = 0, 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise Refusal("file_quotes", row=number) from None
        if cells is None:
            return
        cells = [cell[: limits.LONGEST_CELL] for cell in cells]
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        held += 1
        if held > limits.MOST_ROWS + 1:
            raise Refusal("too_many_rows", most=limits.MOST_ROWS)
        if len(cells) > limits.MOST_COLUMNS:
            raise Refusal("too_many_columns", row=number, most=limits.MOST_COLUMNS)
        yield number, cells


def _decode_utf16(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content[: error.start].decode(encoding, "ignore").count("\n") + 1
        raise Refusal("file_broken_encoding", row=row) from None
