"""Blank files to fill in: our headings in the reader's language, as CSV or XLSX."""

from __future__ import annotations

import csv
import io

import xlsxwriter

from mystery.directory.imports.columns import COLUMNS, SheetKind

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BLANK_FILES = {"units.csv": CSV_TYPE, "employees.csv": CSV_TYPE, "directory.xlsx": XLSX_TYPE}
SHEET_NAMES = {
    SheetKind.UNITS: {"ru": "Подразделения", "en": "Units"},
    SheetKind.EMPLOYEES: {"ru": "Сотрудники", "en": "Employees"},
}
COLUMN_WIDTH = 22


def write_blank_file(name: str, language: str) -> bytes:
    """The blank file of one of the names in BLANK_FILES; raises KeyError for another."""
    if BLANK_FILES[name] == XLSX_TYPE:
        return _write_workbook(language)
    return _write_delimited(SheetKind(name.removesuffix(".csv")), language)


def _write_delimited(kind: SheetKind, language: str) -> bytes:
    output = io.StringIO(newline="")
    # Russian spreadsheets expect a semicolon, and all of them a byte order mark to believe in UTF-8.
    csv.writer(output, delimiter=";" if language == "ru" else ",").writerow(_headings(kind, language))
    return output.getvalue().encode("utf-8-sig")


def _write_workbook(language: str) -> bytes:
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, {"in_memory": True})
    bold = workbook.add_format({"bold": True, "bottom": 1})
    text = workbook.add_format({"num_format": "@"})
    for kind, names in SHEET_NAMES.items():
        sheet = workbook.add_worksheet(names[language])
        # Cells are text beforehand, so that a code such as 007 keeps its zeros.
        sheet.set_column(0, len(COLUMNS[kind]) - 1, COLUMN_WIDTH, text)
        sheet.write_row(0, 0, _headings(kind, language), bold)
        sheet.freeze_panes(1, 0)
    workbook.close()
    return output.getvalue()


def _headings(kind: SheetKind, language: str) -> list[str]:
    return [column.heading(language) for column in COLUMNS[kind]]
