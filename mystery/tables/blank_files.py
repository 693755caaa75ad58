"""Blank files to fill in: headings and nothing else, as CSV or XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import xlsxwriter

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMN_WIDTH = 22


def write_blank_csv(headings: Sequence[str], language: str) -> bytes:
    """A CSV file as spreadsheets of that language read it."""
    output = io.StringIO(newline="")
    # Russian spreadsheets expect a semicolon, and all of them a byte order mark to believe in UTF-8.
    csv.writer(output, delimiter=";" if language == "ru" else ",").writerow(headings)
    return output.getvalue().encode("utf-8-sig")


def write_blank_workbook(sheets: Mapping[str, Sequence[str]]) -> bytes:
    """A workbook with the headings of each sheet by its name."""
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, {"in_memory": True})
    bold = workbook.add_format({"bold": True, "bottom": 1})
    text = workbook.add_format({"num_format": "@"})
    for name, headings in sheets.items():
        sheet = workbook.add_worksheet(name)
        # Cells are text beforehand, so that a code such as 007 keeps its zeros.
        sheet.set_column(0, len(headings) - 1, COLUMN_WIDTH, text)
        sheet.write_row(0, 0, headings, bold)
        sheet.freeze_panes(1, 0)
    workbook.close()
    return output.getvalue()
