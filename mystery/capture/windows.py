"""The days in which a visit is wanted, in words: 18–25 November 2026."""

from __future__ import annotations

from datetime import date

from mystery.web.formats import format_day


def say_window(first: date, last: date) -> str:
    """The span of days as short as the language allows: what both days share is said once."""
    if first == last:
        return format_day(first)
    end = format_day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = format_day(first)
    return f"{start.rsplit(' ', 1)[0] if first.year == last.year else start} – {end}"
