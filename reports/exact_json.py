"""Exact values in the JSON of records: fractions and days as text, and nothing else accepted back."""

import re
from datetime import date
from fractions import Fraction
from typing import Any, Final

from checklists.localtext import LocalText

# Longer figures than any score has would only keep whoever checks a file busy.
_FRACTION: Final = re.compile(r"-?[0-9]{1,300}(/[0-9]{1,300})?", re.ASCII)


class NotAsWritten(ValueError):
    """The value is not in the form in which records write it."""


def write_fraction(value: Fraction | None) -> str | None:
    """A fraction such as "646/9"; None stays None."""
    return None if value is None else str(value)


def read_fraction(value: object) -> Fraction:
    """The fraction behind a text. Raises NotAsWritten."""
    if not isinstance(value, str) or not _FRACTION.fullmatch(value):
        raise NotAsWritten("fraction")
    try:
        return Fraction(value)
    except ZeroDivisionError as error:
        raise NotAsWritten("fraction") from error


def write_day(day: date | None) -> str | None:
    """A day such as "2026-11-05"; None stays None."""
    return None if day is None else day.isoformat()


def read_day(value: object) -> date:
    """The day behind a text. Raises NotAsWritten."""
    if not isinstance(value, str):
        raise NotAsWritten("day")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise NotAsWritten("day") from error


def read_number(value: object) -> int:
    """A whole number from 0. Raises NotAsWritten."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise NotAsWritten("number")
    return value


def read_text(value: object) -> str:
    """A text. Raises NotAsWritten."""
    if not isinstance(value, str):
        raise NotAsWritten("text")
    return value


def read_list(value: object) -> list[Any]:
    """A list. Raises NotAsWritten."""
    if not isinstance(value, list):
        raise NotAsWritten("list")
    return value


def read_object(value: object) -> dict[str, Any]:
    """An object. Raises NotAsWritten."""
    if not isinstance(value, dict):
        raise NotAsWritten("object")
    return value


def write_words(words: LocalText | None) -> dict[str, str] | None:
    """A text in both languages."""
    return None if words is None else {"ru": words.ru, "en": words.en}
