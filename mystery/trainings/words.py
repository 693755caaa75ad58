"""The sentences of trainings: what is wrong with a line of people, and how to mend it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from mystery.tables.pasted_lines import LineProblem
from mystery.tables.words import describe_line
from mystery.trainings.people_lines import LineFault

FAULTS: dict[StrEnum, Any] = {
    LineFault.UNKNOWN: _l("Nobody of this unit's staff is “%(value)s”. Mend the number or the name."),
    LineFault.AMBIGUOUS: _l("Several people are called “%(value)s”. Write the personnel number instead."),
    LineFault.TWICE: _l("“%(value)s” already stands in an earlier line. Keep one of the two."),
    LineFault.NOT_A_DAY: _l(
        "“%(value)s” is neither a day nor a group. Write 2026-12-31, 31.12.2026 or the word control."
    ),
    LineFault.DAY_AHEAD: _l("The day %(value)s is still ahead. Record the training once it was held."),
    LineFault.DAY_TOO_OLD: _l("The day %(value)s is too long ago. Check the year."),
    LineFault.NO_DAY: _l("“%(value)s” has no day. Write it in the line, or fill in the day of the training."),
    LineFault.TOO_MANY_CELLS: _l("“%(value)s” has more than two parts. Leave the person and the day."),
    LineFault.TOO_MANY_LINES: _l("There are more than %(value)s lines. Record the rest as another training."),
    LineFault.NOBODY_TRAINED: _l("Nobody in the list was trained. Name at least one person with a day."),
}


def describe_problem(problem: LineProblem) -> str:
    """What is wrong with a line, beginning with its number."""
    return describe_line(problem, FAULTS)
