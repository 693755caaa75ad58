"""Cells to values: text, days, kinds and time zones, each with the Fault that says what to write instead."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from zoneinfo import available_timezones

from mystery.directory.faults import Fault, Reason, fault
from mystery.directory.staffing import check_day
from mystery.models import UnitKind

LONGEST_SHOWN = 80
# Spreadsheets count days from here (the 1900 system, with its leap year that never was).
DAY_ZERO = date(1899, 12, 30)
SERIAL_DAYS = range(18_264, 100_000)
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
DOTTED_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: ?г\.?)?(?: \d{1,2}:\d{2}(?::\d{2})?)?")
KINDS = {
    UnitKind.COMPANY: ("company", "компания", "организация"),
    UnitKind.REGION: ("region", "area", "регион", "область", "филиал", "округ"),
    UnitKind.SHOP: ("shop", "store", "outlet", "магазин", "точка", "салон", "офис"),
}
# Invisible letters that spreadsheets and web pages leave behind; nobody means them.
SWEPT = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))


def tidy_cell(text: str) -> str:
    """A cell without invisible letters, and with single spaces."""
    return " ".join(text.translate(SWEPT).split())


def shorten(text: str) -> str:
    """As much of a cell as a message shows."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def is_printable(text: str) -> bool:
    """Whether every character shows; control and direction-turning characters do not, and could mislead."""
    # Almost every text passes the quick test, which also stops at harmless things such as a no-break space.
    return text.isprintable() or not any(
        unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in text
    )


def read_text(text: str, column: str, *, longest: int) -> str | Fault:
    """Text of at most ``longest`` characters."""
    if not is_printable(text):
        return fault(Reason.UNPRINTABLE, column)
    if len(text) > longest:
        return fault(Reason.TOO_LONG, column, value=shorten(text), most=longest)
    return text


def read_day(text: str, column: str, *, today: date) -> date | Fault | None:
    """A day as 2026-12-31, 31.12.2026 or a spreadsheet's day number; None for an empty cell."""
    if not text:
        return None
    try:
        day = _parse_day(text)
    except ValueError:
        day = None
    if day is None:
        return fault(Reason.NOT_A_DATE, column, value=shorten(text))
    return check_day(day, column, today=today) or day


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


def _parse_day(text: str) -> date | None:
    if text.isascii() and text.isdigit() and len(text) <= 6:
        return DAY_ZERO + timedelta(days=int(text)) if int(text) in SERIAL_DAYS else None
    if found := ISO_DAY.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := DOTTED_DAY.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return None
