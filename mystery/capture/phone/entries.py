"""Entries: the names and values that a browser would send for a raw sheet; the way back of VisitForm.read.

What stands in a box that is always on the page is listed even when it is empty, as browsers do it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from checklists.definition import Checklist, Question
from mystery.sheets.answer_fields import (
    LONGEST_DIGITS,
    NONE_OF_THESE,
    NOT_APPLICABLE_VALUE,
    DurationField,
    OptionsField,
    PictureField,
    SegmentsField,
    TicksField,
    choose_field,
    join_duration,
)
from mystery.sheets.answer_words import SECONDS_A_MINUTE
from mystery.sheets.raw_sheet import RawSheet, read_part
from mystery.sheets.visit_facts import join_employee, join_moment, split_employee, split_moment

Entry: TypeAlias = tuple[str, str]
MOST_MINUTES = 10**LONGEST_DIGITS - 1
# These are tapped: what is not chosen is not sent.
TAPPED = (SegmentsField, OptionsField, TicksField, PictureField)


def list_entries(checklist: Checklist, raw: RawSheet) -> list[Entry]:
    """The entries of the page that shows ``raw``, without its revision and its buttons."""
    return [*_list_facts(read_part(raw, "visit")), *_list_answers(checklist, raw)]


def _list_facts(facts: Mapping[str, Any]) -> Iterator[Entry]:
    date, employee = str(facts.get("date") or ""), str(facts.get("employee") or "")
    day, clock = split_moment(date)
    if join_moment(day, clock) != date:
        day, clock = date, ""
    yield "v.day", day
    yield "v.clock", clock
    if employee:
        choice, note = split_employee(employee)
        # A name without a choice is read as "I do not know", but nobody has chosen that.
        if join_employee(choice, note) != employee:
            choice, note = "", employee
        yield "v.employee", choice
        yield "v.note", note


def _list_answers(checklist: Checklist, raw: RawSheet) -> Iterator[Entry]:
    answers, comments = read_part(raw, "answers"), read_part(raw, "comments")
    for question in checklist.questions():
        answer = answers.get(question.id)
        for value in _choose_writer(question)(answer):
            # Of several that exclude each other, each is kept to the letter.
            yield f"a.{question.id}", value if isinstance(answer, list) else _fold(value)
        comment = comments.get(question.id)
        if comment or question.comment != "never":
            yield f"c.{question.id}", _fold(str(comment or ""))


def _choose_writer(question: Question) -> Callable[[Any], list[str]]:
    field = choose_field(question)
    if issubclass(field, TicksField):
        return _write_ticks
    if issubclass(field, DurationField):
        return _write_duration
    return _write_tapped if issubclass(field, TAPPED) else _write_typed


def _write_tapped(answer: Any) -> list[str]:
    if answer is None:
        return []
    return [str(each) for each in answer] if isinstance(answer, list) else [str(answer)]


def _write_typed(answer: Any) -> list[str]:
    written = _write_tapped(answer)
    # "Not applicable" is a box of its own beside the one that is typed into.
    return ["", *written] if written in ([], [NOT_APPLICABLE_VALUE]) else written


def _write_ticks(answer: Any) -> list[str]:
    return [NONE_OF_THESE] if answer == [] else _write_tapped(answer)


def _write_duration(answer: Any) -> list[str]:
    parts = answer if isinstance(answer, list) else [answer]
    typed = next((each for each in parts if each not in (None, NOT_APPLICABLE_VALUE)), None)
    marked = [NOT_APPLICABLE_VALUE] if NOT_APPLICABLE_VALUE in parts else []
    return [*(_split_duration(typed) if typed is not None else ("", "")), *marked]


def _split_duration(typed: Any) -> tuple[str, str]:
    try:
        minutes = min(int(typed) // SECONDS_A_MINUTE, MOST_MINUTES)
        return str(minutes), f"{int(typed) - minutes * SECONDS_A_MINUTE:02}"
    except ValueError:
        return _split_nonsense(str(typed))


def _split_nonsense(typed: str) -> tuple[str, str]:
    """The two boxes in which somebody typed what is no duration."""
    places = (place for place, letter in enumerate(typed) if letter == ":")
    for boxes in ((typed[:place], typed[place + 1 :]) for place in places):
        if join_duration(*(box.strip() for box in boxes)) == typed:
            minutes, seconds = boxes
            return _set_apart(minutes), _set_apart(seconds)
    return typed, ""


def _set_apart(box: str) -> str:
    # Typed into a box these letters are no mark; blanks around them are taken off again.
    return f"{box} " if box == NOT_APPLICABLE_VALUE else box


def _fold(text: str) -> str:
    # Line ends are one character here, as scripts see them, unless that could be read in two ways.
    return text.replace("\n", "\r\n") if "\r" in text else text
