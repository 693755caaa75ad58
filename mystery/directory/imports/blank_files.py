"""Blank files to fill in: our headings in the reader's language, as CSV or XLSX."""

from __future__ import annotations

from mystery.directory.imports.columns import COLUMNS, SheetKind
from mystery.tables.blank_files import CSV_TYPE, XLSX_TYPE, write_blank_csv, write_blank_workbook

BLANK_FILES = {"units.csv": CSV_TYPE, "employees.csv": CSV_TYPE, "directory.xlsx": XLSX_TYPE}
SHEET_NAMES = {
    SheetKind.UNITS: {"ru": "Подразделения", "en": "Units"},
    SheetKind.EMPLOYEES: {"ru": "Сотрудники", "en": "Employees"},
}


def write_blank_file(name: str, language: str) -> bytes:
    """The blank file of one of the names in BLANK_FILES; raises KeyError for another."""
    if BLANK_FILES[name] == XLSX_TYPE:
        sheets = {names[language]: _headings(kind, language) for kind, names in SHEET_NAMES.items()}
        return write_blank_workbook(sheets)
    return write_blank_csv(_headings(SheetKind(name.removesuffix(".csv")), language), language)


def _headings(kind: SheetKind, language: str) -> list[str]:
    return [column.heading(language) for column in COLUMNS[kind]]
