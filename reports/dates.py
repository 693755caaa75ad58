"""Dates, parts of the day and lengths of time in words: 5 ноября 2026 and 5 November 2026."""

from datetime import date

from babel.dates import format_date as babel_format_date

from checklists.localtext import Language
from reports.rows import PartOfDay
from reports.words import say

SECONDS_IN_MINUTE = 60
SECONDS_IN_HOUR = 3600


def format_date(day: date | None, language: Language) -> str:
    """Write a date with its month in words, day first in both languages; None is said in words too."""
    if day is None:
        return say("date_unknown", language)
    return babel_format_date(day, format="d MMMM y", locale=language)


def format_day_and_part(day: date | None, part: PartOfDay | None, language: Language) -> str:
    """Write when a visit was: the date and, where known, the part of the day; never the minute."""
    written = format_date(day, language)
    return f"{written}, {say(f'part_{part}', language)}" if part else written


def name_part_of_day(hour: int) -> PartOfDay:
    """Give the part of the day for an hour from 0 to 23."""
    if hour < 5 or hour >= 22:
        return "night"
    if hour < 12:
        return "morning"
    return "afternoon" if hour < 17 else "evening"


def format_duration(seconds: int, language: Language) -> str:
    """Write a length of time given in seconds: 4 мин, 1 ч 5 мин, 45 с; zero is written as 0 с."""
    hours, rest = divmod(seconds, SECONDS_IN_HOUR)
    minutes, left = divmod(rest, SECONDS_IN_MINUTE)
    parts = [(hours, "hours_short"), (minutes, "minutes_short"), (left, "seconds_short")]
    written = [f"{amount}\N{NO-BREAK SPACE}{say(unit, language)}" for amount, unit in parts if amount]
    return " ".join(written) or f"0\N{NO-BREAK SPACE}{say('seconds_short', language)}"
