"""The score of one visit: SC-01 to SC-09 in exact fractions, rounded nowhere."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from checklists.answers import AnswerSheet, NotApplicable
from checklists.definition import Checklist, Question, Section
from checklists.final_score import add_up, list_section_caps
from checklists.question_kinds import value_answer
from checklists.scorecard import CriticalEvent, QuestionScore, Scorecard, SectionScore
from checklists.visibility import shown_questions

ZERO = Fraction(0)


def score_visit(checklist: Checklist, sheet: AnswerSheet) -> Scorecard:
    """Return the scorecard of a visit; every typed sheet has one.

    While a required question that is shown is still open, the card is a draft's and says `provisional`.
    """
    shown = shown_questions(checklist, sheet.answers)
    return _complete_card(
        checklist, [_score_section(section, sheet, shown) for section in checklist.sections]
    )


def score_values(checklist: Checklist, values: Mapping[str, Fraction]) -> Scorecard:
    """Return the scorecard of a visit of which only the values of its scored answers are known (SC-01).

    Why a question without a value has none makes no difference to any figure (SC-02).
    """
    scored = [
        sum_section(
            section,
            tuple(
                _count_value(question, values[question.id])
                if question.id in values
                else QuestionScore(question.id, "not_scored")
                for question in section.questions
            ),
        )
        for section in checklist.sections
    ]
    return _complete_card(checklist, scored)


def _complete_card(checklist: Checklist, scored: list[SectionScore]) -> Scorecard:
    critical = tuple(_list_knock_outs(checklist, scored))
    sections = _cap_sections(reweigh_sections(checklist, scored), list_section_caps(checklist, critical))
    base = mean_percent(sections)
    earned_bonus = sum((score.bonus for section in sections for score in section.questions), ZERO)
    bonus = earned_bonus if base is not None and not critical else ZERO
    steps = add_up(sections, critical, bonus=bonus, ceiling=checklist.scoring.max_final)
    final = steps[-1].total if base is not None else None
    return Scorecard(
        base=base,
        final=final,
        coverage=measure_coverage(checklist, [section.possible for section in sections]),
        passed=_decide_pass(checklist, sections, critical, final),
        band=_find_band(checklist, final),
        provisional=_is_provisional(checklist, sections),
        sections=sections,
        critical=critical,
        bonus=bonus,
        steps=steps,
    )


def _score_section(section: Section, sheet: AnswerSheet, shown: frozenset[str]) -> SectionScore:
    questions = tuple(
        _score_question(question, sheet) if question.id in shown else QuestionScore(question.id, "hidden")
        for question in section.questions
    )
    return sum_section(section, questions)


def sum_section(section: Section, questions: tuple[QuestionScore, ...]) -> SectionScore:
    """Return the section's earned, possible and percent (SC-03); its share of the visit is not known yet."""
    earned = sum((question.earned for question in questions), ZERO)
    possible = sum((question.possible for question in questions), ZERO)
    percent = 100 * earned / possible if possible > 0 else None
    return SectionScore(section.id, earned, possible, percent, percent, section.weight, None, questions)


def _score_question(question: Question, sheet: AnswerSheet) -> QuestionScore:
    answer = sheet.answers.get(question.id)
    if isinstance(answer, NotApplicable):
        return QuestionScore(question.id, "not_applicable")
    if answer is None:
        is_photographed = question.kind == "photo" and sheet.photos.get(question.id, 0) > 0
        return QuestionScore(question.id, "not_scored" if is_photographed else "unanswered")
    value = value_answer(question, answer)
    if value is None:
        return QuestionScore(question.id, "not_scored")
    return _count_value(question, value)


def _count_value(question: Question, value: Fraction) -> QuestionScore:
    return QuestionScore(
        question.id,
        "scored",
        value=value,
        earned=question.weight * value,
        possible=question.weight,
        bonus=(question.bonus or ZERO) * value,
        critical_fired=question.critical is not None and value <= question.critical.fail_at,
    )


def _list_knock_outs(checklist: Checklist, sections: Iterable[SectionScore]) -> Iterator[CriticalEvent]:
    """SC-05: what is hidden, not applicable or open has no value and cannot fire."""
    fired = {score.id for section in sections for score in section.questions if score.critical_fired}
    for question in checklist.questions():
        if question.id in fired and question.critical is not None:
            yield CriticalEvent(question.id, question.critical.effect, question.critical.cap or ZERO)


def reweigh_sections(checklist: Checklist, sections: list[SectionScore]) -> list[SectionScore]:
    """Give each live section its share of the base, by the mode of the checklist (SC-04).

    In mode `points`, 100 sum(W E) / sum(W D) is the mean of the sections' percents weighted by W D.
    """
    influence = [
        section.weight * (section.possible if checklist.scoring.mode == "points" else (section.possible > 0))
        for section in sections
    ]
    total = sum(influence, ZERO)
    return [
        replace(section, reweighted=part / total if part > 0 else None)
        for section, part in zip(sections, influence, strict=True)
    ]


def _cap_sections(sections: list[SectionScore], caps: dict[str, Fraction]) -> tuple[SectionScore, ...]:
    return tuple(
        replace(section, capped_percent=min(section.percent, caps[section.id]))
        if section.percent is not None and section.id in caps
        else section
        for section in sections
    )


def mean_percent(sections: Iterable[SectionScore]) -> Fraction | None:
    """Return the base (SC-04), None where no section is live; knock-outs do not touch it (SC-07)."""
    live = [
        section.reweighted * section.percent
        for section in sections
        if section.reweighted is not None and section.percent is not None
    ]
    return sum(live, ZERO) if live else None


def measure_coverage(checklist: Checklist, assessed: Iterable[Fraction]) -> Fraction:
    """Return SC-08: the share of all weight that was assessed, given the assessed points of each section.

    A question carries the part of the whole that it has when everything applies: w / D of its section's
    weight, or W w in mode `points`. A checklist without any weight has coverage 0.
    """
    covered = total = ZERO
    for section, possible in zip(checklist.sections, assessed, strict=True):
        everything = sum((question.weight for question in section.questions), ZERO)
        if everything > 0:
            unit = section.weight if checklist.scoring.mode == "points" else section.weight / everything
            covered += unit * possible
            total += unit * everything
    return covered / total if total > 0 else ZERO


def _decide_pass(
    checklist: Checklist,
    sections: tuple[SectionScore, ...],
    critical: tuple[CriticalEvent, ...],
    final: Fraction | None,
) -> bool | None:
    """SC-09: None where the checklist names no threshold, or nothing was scored."""
    if any(event.effect == "fail_visit" for event in critical):
        return False
    mark = checklist.scoring.pass_mark
    marks = {section.id: section.pass_mark for section in checklist.sections if section.pass_mark is not None}
    can_fail = any(q.critical and q.critical.effect == "fail_visit" for q in checklist.questions())
    if final is None or (mark is None and not marks and not can_fail):
        return None
    return (mark is None or final >= mark) and all(
        section.capped_percent is None or section.capped_percent >= marks.get(section.id, ZERO)
        for section in sections
    )


def _find_band(checklist: Checklist, final: Fraction | None) -> str | None:
    reached = (band.id for band in checklist.bands if final is not None and final >= band.at)
    return next(reached, None)


def _is_provisional(checklist: Checklist, sections: Iterable[SectionScore]) -> bool:
    required = {question.id for question in checklist.questions() if question.required}
    return any(
        score.state == "unanswered" and score.id in required
        for section in sections
        for score in section.questions
    )


@dataclass(frozen=True)
class StandardScore:
    """How far one standard was kept in one visit: points earned of points possible."""

    code: str
    revision: int
    earned: Fraction
    possible: Fraction


def standards_scores(checklist: Checklist, card: Scorecard) -> tuple[StandardScore, ...]:
    """Return the points of every standard that was assessed, in the order of the checklist."""
    sums: dict[tuple[str, int], tuple[Fraction, Fraction]] = {}
    for question, score in zip(checklist.questions(), card.questions(), strict=True):
        if question.standard_code is None or question.standard_revision is None or score.possible == 0:
            continue
        key = (question.standard_code, question.standard_revision)
        earned, possible = sums.get(key, (ZERO, ZERO))
        sums[key] = (earned + score.earned, possible + score.possible)
    return tuple(StandardScore(*key, *points) for key, points in sums.items())
