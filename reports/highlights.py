"""What went well and what to practise: the outcomes of one visit by standard, weightiest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from checklists.definition import Question
from checklists.localtext import Language
from checklists.scorecard import QuestionScore, SectionScore
from reports.marks import Mark, mark_share
from reports.rows import VisitReport

STRENGTHS_SHOWN: Final = 3
MISSES_ON_FIRST_PAGE: Final = 3


@dataclass(frozen=True)
class Outcome:
    """One standard in one visit, or one question where the checklist cites no standard.

    `weight` and `lost` are points of the visit's hundred: what it could bring and what it did not.
    """

    code: str | None
    title: str
    text: str | None
    best: str | None
    practice: str | None
    mark: Mark
    is_critical: bool  # a critical question of this standard decided something (SC-05)
    weight: Fraction
    lost: Fraction
    questions: tuple[str, ...]  # ids of the questions behind it


def build_strengths(report: VisitReport, language: Language) -> tuple[Outcome, ...]:
    """Give up to three standards that were kept in full, the weightiest first."""
    kept = [outcome for outcome in build_outcomes(report, language) if outcome.mark is Mark.KEPT]
    return tuple(sorted(kept, key=lambda outcome: -outcome.weight)[:STRENGTHS_SHOWN])


def build_misses(report: VisitReport, language: Language) -> tuple[Outcome, ...]:
    """Give every standard that was not kept in full: critical ones first, then by the points they cost."""
    failed = [outcome for outcome in build_outcomes(report, language) if outcome.mark is not Mark.KEPT]
    return tuple(sorted(failed, key=lambda outcome: (not outcome.is_critical, -outcome.lost)))


def build_outcomes(report: VisitReport, language: Language) -> tuple[Outcome, ...]:
    """Give every assessed standard of the visit, in the order of the checklist.

    Where the checklist cites no standard at all, its questions stand for themselves.
    """
    cites_standards = any(question.standard for question in report.checklist.questions())
    groups: dict[str, list[_Part]] = {}
    for part in _list_parts(report):
        reference = part.question.standard
        if reference or not cites_standards:
            groups.setdefault(reference or f"question {part.question.id}", []).append(part)
    return tuple(_build_outcome(report, parts, language) for parts in groups.values())


@dataclass(frozen=True)
class _Part:
    """One scored question with the points of the visit's hundred that hang on it."""

    question: Question
    score: QuestionScore
    weight: Fraction
    lost: Fraction


def _list_parts(report: VisitReport) -> Iterable[_Part]:
    for section, score in zip(report.checklist.sections, report.scorecard.sections, strict=True):
        scores = {question.id: question for question in score.questions}
        for question in section.questions:
            own = scores[question.id]
            if own.state == "scored" and own.possible > 0:
                weight = _weigh(own.possible, score)
                yield _Part(question, own, weight, _weigh(own.possible - own.earned, score))


def _weigh(points: Fraction, section: SectionScore) -> Fraction:
    """Turn points of a section into points of the visit's hundred."""
    if section.reweighted is None or section.possible == 0:
        return Fraction(0)
    return 100 * section.reweighted * points / section.possible


def _build_outcome(report: VisitReport, parts: Sequence[_Part], language: Language) -> Outcome:
    question = parts[0].question
    standard = report.standards.get(question.standard) if question.standard else None
    earned = sum((part.score.earned for part in parts), Fraction(0))
    possible = sum((part.score.possible for part in parts), Fraction(0))
    return Outcome(
        code=question.standard_code,
        title=(standard.title if standard else question.text).in_language(language),
        text=standard.text.in_language(language) if standard else None,
        best=standard.best.in_language(language) if standard else None,
        practice=standard.practice.in_language(language) if standard else None,
        mark=mark_share(earned, possible),
        is_critical=any(part.score.critical_fired for part in parts),
        weight=sum((part.weight for part in parts), Fraction(0)),
        lost=sum((part.lost for part in parts), Fraction(0)),
        questions=tuple(part.question.id for part in parts),
    )
