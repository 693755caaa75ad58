"""The sentences of an import of trainings: what is wrong, what would happen, and what to write where."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from mystery.tables.faults import Fault
from mystery.tables.words import say_fault, show_detail
from mystery.trainings import words
from mystery.trainings.imports.columns import COLUMNS, SheetKind
from mystery.trainings.imports.plan import Action, Standing
from mystery.trainings.imports.reasons import Reason
from mystery.web.locale import current_language

FAULTS: dict[StrEnum, Any] = {
    **words.FAULTS,
    Reason.NOBODY_NAMED: _l("Nobody is named. Write the personnel number, the name or the e-mail."),
    Reason.OTHER_NAME: _l(
        "This is the number or e-mail of %(name)s, not of “%(value)s”. Mend one of them or clear one cell."
    ),
    Reason.OTHER_PERSON: _l(
        "“%(value)s” belongs to somebody else than %(name)s, whose number is in this row. Mend one of them."
    ),
    Reason.NOT_A_GROUP: _l("“%(value)s” is not a group. Write trained or control, or leave the cell empty."),
    Reason.UNKNOWN_UNIT: _l("There is no unit “%(value)s” among yours. Mend its code or name."),
    Reason.UNIT_AMBIGUOUS: _l("Several units are called “%(value)s”. Write the code of the one you mean."),
    Reason.UNIT_NEEDED: _l("You look after several units. Write the code or name of the one you mean."),
    Reason.PERSON_TWICE: _l(
        "%(value)s already stands in this training in row %(row)s. Keep one of the two rows, or give the "
        "repeated training a name of its own."
    ),
    Reason.NOBODY_LEFT_TRAINED: _l(
        "Nobody would be left in “%(value)s” who was trained. Name at least one person with a date."
    ),
}

ACTIONS: dict[Action, Any] = {
    Action.ADDED: _l("Add"),
    Action.CHANGED: _l("Change"),
    Action.UNCHANGED: _l("No change"),
}

COLUMN_NOTES: dict[str, Any] = {
    "title": _l("Always. The rows with the same name are one training."),
    "day": _l("The day on which this person was trained. Everybody may have a day of his own."),
    "code": _l("It tells whom the row is about. Without a number the e-mail or the name does."),
    "name": _l("With a number or e-mail, a check that the right person is meant."),
    "email": _l("The one with which the person signs in here."),
    "group": _l(
        "Leave it empty for those who were trained. Write “control” to name who is compared; without such "
        "rows it is everybody else."
    ),
    "unit": _l("Code or name of the unit whose staff are compared. When empty: all that you look after."),
}


def describe_fault(found: Fault) -> str:
    """What is wrong and how to mend it, in the reader's language."""
    return say_fault(found, FAULTS, {name: show_detail(value) for name, value in found.details})


def describe_standing(standing: Standing | None) -> str:
    """How somebody stands in a training; a dash for somebody who does not stand in it yet."""
    if standing is None:
        return "–"
    return show_detail(standing.trained_on) if standing.trained_on else str(_("to compare with"))


def name_column(column: str) -> str:
    """The heading of a column in our blank file."""
    found = (each for each in COLUMNS[SheetKind.TRAININGS] if each.id == column)
    return next((each.heading(current_language()) for each in found), column)
