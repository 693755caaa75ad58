"""Tables for tests: written as text, turned into CSV, workbooks and zip files."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]


def table(text: str) -> list[list[str]]:
    """A table written with strokes between the cells, one row a line."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def as_csv(rows: str | Rows, *, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """The table as a CSV file."""
    output = io.StringIO(newline="")
    csv.writer(output, delimiter=delimiter).writerows(table(rows) if isinstance(rows, str) else rows)
    return output.getvalue().encode(encoding)


def as_xlsx(sheets: Mapping[str, str | Rows]) -> bytes:
    """The tables as the sheets of a workbook; dates become date cells, strings stay strings."""
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False})
    day = workbook.add_format({"num_format": "dd.mm.yyyy"})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for row, cells in enumerate(table(rows) if isinstance(rows, str) else rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                else:
                    sheet.write(row, column, cell)
    workbook.close()
    return output.getvalue()


def as_zip(members: Mapping[str, bytes]) -> bytes:
    """A zip file with these members."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return output.getvalue()
