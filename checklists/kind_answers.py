"""From the raw JSON of an answers file to typed answers: one function a kind."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checklists.answers import Value
    from checklists.definition import Question

MAX_ANSWER_LENGTH = 10_000
MAX_NUMBER = 1_000_000_000
MAX_PLACES = 6
MAX_FILES = 50
MAX_FILE_NAME = 200
SECONDS_A_DAY = 86_400
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,10}([.,][0-9]{1,6})?")
# What no keyboard types and what breaks XML, PDF and JSON: control characters and halves of surrogate pairs.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class AnswerRefused(Exception):
    """The raw answer cannot be read; `code` and `details` name the sentence of the catalogue."""

    def __init__(self, code: str, **details: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def read_plain_text(raw: object, *, limit: int = MAX_ANSWER_LENGTH) -> str:
    """Return a text without surrounding blanks. Raises AnswerRefused for anything but a printable text."""
    if not isinstance(raw, str) or len(raw) > limit:
        raise AnswerRefused("answer_text", limit=limit)
    if _UNPRINTABLE.search(raw):
        raise AnswerRefused("text_characters")
    return raw.strip()


def parse_yes_no(question: Question, raw: object) -> Value:
    """Accept "yes" or "no"."""
    if raw not in ("yes", "no"):
        raise AnswerRefused("answer_yes_no")
    return str(raw)


def parse_scale(question: Question, raw: object) -> Value:
    """Accept a whole number on the scale; a truth value is not a number."""
    assert question.scale is not None, "a scale question has a scale"
    low, high = question.scale.low, question.scale.high
    number = _read_number(raw)
    if number is None or number != number.to_integral_value() or not low <= number <= high:
        raise AnswerRefused("answer_scale", low=low, high=high)
    return int(number)


def parse_choice(question: Question, raw: object) -> Value:
    """Accept the id of one option; grades called 4, 2 and 0 may be given as numbers."""
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= MAX_NUMBER:
        raw = str(raw)
    allowed = ", ".join(option.id for option in question.options)
    if not isinstance(raw, str):
        raise AnswerRefused("answer_one_option", allowed=allowed)
    if raw not in {option.id for option in question.options}:
        raise AnswerRefused("answer_option", option=_quote(raw), allowed=allowed)
    return raw


def parse_multi(question: Question, raw: object) -> Value:
    """Accept a list of option ids without repeats; the empty list says that none applies."""
    known = [option.id for option in question.options]
    allowed = ", ".join(known)
    if not isinstance(raw, list | tuple) or not all(isinstance(chosen, str) for chosen in raw):
        raise AnswerRefused("answer_options", allowed=allowed)
    for chosen in raw:
        if chosen not in known:
            raise AnswerRefused("answer_option", option=_quote(chosen), allowed=allowed)
        if raw.count(chosen) > 1:
            raise AnswerRefused("answer_twice", option=chosen)
    # The order of ticking means nothing: the order of the checklist makes equal answers equal.
    return tuple(option for option in known if option in raw)


def parse_number(question: Question, raw: object) -> Value:
    """Accept a number within a sane size, as a number or as typed text with a dot or a comma."""
    number = _read_number(raw)
    if number is None or abs(number) > MAX_NUMBER:
        raise AnswerRefused("answer_number", limit=MAX_NUMBER, places=MAX_PLACES)
    # 7.50 and 7.5 are one answer and must be kept as one.
    return int(number) if number == number.to_integral_value() else number.normalize()


def parse_duration(question: Question, raw: object) -> Value:
    """Accept whole seconds from 0 to one day."""
    number = _read_number(raw)
    if number is None or number != number.to_integral_value() or not 0 <= number <= SECONDS_A_DAY:
        raise AnswerRefused("answer_duration")
    return int(number)


def parse_time(question: Question, raw: object) -> Value:
    """Accept a time of day, HH:MM."""
    if not isinstance(raw, str) or not _TIME.fullmatch(raw):
        raise AnswerRefused("answer_time")
    return raw


def parse_date(question: Question, raw: object) -> Value:
    """Accept a date of the calendar, YYYY-MM-DD."""
    if not isinstance(raw, str) or not _DATE.fullmatch(raw):
        raise AnswerRefused("answer_date")
    try:
        return date.fromisoformat(raw).isoformat()
    except ValueError:
        raise AnswerRefused("answer_date") from None


def parse_text(question: Question, raw: object) -> Value:
    """Accept a text; blanks alone are no answer."""
    return read_plain_text(raw) or None


def parse_files(question: Question, raw: object) -> Value:
    """Accept the name of a stored file, or a list of names."""
    names = [raw] if isinstance(raw, str) else raw
    if not isinstance(names, list | tuple) or len(names) > MAX_FILES:
        raise AnswerRefused("answer_files", limit=MAX_FILES)
    try:
        read = tuple(read_plain_text(name, limit=MAX_FILE_NAME) for name in names)
    except AnswerRefused:
        raise AnswerRefused("answer_files", limit=MAX_FILES) from None
    if not all(read):
        raise AnswerRefused("answer_files", limit=MAX_FILES)
    return read or None


def _read_number(raw: object) -> Decimal | None:
    """Return a finite number with few decimals; None for everything else, however absurd."""
    if isinstance(raw, str) and _NUMBER.fullmatch(raw.strip()):
        return Decimal(raw.strip().replace(",", "."))
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        return None
    if isinstance(raw, int):
        return Decimal(raw) if abs(raw) <= MAX_NUMBER else None
    if not raw.is_finite() or raw.copy_abs() > MAX_NUMBER:
        return None
    exponent = raw.as_tuple().exponent
    return raw if isinstance(exponent, int) and exponent >= -MAX_PLACES else None


def _quote(raw: str) -> str:
    return _UNPRINTABLE.sub("?", raw)[:40]
