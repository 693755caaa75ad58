"""Touches: what a thumb does to answer a question, and what the server has to make of it.

The expectation is written here a second time, on purpose: a slip in the application's own reading of forms
must not excuse itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from checklists.answers import parse_answer
from checklists.definition import Checklist, Question
from checklists.validation import needs_comment

WIDEST_SCALE = 10
NO_ANSWER = object()


@dataclass(frozen=True)
class Touch:
    """One gesture on a field: ``how`` is tap, type or choose; ``box`` counts the boxes of one name."""

    question: str
    name: str
    how: str
    value: str
    box: int = 0


def touch_moment(rng: Random) -> list[Touch]:
    """The day and the time of a visit that was made in the past."""
    day = f"2026-11-{rng.randint(2, 18):02}"
    clock = f"{rng.randint(9, 19):02}:{rng.randint(0, 59):02}"
    return [Touch("when", "v.day", "type", day), Touch("when", "v.clock", "type", clock)]


def touch_employee(mark: str) -> list[Touch]:
    """Somebody who is on no list, with a name on the badge."""
    return [
        Touch("whom", "v.employee", "choose", "unknown"),
        Touch("whom", "v.note", "type", f"badge {mark}"),
    ]


def touch_question(question: Question, rng: Random, mark: str) -> list[Touch]:
    """An answer to ``question``, with the comment that it asks for; every text carries ``mark``."""
    touches = _touch_answer(question, rng, mark)
    raw = read_fields(question, [touch.value for touch in touches])
    typed, _problem = parse_answer(question, raw) if raw is not NO_ANSWER else (None, None)
    if typed is not None and question.comment != "never" and needs_comment(question, typed):
        touches.append(Touch(question.id, f"c.{question.id}", "type", f"Because {mark}"))
    return touches


def _touch_answer(question: Question, rng: Random, mark: str) -> list[Touch]:
    name = f"a.{question.id}"
    if question.kind == "duration":
        return [
            Touch(question.id, name, "type", str(rng.randint(0, 30))),
            Touch(question.id, name, "type", str(rng.randint(0, 59)), box=1),
        ]
    if question.kind == "multi":
        options = [option.id for option in question.options]
        return [Touch(question.id, name, "tap", one) for one in rng.sample(options, rng.randint(1, 2))]
    if question.kind == "photo":
        return []
    choices = list_choices(question)
    if choices:
        return [Touch(question.id, name, "tap", rng.choice(choices))]
    return [Touch(question.id, name, "type", _write_words(question, rng, mark))]


def list_choices(question: Question) -> list[str]:
    """The answers of which one is tapped; none where something is typed."""
    scale = question.scale
    if question.kind == "yes_no":
        return ["yes", "no"]
    if question.kind == "choice":
        return [option.id for option in question.options]
    if scale is not None and scale.high - scale.low <= WIDEST_SCALE:
        return [str(step) for step in range(scale.low, scale.high + 1)]
    return []


def _write_words(question: Question, rng: Random, mark: str) -> str:
    if question.scale is not None:
        return str(rng.randint(question.scale.low, question.scale.high))
    written = {
        "number": f"{rng.randint(0, 9)},5",
        "time": f"{rng.randint(9, 19):02}:{rng.randint(0, 59):02}",
        "date": f"2026-11-{rng.randint(2, 18):02}",
    }
    return written.get(question.kind, f"Слова {mark} «{rng.randint(0, 999)}»")


def read_fields(question: Question, values: Sequence[str]) -> Any:
    """What the raw answers must hold when the form had ``values`` under the question's name."""
    given = [value for value in values if value]
    if not given:
        return NO_ANSWER
    if question.kind == "duration":
        minutes, seconds = [*values, "", ""][:2]
        return int(minutes or 0) * 60 + int(seconds or 0)
    if question.kind == "multi":
        return [] if given == ["-none"] else given
    if question.scale is not None and list_choices(question):
        return int(given[0])
    return given[0].replace("\r\n", "\n")


def find_question(checklist: Checklist, anchor: str) -> Question | None:
    """The question at an anchor of the page ("q-<id>"), or None."""
    wanted = anchor.removeprefix("#").removeprefix("q-")
    return next((each for each in checklist.questions() if each.id == wanted), None)
