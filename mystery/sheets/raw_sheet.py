"""The raw sheet: what an auditor entered, in the answers-file format, kept exactly and read back whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

RawSheet = Mapping[str, Any]
LONGEST_WRITER = 40
SAID_PARTS = ("visit", "answers", "comments")


def write_raw(raw: RawSheet) -> str:
    """The JSON text of what was entered; it keeps the order, and everything that does not parse."""
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"), default=_write_exact)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        # Halves of surrogate pairs cannot be stored as text; escaped they can, and nothing is changed.
        return json.dumps(raw, separators=(",", ":"), default=_write_exact)
    return text


def read_raw(text: str) -> dict[str, Any]:
    """The raw sheet that ``write_raw`` wrote."""
    sheet: dict[str, Any] = json.loads(text)
    return sheet


def read_part(raw: RawSheet, part: str) -> Mapping[str, Any]:
    """One part of a raw sheet; an empty one where it is missing or is no mapping."""
    found = raw.get(part)
    return found if isinstance(found, Mapping) else {}


def says_same(one: RawSheet, other: RawSheet) -> bool:
    """Whether two sheets say the same of the visit, whenever and in whatever order it was entered."""
    return all(read_part(one, part) == read_part(other, part) for part in SAID_PARTS)


def has_same_writer(one: RawSheet, other: RawSheet) -> bool:
    """Whether both are states of the same draft on the same device."""
    return bool(one.get("writer")) and one.get("writer") == other.get("writer")


def is_overtaken(raw: RawSheet, by: RawSheet) -> bool:
    """Whether ``by`` is a later state of the very draft that ``raw`` is: then ``raw`` says nothing new."""
    return has_same_writer(raw, by) and int(raw.get("turn", 0)) < int(by.get("turn", 0))


def _write_exact(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in an answers file")
