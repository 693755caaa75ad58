"""SC-11: how the score comes about, as lines that a reader adds up and gets the printed number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from checklists.exact import round_half_up
from checklists.localtext import Language
from checklists.scorecard import SectionScore, Step, display_percent, list_thresholds
from reports.numbers import format_number, format_score, format_signed, round_to_add_up
from reports.rows import VisitReport
from reports.visit_sections import format_points
from reports.words import say

PLACES: Final = 2
NOTHING: Final = "–"
AFTER_BONUS: Final = ("visit_cap", "fail", "ceiling")


@dataclass(frozen=True)
class SectionSum:
    """One section in the sum; percent, share and adds are dashes where it was not assessed."""

    title: str
    points: str
    percent: str
    weight: str
    share: str
    adds: str


@dataclass(frozen=True)
class SumStep:
    """What happens to the base score on its way to the result: a change and what is left after it."""

    label: str
    change: str
    total: str


@dataclass(frozen=True)
class Arithmetic:
    """The whole sum, ready to print; `base` and `final` are None for a visit that is not scored."""

    sections: tuple[SectionSum, ...]
    weight: str
    share: str
    base: str | None
    steps: tuple[SumStep, ...]
    final: str | None
    notes: tuple[str, ...]


def build_arithmetic(report: VisitReport, language: Language) -> Arithmetic:
    """Write the sum of a visit: sections to the base score, then caps and bonus to the result."""
    card = report.scorecard
    sections = tuple(_build_section_sums(report, language))
    weight = sum((section.weight for section in card.sections), Fraction(0))
    return Arithmetic(
        sections=sections,
        weight=format_number(weight, language),
        share=NOTHING if card.base is None else _write(Fraction(100), language),
        base=None if card.base is None else _write(card.base, language),
        steps=tuple(_write_steps(report, language)),
        final=None if card.final is None else _write(card.final, language),
        notes=tuple(_build_notes(report, language)),
    )


def _write(value: Fraction, language: Language) -> str:
    return format_number(value, language, places=PLACES, least=PLACES)


def _build_section_sums(report: VisitReport, language: Language) -> Iterator[SectionSum]:
    live = [score for score in report.scorecard.sections if score.reweighted]
    shares = _spread(live, [100 * _share(score) for score in live])
    adds = _spread(live, [_contribution(score) for score in live])
    for section, score in zip(report.checklist.sections, report.scorecard.sections, strict=True):
        yield SectionSum(
            title=section.title.in_language(language),
            points=NOTHING
            if score.percent is None
            else format_points(score.earned, score.possible, language),
            percent=NOTHING if score.percent is None else _write(score.percent, language),
            weight=format_number(score.weight, language),
            share=_write(Fraction(shares[score.id]), language) if score.id in shares else NOTHING,
            adds=_write(Fraction(adds[score.id]), language) if score.id in adds else NOTHING,
        )


def _spread(scores: Sequence[SectionScore], parts: Sequence[Fraction]) -> dict[str, Decimal]:
    return dict(zip((score.id for score in scores), round_to_add_up(parts, places=PLACES), strict=True))


def _share(score: SectionScore) -> Fraction:
    return score.reweighted or Fraction(0)


def _contribution(score: SectionScore) -> Fraction:
    return _share(score) * (score.percent or Fraction(0))


def _write_steps(report: VisitReport, language: Language) -> Iterator[SumStep]:
    """Round each running total once and print the differences, so that every line adds up to the next."""
    if report.scorecard.base is None:
        return
    before = round_half_up(report.scorecard.base, PLACES)
    for label, total in _follow_steps(report, language):
        after = round_half_up(total, PLACES)
        change = format_signed(Fraction(after - before), language, places=PLACES)
        yield SumStep(label, change, _write(Fraction(after), language))
        before = after


def _follow_steps(report: VisitReport, language: Language) -> Iterator[tuple[str, Fraction]]:
    """Give what follows the base in the order of SC-06, each line with the total after it.

    A bonus that an answer earned does not count once something was knocked out, and a line says so.
    """
    total = report.scorecard.base or Fraction(0)
    withheld = _name_bonus(report, language) if report.scorecard.critical else ""
    for step in report.scorecard.steps:
        if step.kind in AFTER_BONUS and withheld:
            yield say("step_bonus_withheld", language, question=withheld), total
            withheld = ""
        if step.kind != "section":
            total = step.total
            yield _label_step(report, step, language), total
    if withheld:
        yield say("step_bonus_withheld", language, question=withheld), total


def _label_step(report: VisitReport, step: Step, language: Language) -> str:
    if step.kind == "section_cap":
        return _label_section_cap(report, step, language)
    if step.kind == "bonus":
        return say("step_bonus", language, question=_name_bonus(report, language))
    if step.kind == "ceiling":
        return say("step_most", language, most=format_number(report.checklist.scoring.max_final, language))
    if step.kind == "fail":
        return say("step_fail", language)
    return say("step_visit_cap", language, cap=format_number(step.total, language))


def _label_section_cap(report: VisitReport, step: Step, language: Language) -> str:
    section = next(section for section in report.checklist.sections if section.id == step.subject)
    score = next(score for score in report.scorecard.sections if score.id == step.subject)
    cap = format_number(score.capped_percent or Fraction(0), language)
    return say("step_section_cap", language, section=section.title.in_language(language), cap=cap)


def _name_bonus(report: VisitReport, language: Language) -> str:
    """Name the questions whose answers earned a bonus, whether it counts or not."""
    earned = [score.id for score in report.scorecard.questions() if score.bonus > 0]
    return "; ".join(report.checklist.question(question).text.in_language(language) for question in earned)


def _build_notes(report: VisitReport, language: Language) -> Iterator[str]:
    card = report.scorecard
    if card.base is None or card.final is None:
        yield say("not_scored_why", language)
        return
    yield say("shares_note" if report.checklist.scoring.mode == "sections" else "points_note", language)
    yield say("rounding_note", language)
    if round_half_up(card.final, PLACES) != card.final:
        yield say("exact", language, fraction=f"{card.final.numerator}/{card.final.denominator}")
    shown = display_percent(card.final, list_thresholds(report.checklist))
    if shown != round_half_up(card.final, 1):
        yield say("shown_as", language, shown=format_score(shown, language))
