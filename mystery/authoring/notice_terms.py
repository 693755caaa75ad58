"""The terms of a notice to staff: the day, the words, the purpose, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from mystery.clock import now
from mystery.models import Purpose

LONGEST_TEXT = 4000
OLDEST_DAYS = 20 * 366
PURPOSES = tuple(purpose.value for purpose in Purpose)


@dataclass(frozen=True)
class NoticeTerms:
    """When staff were told, in what words, and what the results may be used for (a value of Purpose)."""

    given_on: date
    text: str
    purpose: str


class NoticeFault(StrEnum):
    """What a person can get wrong in a notice."""

    DAY_AHEAD = "day_ahead"
    DAY_TOO_OLD = "day_too_old"
    TEXT_MISSING = "text_missing"
    TEXT_TOO_LONG = "text_too_long"
    PURPOSE_UNKNOWN = "purpose_unknown"


def find_faults(terms: NoticeTerms, time_zone: str) -> tuple[NoticeFault, ...]:
    """Everything that is wrong with ``terms``, by the calendar of the company."""
    return tuple(_list_faults(terms, now().astimezone(ZoneInfo(time_zone)).date()))


def _list_faults(terms: NoticeTerms, today: date) -> Iterator[NoticeFault]:
    if terms.given_on > today:
        yield NoticeFault.DAY_AHEAD
    if today - terms.given_on > timedelta(days=OLDEST_DAYS):
        yield NoticeFault.DAY_TOO_OLD
    if not terms.text.strip():
        yield NoticeFault.TEXT_MISSING
    if len(terms.text) > LONGEST_TEXT:
        yield NoticeFault.TEXT_TOO_LONG
    if terms.purpose not in PURPOSES:
        yield NoticeFault.PURPOSE_UNKNOWN
