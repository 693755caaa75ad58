"""The words of button counts: months, and what is wrong with a count and how to mend it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from babel.dates import format_date
from flask_babel import lazy_gettext as _l

from mystery.lenses.count_lines import CountFault
from mystery.tables.pasted_lines import LineProblem
from mystery.tables.words import describe_line
from mystery.web.locale import current_language
from reports.lenses.loyalty_button_words import write_response_rate

FAULTS: dict[StrEnum, Any] = {
    CountFault.UNKNOWN_SHOP: _l("None of your shops is “%(value)s”. Write its code or its name."),
    CountFault.AMBIGUOUS_SHOP: _l("Several shops are called “%(value)s”. Write the code instead."),
    CountFault.NOT_A_MONTH: _l("“%(value)s” is no month. Write 2026-10 or 10.2026."),
    CountFault.MONTH_AHEAD: _l("This month is still ahead. Check the year."),
    CountFault.MONTH_TOO_OLD: _l("This month is too long ago. Check the year."),
    CountFault.NOT_A_NUMBER: _l("“%(value)s” is no whole number. Write it in figures."),
    CountFault.MORE_DISSATISFIED: _l("There cannot be more dissatisfied presses than presses. Check both."),
    CountFault.MORE_PRESSES: _l("There cannot be more presses than customers. Check both."),
    CountFault.TWICE: _l("“%(value)s” repeats a shop and month from above. Keep one of the two."),
    CountFault.WRONG_CELLS: _l(
        "“%(value)s” does not have four or five parts: shop, month, presses, dissatisfied, customers."
    ),
    CountFault.TOO_MANY_LINES: _l("There are more than %(value)s lines. Record the rest afterwards."),
    CountFault.NO_LINES: _l("There is no line with a count. Write at least one."),
}
BESIDE: dict[CountFault, str] = {
    CountFault.MORE_DISSATISFIED: "dissatisfied",
    CountFault.MORE_PRESSES: "customers",
}
"""The field of the form beside which a fault is told; the others are about the month."""


def describe_fault(fault: CountFault, value: str = "") -> str:
    """What is wrong with a count."""
    return str(FAULTS[fault]) % {"value": value}


def describe_problem(problem: LineProblem) -> str:
    """What is wrong with a pasted line, beginning with its number."""
    return describe_line(problem, FAULTS)


def write_rate(rate: Fraction | None) -> str:
    """A response rate in percent with one decimal, which tells months apart; a dash where it is unknown."""
    return "–" if rate is None else write_response_rate(rate, current_language())


def write_month(month: date) -> str:
    """A month in words: октябрь 2026 / October 2026."""
    return format_date(month, "LLLL y", locale=current_language())
