"""The sentences of the directory: what is wrong and how to mend it, and the names of things."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from mystery.directory.faults import Reason
from mystery.directory.imports.columns import COLUMNS, SheetKind
from mystery.directory.imports.plan import Action
from mystery.models import UnitKind
from mystery.tables import words as tables
from mystery.tables.faults import Detail, Fault
from mystery.tables.words import say_fault
from mystery.web.locale import current_language

FAULTS: dict[StrEnum, Any] = {
    Reason.NOT_A_KIND: _l("“%(value)s” is not a kind of unit. Write region or shop."),
    Reason.NOT_A_TIME_ZONE: _l(
        "“%(value)s” is not a time zone. Write it like Europe/Moscow or Asia/Yekaterinburg."
    ),
    Reason.CODE_TAKEN: _l("This code is already taken in the company. Choose another."),
    Reason.CODE_ELSEWHERE: _l(
        "The code “%(value)s” is in use outside your units. Choose another code or ask your administrator."
    ),
    Reason.CODE_TWICE: _l(
        "The code “%(value)s” already stands in row %(row)s. Keep one of the two rows or mend the code."
    ),
    Reason.UNKNOWN_UNIT: _l(
        "There is no unit “%(value)s”, neither among yours nor in this file. "
        "Mend the code or name, or add a row for the unit."
    ),
    Reason.UNIT_CLOSED: _l("“%(value)s” has been closed since %(day)s. Choose an open unit."),
    Reason.UNIT_AMBIGUOUS: _l("Several units are called “%(value)s”. Write the code of the one you mean."),
    Reason.PARENT_CYCLE: _l("The unit would belong to itself. Choose another unit above it."),
    Reason.PARENT_IS_SHOP: _l(
        "“%(value)s” is a shop, and nothing can belong to a shop. Choose a region or the company."
    ),
    Reason.PARENT_CLOSED: _l(
        "“%(value)s” has been closed since %(day)s. Reopen it first or choose an open unit."
    ),
    Reason.PARENT_NEEDED: _l("Say which of your units this one belongs to."),
    Reason.TOO_DEEP: _l("There would be more than %(most)s levels. Choose a unit higher up."),
    Reason.HAS_UNITS_BELOW: _l(
        "Nothing can belong to a shop, but units belong to this one: %(count)s. Move them first."
    ),
    Reason.OPEN_UNITS_BELOW: _l("Open units still belong to it: %(count)s. Close them first."),
    Reason.CLOSED_IN_FUTURE: _l("This day has not come yet. Choose today or an earlier day."),
    Reason.COMPANY_STAYS: _l(
        "The company itself stays at the top: it cannot be added, moved, closed or turned into another kind."
    ),
    Reason.NOTHING_CHANGES: _l("This changes nothing. Choose another unit or position."),
    Reason.HAS_LEFT: _l(
        "The last day recorded here is %(day)s. To take the person back, give a later day of return."
    ),
    Reason.HAS_NOT_LEFT: _l("The person has not left. Record a move instead."),
    Reason.BEFORE_HIRED: _l("This is before the first day of work, %(day)s. Choose that day or a later one."),
    Reason.BEFORE_LAST_MOVE: _l(
        "The latest placement began on %(day)s. Choose that day or a later one, or take that step back first."
    ),
    Reason.BACK_BEFORE_LEFT: _l("The person's last day was %(day)s. Choose a day after it."),
    Reason.HIRED_AFTER_FIRST_STINT: _l(
        "The first placement ended on %(day)s. Choose that day or an earlier one."
    ),
    Reason.NOTHING_TO_TAKE_BACK: _l("There is no step to take back."),
}

FIELDS: dict[str, Any] = {
    "code": _l("Code"),
    "name": _l("Unit name"),
    "full_name": _l("Full name"),
    "kind": _l("Kind"),
    "parent": _l("Belongs to"),
    "address": _l("Address"),
    "time_zone": _l("Time zone"),
    "closed_on": _l("Closed since"),
    "position": _l("Position"),
    "unit": _l("Unit"),
    "hired_on": _l("Hired on"),
    "since": _l("Since"),
    "left_on": _l("Last day of work"),
}

KINDS: dict[UnitKind, Any] = {
    UnitKind.COMPANY: _l("Company"),
    UnitKind.REGION: _l("Region"),
    UnitKind.SHOP: _l("Shop"),
}

# What a form may add, in the order of how often it is wanted.
ADDABLE_KINDS = {kind.value: KINDS[kind] for kind in (UnitKind.SHOP, UnitKind.REGION)}

ACTIONS: dict[Action, Any] = {
    Action.ADDED: _l("Add"),
    Action.CHANGED: _l("Change"),
    Action.MOVED: _l("Move"),
    Action.LEFT: _l("Record leaving"),
    Action.RETURNED: _l("Record a return"),
    Action.UNCHANGED: _l("No change"),
}

SHEETS: dict[SheetKind, Any] = {SheetKind.UNITS: _l("Units"), SheetKind.EMPLOYEES: _l("Employees")}

# What to write in which column; the page of the import prints it.
COLUMN_NOTES: dict[SheetKind, dict[str, Any]] = {
    SheetKind.UNITS: {
        "code": _l("Always. It tells which unit the row is about."),
        "name": _l("Needed for a new unit."),
        "kind": _l("Needed for a new unit: region or shop."),
        "parent": _l("Code or name of the unit above. When empty, a new unit belongs to the company itself."),
        "address": _l("Street and house."),
        "time_zone": _l("For example Europe/Moscow. When empty, a new unit takes that of the unit above."),
        "closed_on": _l("The day since which the unit is closed."),
    },
    SheetKind.EMPLOYEES: {
        "code": _l("Always. It tells whom the row is about."),
        "name": _l("Needed for a new employee."),
        "position": _l("What the person works as."),
        "unit": _l(
            "Code or name of the unit; needed for a new employee. Another unit than now means a move."
        ),
        "hired_on": _l("The first day of work; needed for a new employee."),
        "since": _l(
            "From which day the person works in this unit or position. When empty, a move counts from today."
        ),
        "left_on": _l(
            "The last day of work. For a return leave it empty and write the day of return in “Since”."
        ),
    },
}


def describe_fault(found: Fault) -> str:
    """What is wrong and how to mend it, in the reader's language."""
    return say_fault(found, FAULTS, {name: show_detail(value) for name, value in found.details})


def show_detail(value: Detail | None) -> str:
    """A value of a fault or a change as people read it; an absent one is a dash."""
    return str(KINDS[value]) if isinstance(value, UnitKind) else tables.show_detail(value)


def name_column(column: str, kind: SheetKind | None = None) -> str:
    """The heading of a column in our blank file; without a kind, that of the first kind that has it."""
    kinds = [kind] if kind else list(SheetKind)
    found = (each for sheet in kinds for each in COLUMNS[sheet] if each.id == column)
    return next((each.heading(current_language()) for each in found), column)
