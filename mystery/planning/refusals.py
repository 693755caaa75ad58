"""The sentences for what can be wrong with an order: what it is, and how to mend it."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l

from mystery.planning.orders import (
    LONGEST_BRIEFING,
    LONGEST_WINDOW_DAYS,
    MOST_ORDERS_AT_ONCE,
    OrderFault,
)
from mystery.web.formats import format_day

FAULTS = {
    OrderFault.NOTICE_MISSING: _l(
        "Staff have not been told about the programme yet. Record the notice first."
    ),
    OrderFault.VERSION_OF_OTHER_COMPANY: _l("The checklist and the units belong to different companies."),
    OrderFault.SCENARIO_UNKNOWN: _l("This company has no such legend. Choose one from the list."),
    OrderFault.UNIT_CLOSED: _l(
        "This unit closes on %(day)s. End the window before that day or leave the unit out."
    ),
    OrderFault.EMPLOYEE_ELSEWHERE: _l(
        "This person does not work in the unit in these days. Choose from the list."
    ),
    OrderFault.EMPLOYEE_LEFT: _l("This person left the company on %(day)s. Choose somebody else."),
    OrderFault.AUDITOR_MISSING: _l("Choose the auditor."),
    OrderFault.AUDITOR_NOT_GRANTED: _l("This person may not audit here. Choose an auditor from the list."),
    OrderFault.AUDITOR_WORKS_HERE: _l(
        "This person works in the unit and would be recognised. Choose another auditor."
    ),
    OrderFault.WINDOW_REVERSED: _l("The last day is before the first. Swap them."),
    OrderFault.WINDOW_OVER: _l("The last day is already over. Choose today or a later day."),
    OrderFault.WINDOW_TOO_LONG: _l("The window is longer than %(longest)s days. Shorten it."),
    OrderFault.WINDOW_TOO_FAR: _l("The last day is more than two years ahead. Check the year."),
    OrderFault.BRIEFING_TOO_LONG: _l("The briefing is longer than %(letters)s characters. Shorten it."),
    OrderFault.TOO_MANY: _l("Choose at most %(most)s units at once."),
}


def describe_fault(fault: OrderFault, day: date | None = None) -> str:
    """What is wrong and how to mend it."""
    details = {
        "day": format_day(day),
        "longest": LONGEST_WINDOW_DAYS,
        "letters": LONGEST_BRIEFING,
        "most": MOST_ORDERS_AT_ONCE,
    }
    return str(FAULTS[fault]) % details
