"""Cells to what only the directory knows: kinds of units, time zones, and days of working lives."""

from __future__ import annotations

from datetime import date
from zoneinfo import available_timezones

from mystery.directory.faults import Reason
from mystery.directory.staffing import check_day
from mystery.models import UnitKind
from mystery.tables import cells
from mystery.tables.cells import shorten
from mystery.tables.faults import Fault, fault

KINDS = {
    UnitKind.COMPANY: ("company", "компания", "организация"),
    UnitKind.REGION: ("region", "area", "регион", "область", "филиал", "округ"),
    UnitKind.SHOP: ("shop", "store", "outlet", "магазин", "точка", "салон", "офис"),
}


def read_day(text: str, column: str, *, today: date) -> date | Fault | None:
    """A day of a working life, of a closing or a move; None for an empty cell."""
    day = cells.read_day(text, column)
    return (check_day(day, column, today=today) or day) if isinstance(day, date) else day


def read_kind(text: str, column: str) -> UnitKind | Fault | None:
    """The kind of a unit, in either language; None for an empty cell."""
    if not text:
        return None
    for kind, words in KINDS.items():
        if text.casefold() in words:
            return kind
    return fault(Reason.NOT_A_KIND, column, value=shorten(text))


def read_time_zone(text: str, column: str) -> str | Fault:
    """The name of a time zone; "" for an empty cell."""
    if not text or text in available_timezones():
        return text
    return fault(Reason.NOT_A_TIME_ZONE, column, value=shorten(text))
