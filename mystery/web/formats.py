"""How dates and numbers look on a page, in the reader's language; registered as template filters."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date as format_babel_date
from babel.dates import format_time as format_babel_time
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import get_timezone

from mystery.web.locale import current_language
from reports.fair_words import format_points

# The space of "5 000" as people type it: after a figure, and before exactly three more.
THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
NO_BREAK_SPACE = "\u00a0"


def format_day(value: date | None) -> str:
    """A date in words: 5 ноября 2026 / 5 November 2026."""
    if value is None:
        return ""
    return format_babel_date(value, "d MMMM y", locale=current_language())


def format_moment(value: datetime | None, time_zone: str | None = None) -> str:
    """A moment on the reader's (or the given) clock: 5 ноября 2026, 14:30 / 5 November 2026, 2:30 pm."""
    if value is None:
        return ""
    zone = ZoneInfo(time_zone) if time_zone else get_timezone()
    local = value.astimezone(zone)
    pattern = "HH:mm" if current_language() == "ru" else "h:mm a"
    clock = format_babel_time(local, pattern, locale=current_language())
    return f"{format_day(local.date())}, {clock.lower()}"


def format_percent(value: float | None) -> str:
    """A percent figure (0-100) with one decimal, rounded half-up (SC-09): 71,8 / 71.8; a dash for none."""
    if value is None:
        return "–"
    return format_points(value, current_language())


def format_number(value: float | None) -> str:
    """A number with the reader's separators."""
    return "–" if value is None else format_decimal(value, locale=current_language())


def keep_figures_whole(text: str) -> str:
    """A typed text in which no line ends within a number: "5 000" keeps together."""
    return THOUSANDS.sub(NO_BREAK_SPACE, text)


def init_formats(app: Flask) -> None:
    """Offer the formats to the templates of ``app``."""
    app.add_template_filter(format_day, "day")
    app.add_template_filter(format_moment, "moment")
    app.add_template_filter(format_percent, "percent")
    app.add_template_filter(format_number, "number")
    app.add_template_filter(keep_figures_whole, "figures")
