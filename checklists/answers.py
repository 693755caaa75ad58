"""The answers of one visit, typed against the checklist they answer."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any, Final, TypeAlias

from checklists.definition import Checklist, Question
from checklists.kind_answers import MAX_FILES, AnswerRefused, read_plain_text
from checklists.problems import Place, Problem, report_problem
from checklists.question_kinds import KINDS


class NotApplicable(Enum):
    """The answer "this question does not apply to this visit"."""

    NOT_APPLICABLE = "n/a"


NOT_APPLICABLE: Final = NotApplicable.NOT_APPLICABLE

Value: TypeAlias = str | int | Decimal | tuple[str, ...] | NotApplicable | None

MAX_FACT_LENGTH = 200
_PARTS = ("visit", "answers", "comments", "photos")


@dataclass(frozen=True)
class VisitFacts:
    """Who, where and when, as far as the answers file says."""

    date: str | None = None
    unit: str | None = None
    employee: str | None = None
    auditor: str | None = None


@dataclass(frozen=True)
class AnswerSheet:
    """One visit: answers, comments and photo counts by question id; a missing or None answer is open."""

    answers: Mapping[str, Value] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    photos: Mapping[str, int] = field(default_factory=dict)
    visit: VisitFacts = VisitFacts()


def parse_answer(question: Question, raw: object) -> tuple[Value, Problem | None]:
    """Return the typed answer; a raw answer that cannot be read gives None and the problem."""
    place = Place(question=question.id)
    if raw is None or raw == "":
        return None, None
    if raw is NOT_APPLICABLE or raw == NOT_APPLICABLE.value:
        if question.not_applicable:
            return NOT_APPLICABLE, None
        return None, report_problem("answer_not_applicable", place)
    try:
        return KINDS[question.kind].parse(question, raw), None
    except AnswerRefused as refusal:
        return None, report_problem(refusal.code, place, **refusal.details)


def parse_sheet(checklist: Checklist, raw: Mapping[str, object]) -> tuple[AnswerSheet, list[Problem]]:
    """Read the object of an answers file; what cannot be read stays open and is reported."""
    questions = {question.id: question for question in checklist.questions()}
    problems = [
        report_problem("field_unknown", name=show_name(name), hint=f" ({', '.join(_PARTS)})")
        for name in raw
        if name not in _PARTS
    ]

    def read(part: str, parse: Callable[[Question, object], tuple[Any, Problem | None]]) -> dict[str, Any]:
        return _read_part(raw.get(part), part, questions, parse, problems)

    sheet = AnswerSheet(
        answers=read("answers", parse_answer),
        comments=read("comments", _parse_comment),
        photos=read("photos", _parse_count),
        visit=_read_visit(raw.get("visit"), problems),
    )
    return sheet, problems


def sheet_to_json(sheet: AnswerSheet) -> str:
    """Return the sheet as the canonical JSON of an answers file; open answers are left out."""
    visit = {name: value for name, value in vars(sheet.visit).items() if value is not None}
    data: dict[str, object] = {
        "visit": visit,
        "answers": {name: write_value(value) for name, value in sheet.answers.items() if value is not None},
        "comments": dict(sheet.comments),
        "photos": dict(sheet.photos),
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def write_value(value: Value) -> object:
    """Return a typed answer as it stands in an answers file; None for no answer."""
    if isinstance(value, NotApplicable):
        return value.value
    if isinstance(value, tuple):
        return list(value)
    # A decimal is written as text: a JSON number would come back rounded to a float in other programs.
    return str(value) if isinstance(value, Decimal) else value


def _read_part(
    raw: object,
    part: str,
    questions: Mapping[str, Question],
    parse: Callable[[Question, object], tuple[Any, Problem | None]],
    problems: list[Problem],
) -> dict[str, Any]:
    read: dict[str, Any] = {}
    if raw is None:
        return read
    if not isinstance(raw, Mapping):
        problems.append(report_problem("needs_mapping", fields="…").at(field=part))
        return read
    for name, given in raw.items():
        question = questions.get(name)
        if question is None:
            problems.append(report_problem("question_unknown", id=show_name(name)).at(field=part))
            continue
        value, problem = parse(question, given)
        if problem is not None:
            problems.append(problem.at(field=part))
        elif value is not None:
            read[name] = value
    return read


def _parse_comment(question: Question, raw: object) -> tuple[str | None, Problem | None]:
    if raw is None:
        return None, None
    try:
        return read_plain_text(raw) or None, None
    except AnswerRefused as refusal:
        return None, report_problem(refusal.code, Place(question=question.id), **refusal.details)


def _parse_count(question: Question, raw: object) -> tuple[int | None, Problem | None]:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= MAX_FILES:
        return None, report_problem("photo_count", Place(question=question.id), limit=MAX_FILES)
    return raw, None


def _read_visit(raw: object, problems: list[Problem]) -> VisitFacts:
    if raw is None:
        return VisitFacts()
    names = tuple(VisitFacts.__dataclass_fields__)
    if not isinstance(raw, Mapping):
        problems.append(report_problem("needs_mapping", fields=", ".join(names)).at(field="visit"))
        return VisitFacts()
    facts: dict[str, str | None] = {}
    for name, given in raw.items():
        if name not in names:
            hint = f" ({', '.join(names)})"
            problems.append(
                report_problem("field_unknown", name=show_name(name), hint=hint).at(field="visit")
            )
        elif given is not None:
            try:
                facts[name] = read_plain_text(given, limit=MAX_FACT_LENGTH) or None
            except AnswerRefused as refusal:
                problem = report_problem(refusal.code, **refusal.details)
                problems.append(problem.at(field=f"visit.{name}"))
    return VisitFacts(**facts)


def show_name(name: object) -> str:
    """Return a name from outside in a form and length that any message can carry."""
    return str(name).encode("utf-8", "replace").decode()[:60]
