"""The kinds of question. A new kind is one new entry of `KINDS`: how to parse, check and value it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from checklists import kind_answers, kind_values
from checklists.problems import Problem, report_problem

if TYPE_CHECKING:
    from checklists.answers import Value
    from checklists.definition import Question

KIND_FIELDS = ("scale", "bands", "options", "mode")
MAX_SCALE_STEPS = 100


@dataclass(frozen=True)
class Kind:
    """What the engine knows about one kind of question.

    `parse` turns a raw answer into a typed one or raises `AnswerRefused`; `check` yields what is wrong with
    the definition;
    `value` gives the share of the best answer, SC-01, and is absent where answers are never scored. `tests`
    are the conditions
    (`show_if`) that other questions may put on the answer.
    """

    parse: Callable[[Question, object], Value]
    check: Callable[[Question], Iterable[Problem]] = lambda question: ()
    value: Callable[[Question, Value], Fraction] | None = None
    needs: frozenset[str] = frozenset()
    allows: frozenset[str] = frozenset()
    tests: frozenset[str] = field(default=frozenset({"answered"}))


def is_scored(kind: object, *, has_bands: bool) -> bool:
    """Say whether an answer of this kind gets a value; numbers and times do only where they have bands."""
    known = KINDS.get(kind) if isinstance(kind, str) else None
    return known is not None and known.value is not None and (has_bands or "bands" not in known.allows)


def value_answer(question: Question, value: Value) -> Fraction | None:
    """Return the value a in [0, 1] of a given answer (SC-01), None where the question is not scored."""
    kind = KINDS[question.kind]
    if kind.value is None or not is_scored(question.kind, has_bands=bool(question.bands)):
        return None
    return min(Fraction(1), max(Fraction(0), kind.value(question, value)))


def check_kind(question: Question) -> list[Problem]:
    """Return what is wrong with the fields that belong to the question's kind."""
    kind = KINDS[question.kind]
    filled = {name for name in KIND_FIELDS if getattr(question, name)}
    problems = [
        report_problem("kind_needs_field", kind=question.kind, name=name).at(field=name)
        for name in sorted(kind.needs - filled)
    ]
    problems += [
        report_problem("kind_refuses_field", kind=question.kind, name=name).at(field=name)
        for name in sorted(filled - kind.needs - kind.allows)
    ]
    if kind.needs <= filled:
        problems += kind.check(question)
    return problems


def list_answers(question: Question) -> tuple[str, ...]:
    """Return the ids that a condition `in: [...]` on this question may name."""
    return ("yes", "no") if question.kind == "yes_no" else tuple(option.id for option in question.options)


def _check_scale(question: Question) -> Iterable[Problem]:
    scale = question.scale
    assert scale is not None, "checked only where the scale is filled"
    if scale.low >= scale.high:
        yield report_problem("scale_order").at(field="scale")
    elif scale.high - scale.low > MAX_SCALE_STEPS:
        yield report_problem("scale_too_wide", limit=MAX_SCALE_STEPS).at(field="scale")
    else:
        for step in sorted(scale.anchors):
            if not scale.low <= step <= scale.high:
                yield report_problem("anchor_off_scale", at=step).at(field="scale.anchors")


def _check_options(question: Question) -> Iterable[Problem]:
    if len(question.options) < 2:
        found = len(question.options)
        yield report_problem("list_too_short", found=found, least=2).at(field="options")
    if all(option.points == 0 for option in question.options):
        yield report_problem("no_best_points").at(field="options")
    seen: set[str] = set()
    for number, option in enumerate(question.options, start=1):
        if option.id in seen:
            yield report_problem("duplicate_id", id=option.id).at(field=f"options.{number}.id")
        seen.add(option.id)


def _check_bands(question: Question) -> Iterable[Problem]:
    limits = [band.upto for band in question.bands]
    wants_time = question.kind == "time"
    for number, limit in enumerate(limits, start=1):
        if isinstance(limit, str) != wants_time:
            code = "limit_needs_time" if wants_time else "number_needed"
            yield report_problem(code).at(field=f"bands.{number}.upto")
    comparable = [kind_values.read_limit(limit) for limit in limits]
    if any(later <= earlier for earlier, later in pairwise(comparable)):
        yield report_problem("limits_order").at(field="bands")


_CHOSEN = frozenset({"answered", "in"})
_MEASURED = frozenset({"answered", "at_least", "at_most"})
_BANDS = frozenset({"bands"})

KINDS: Mapping[str, Kind] = {
    "yes_no": Kind(parse=kind_answers.parse_yes_no, value=kind_values.value_yes_no, tests=_CHOSEN),
    "scale": Kind(
        parse=kind_answers.parse_scale,
        check=_check_scale,
        value=kind_values.value_scale,
        needs=frozenset({"scale"}),
        tests=_MEASURED,
    ),
    "choice": Kind(
        parse=kind_answers.parse_choice,
        check=_check_options,
        value=kind_values.value_choice,
        needs=frozenset({"options"}),
        tests=_CHOSEN,
    ),
    "multi": Kind(
        parse=kind_answers.parse_multi,
        check=_check_options,
        value=kind_values.value_multi,
        needs=frozenset({"options"}),
        allows=frozenset({"mode"}),
        tests=_CHOSEN,
    ),
    "number": Kind(
        parse=kind_answers.parse_number,
        check=_check_bands,
        value=kind_values.value_banded,
        allows=_BANDS,
        tests=_MEASURED,
    ),
    "duration": Kind(
        parse=kind_answers.parse_duration,
        check=_check_bands,
        value=kind_values.value_banded,
        allows=_BANDS,
        tests=_MEASURED,
    ),
    "time": Kind(
        parse=kind_answers.parse_time, check=_check_bands, value=kind_values.value_banded, allows=_BANDS
    ),
    "date": Kind(parse=kind_answers.parse_date),
    "text": Kind(parse=kind_answers.parse_text),
    "photo": Kind(parse=kind_answers.parse_files, tests=frozenset()),
    "audio": Kind(parse=kind_answers.parse_files, tests=frozenset()),
}
