"""What each answer to a question earns, written out: the points of SC-01 before anybody has answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from checklists.definition import Option, Question
from checklists.localtext import Language
from reports.dates import format_duration
from reports.numbers import format_number

KINDS = {
    "yes_no": _l("Yes or no"),
    "scale": _l("A scale"),
    "choice": _l("One of the list"),
    "multi": _l("Several of the list"),
    "number": _l("A number"),
    "duration": _l("A stretch of time"),
    "time": _l("A time of day"),
    "date": _l("A date"),
    "text": _l("In words"),
    "photo": _l("Photos"),
    "audio": _l("A recording"),
}


@dataclass(frozen=True)
class PrintedAnswer:
    """One possible answer, what it looks like, and the points it earns; no points where nothing is scored."""

    text: str
    anchor: str
    points: str


def name_kind(question: Question) -> str:
    """What kind of answer is asked for."""
    if question.scale is not None:
        return str(_("A scale of %(low)s to %(high)s", low=question.scale.low, high=question.scale.high))
    return str(KINDS[question.kind])


def list_answers(question: Question, language: Language) -> Iterator[PrintedAnswer]:
    """The answers that can be listed, best described in the words of the checklist."""
    lister = LISTERS.get(question.kind)
    if lister is not None:
        yield from lister(question, language)


def _list_yes_no(question: Question, language: Language) -> Iterator[PrintedAnswer]:
    yield PrintedAnswer(_("Yes"), "", _points(question, Fraction(1), language))
    yield PrintedAnswer(_("No"), "", _points(question, Fraction(0), language))


def _list_steps(question: Question, language: Language) -> Iterator[PrintedAnswer]:
    scale = question.scale
    assert scale is not None, "a scale question has a scale"
    steps = sorted({scale.low, scale.high, *scale.anchors}, reverse=True)
    for step in steps:
        anchor = scale.anchors.get(step)
        share = Fraction(step - scale.low, scale.high - scale.low)
        words = anchor.in_language(language) if anchor else ""
        yield PrintedAnswer(str(step), words, _points(question, share, language))


def _list_options(question: Question, language: Language) -> Iterator[PrintedAnswer]:
    best = max(option.points for option in question.options)
    for option in question.options:
        yield _print_option(question, option, option.points / best, language)


def _list_boxes(question: Question, language: Language) -> Iterator[PrintedAnswer]:
    whole = sum((option.points for option in question.options), Fraction(0))
    for option in question.options:
        if question.mode == "all":
            yield PrintedAnswer(option.text.in_language(language), _anchor(option, language), "")
        else:
            yield _print_option(question, option, option.points / whole, language)
    if question.mode == "all":
        yield PrintedAnswer(_("Everything of the list"), "", _points(question, Fraction(1), language))


def _list_limits(question: Question, language: Language) -> Iterator[PrintedAnswer]:
    for band in question.bands:
        limit = _write_limit(question, band.upto, language)
        yield PrintedAnswer(_("up to %(limit)s", limit=limit), "", _points(question, band.share, language))
    if question.bands:
        yield PrintedAnswer(_("beyond that"), "", _points(question, Fraction(0), language))


def _write_limit(question: Question, limit: Fraction | str, language: Language) -> str:
    if isinstance(limit, str):
        return limit
    if question.kind == "duration":
        return format_duration(int(limit), language)
    return format_number(limit, language)


def _print_option(question: Question, option: Option, share: Fraction, language: Language) -> PrintedAnswer:
    return PrintedAnswer(
        option.text.in_language(language), _anchor(option, language), _points(question, share, language)
    )


def _anchor(option: Option, language: Language) -> str:
    return option.anchor.in_language(language) if option.anchor else ""


def _points(question: Question, share: Fraction, language: Language) -> str:
    worth = question.bonus or question.weight
    return format_number(worth * share, language) if worth else ""


Lister = Callable[[Question, Language], Iterator[PrintedAnswer]]
LISTERS: Mapping[str, Lister] = {
    "yes_no": _list_yes_no,
    "scale": _list_steps,
    "choice": _list_options,
    "multi": _list_boxes,
    "number": _list_limits,
    "duration": _list_limits,
    "time": _list_limits,
}
