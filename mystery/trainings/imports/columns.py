"""The columns of an import of trainings, with their headings in both languages, and the blank files."""

from __future__ import annotations

from enum import StrEnum

from mystery.tables.blank_files import CSV_TYPE, XLSX_TYPE, write_blank_csv, write_blank_workbook
from mystery.tables.columns import Column, Headings


class SheetKind(StrEnum):
    """What the rows of a sheet are."""

    TRAININGS = "trainings"


COLUMNS: dict[SheetKind, tuple[Column, ...]] = {
    SheetKind.TRAININGS: (
        Column(
            "title",
            ("Обучение", "Чему учили", "Тема", "Название обучения", "Тренинг", "Курс"),
            ("Training", "What was taught", "Topic", "Course", "Training name"),
        ),
        Column(
            "day",
            ("Дата", "День", "День обучения", "Дата обучения", "Обучен", "Обучена"),
            ("Date", "Day", "Training day", "Training date", "Trained on"),
        ),
        Column(
            "code",
            ("Табельный номер", "Таб. номер", "Таб. №", "Код", "Код сотрудника"),
            ("Employee code", "Code", "Personnel number", "Staff number"),
        ),
        Column("name", ("ФИО", "Имя", "Сотрудник", "Фамилия, имя"), ("Name", "Full name", "Employee")),
        Column(
            "email",
            ("Эл. почта", "Электронная почта", "Почта"),
            ("E-mail", "Mail"),
        ),
        Column("group", ("Группа", "Участие"), ("Group", "Took part")),
        Column(
            "unit",
            ("Чьих сотрудников", "Чей персонал", "Персонал подразделения"),
            ("Whose staff", "Staff of"),
        ),
    ),
}

HEADINGS = Headings(COLUMNS, needed="title")
BLANK_FILES = {"trainings.xlsx": XLSX_TYPE, "trainings.csv": CSV_TYPE}
SHEET_NAMES = {"ru": "Обучение", "en": "Trainings"}


def write_blank_file(name: str, language: str) -> bytes:
    """The blank file of one of the names in BLANK_FILES; raises KeyError for another."""
    headings = [column.heading(language) for column in COLUMNS[SheetKind.TRAININGS]]
    if BLANK_FILES[name] == XLSX_TYPE:
        return write_blank_workbook({SHEET_NAMES[language]: headings})
    return write_blank_csv(headings, language)
