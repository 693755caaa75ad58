"""The columns of an import of units and employees, with their headings in both languages."""

from __future__ import annotations

from enum import StrEnum

from mystery.tables.columns import Column, Headings


class SheetKind(StrEnum):
    """What the rows of a sheet are."""

    UNITS = "units"
    EMPLOYEES = "employees"


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

HEADINGS = Headings(COLUMNS, needed="code")
