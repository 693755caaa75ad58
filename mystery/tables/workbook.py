"""XLSX read row by row with openpyxl, every cell as text. Runs inside the worker."""

from __future__ import annotations

import io
import sys
import warnings
from datetime import date, datetime, time
from typing import Any

from mystery.tables import limits
from mystery.tables.limits import Refusal

# openpyxl would load these for features we do not use, at the price of start-up time and memory.
for unwanted in ("numpy", "PIL"):
    sys.modules.setdefault(unwanted, None)  # type: ignore[arg-type]

from openpyxl import load_workbook  # noqa: E402  # The line above has to come first.

MOST_FORMULAS_NAMED = 20
LAST_ROW_OF_EXCEL = 1_048_576


def read_workbook(content: bytes) -> list[dict[str, Any]]:
    """The sheets that hold anything; raises Refusal when the file is no sound workbook."""
    try:
        with warnings.catch_warnings():
            # Remarks about fonts and print areas are of no use to the person who uploads.
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
            if len(sheets) > limits.MOST_SHEETS:
                raise Refusal("file_too_demanding")
            return [table for table in map(read_sheet, sheets) if table["rows"]]
    except (Refusal, MemoryError):
        raise
    except Exception as error:
        # openpyxl raises whatever its parser met (KeyError, ParseError, BadZipFile): it all means broken.
        raise Refusal("file_broken") from error


def read_sheet(sheet: Any) -> dict[str, Any]:
    """One sheet: its rows that hold anything, with their numbers, and where formulas stand."""
    rows: list[tuple[int, list[str]]] = []
    formulas: list[int] = []
    # What the file says of its own size is not believed. One more column than allowed is asked for, so
    # that too many can be told from just enough.
    sheet.reset_dimensions()
    found = sheet.iter_rows(max_row=LAST_ROW_OF_EXCEL, max_col=limits.MOST_COLUMNS + 1)
    for number, cells in enumerate(found, start=1):
        texts = [cell_text(cell.value) for cell in cells]
        while texts and not texts[-1].strip():
            texts.pop()
        if not texts:
            continue
        if len(texts) > limits.MOST_COLUMNS:
            raise Refusal("too_many_columns", row=number, most=limits.MOST_COLUMNS)
        if any(getattr(cell, "data_type", "") == "f" for cell in cells):
            formulas.append(number)
        rows.append((number, texts))
        if len(rows) > limits.MOST_ROWS + 1:
            raise Refusal("too_many_rows", most=limits.MOST_ROWS)
    return {"name": sheet.title[:100], "rows": rows, "formulas": formulas[:MOST_FORMULAS_NAMED]}


def cell_text(value: Any) -> str:
    """A cell as text: dates in ISO form, whole numbers without a point, formulas as they are written."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    # An array formula is an object that carries its text.
    return str(getattr(value, "text", value))[: limits.LONGEST_CELL]
