"""The columns of an import file: their headings in both languages, and how a sheet is told by them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from mystery.directory.faults import Fault, Reason, fault
from mystery.directory.imports.reading import Sheet

# A title above the table is common; headings are looked for in so many rows from the top.
ROWS_SEARCHED = 10
FEWEST_HEADINGS = 2


class SheetKind(StrEnum):
    """What the rows of a sheet are."""

    UNITS = "units"
    EMPLOYEES = "employees"


@dataclass(frozen=True)
class Column:
    """A column: its headings, the first of each language being the one in our blank file."""

    id: str
    ru: tuple[str, ...]
    en: tuple[str, ...]

    def heading(self, language: str) -> str:
        """The heading in our own blank file."""
        return self.ru[0] if language == "ru" else self.en[0]

    def others(self, language: str) -> tuple[str, ...]:
        """What else is understood, the reader's language first."""
        heading = self.heading(language)
        both = (*self.ru, *self.en) if language == "ru" else (*self.en, *self.ru)
        return tuple(word for word in both if word != heading)


COLUMNS: dict[SheetKind, tuple[Column, ...]] = {
    SheetKind.UNITS: (
        Column("code", ("Код", "Код подразделения", "Код магазина"), ("Code", "Unit code", "Shop code")),
        Column("name", ("Название", "Наименование", "Название подразделения"), ("Name", "Unit name")),
        Column("kind", ("Вид", "Тип", "Вид подразделения"), ("Kind", "Type")),
        Column(
            "parent",
            ("Входит в", "Вышестоящее подразделение"),
            ("Part of", "Parent", "Parent code"),
        ),
        Column("address", ("Адрес",), ("Address",)),
        Column("time_zone", ("Часовой пояс",), ("Time zone",)),
        Column("closed_on", ("Закрыто с", "Закрыт", "Закрыто", "Дата закрытия"), ("Closed on", "Closed")),
    ),
    SheetKind.EMPLOYEES: (
        Column(
            "code",
            ("Табельный номер", "Таб. номер", "Таб. №", "Код", "Код сотрудника"),
            ("Code", "Employee code", "Personnel number", "Staff number"),
        ),
        Column("name", ("ФИО", "Имя", "Сотрудник", "Фамилия, имя"), ("Name", "Full name", "Employee")),
        Column("position", ("Должность",), ("Position", "Job title")),
        Column(
            "unit",
            ("Подразделение", "Код подразделения", "Магазин", "Место работы"),
            ("Unit", "Unit code", "Shop", "Works in"),
        ),
        Column(
            "hired_on",
            ("Принят", "Принята", "Дата приёма", "Дата приёма на работу"),
            ("Hired on", "Hired", "Hire date"),
        ),
        Column("since", ("С даты", "Дата перевода", "Работает здесь с"), ("Since", "From", "Moved on")),
        Column(
            "left_on",
            ("Уволен", "Уволена", "Дата увольнения", "Последний день"),
            ("Left on", "Left", "Last day"),
        ),
    ),
}


@dataclass(frozen=True)
class Layout:
    """Where which column stands in a sheet; ``ignored`` are headings that mean nothing to us."""

    kind: SheetKind
    heading_row: int
    places: dict[str, int]
    headings: dict[str, str]
    ignored: tuple[str, ...]


def fold_heading(text: str) -> str:
    """A heading without what people vary: case, ё, punctuation, spaces."""
    return re.sub(r"[\W_]+", "", text.casefold().replace("ё", "е"))


KNOWN: dict[SheetKind, dict[str, str]] = {
    kind: {fold_heading(heading): column.id for column in columns for heading in (*column.ru, *column.en)}
    for kind, columns in COLUMNS.items()
}


def lay_out(sheet: Sheet) -> Layout | Fault | None:
    """The layout of a sheet; None when nothing in it looks like our headings."""
    best: tuple[int, int, SheetKind] | None = None
    for index, (_number, cells) in enumerate(sheet.rows[:ROWS_SEARCHED]):
        for kind, known in KNOWN.items():
            score = len({known[fold_heading(cell)] for cell in cells if fold_heading(cell) in known})
            if score >= FEWEST_HEADINGS and (best is None or score > best[0]):
                best = (score, index, kind)
    if best is None:
        return None
    _score, index, kind = best
    return _read_headings(kind, *sheet.rows[index])


def _read_headings(kind: SheetKind, row: int, cells: tuple[str, ...]) -> Layout | Fault:
    places: dict[str, int] = {}
    headings: dict[str, str] = {}
    ignored: list[str] = []
    for place, cell in enumerate(cells):
        column = KNOWN[kind].get(fold_heading(cell))
        if column is None:
            ignored += [cell.strip()] if cell.strip() else []
        elif column in places:
            return fault(Reason.COLUMN_TWICE, column, first=headings[column], second=cell.strip(), row=row)
        else:
            places[column], headings[column] = place, cell.strip()
    if "code" not in places:
        return fault(Reason.COLUMN_MISSING, "code", row=row)
    return Layout(kind, row, places, headings, tuple(ignored))
