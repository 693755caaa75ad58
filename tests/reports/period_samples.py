"""Employees and units over a period, made up from the library's shop visit: the same for every test."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from checklists.answers import AnswerSheet, Value
from checklists.definition import Checklist, Question
from checklists.localtext import LocalText
from checklists.scoring import score_visit
from checklists.standards import load_standards
from reports.period_rows import (
    EmployeePeriod,
    KnockOutEvent,
    Period,
    PeriodVisit,
    SectionCount,
    StaffMember,
    StandardCount,
    UnitPeriod,
)
from tests.reports.samples import sample_checklist

FIRST_DAY = date(2026, 5, 4)
PURPOSE = LocalText(ru="Программа нужна для обучения.", en="The programme serves training.")


def make_visit(
    checklist: Checklist, shares: Mapping[str, Fraction | int], *, number: int = 1, **facts: Any
) -> PeriodVisit:
    """One visit with these values of questions; the score is worked out as SC-04 says, without caps."""
    exact = {question: Fraction(share) for question, share in shares.items()}
    visit = PeriodVisit(
        visit=f"00000000-0000-4000-8000-{number:012}",
        visited_on=FIRST_DAY + timedelta(days=20 * (number - 1)),
        unit="Север / Магазин 3",
        version=1,
        base=score_shares(checklist, exact),
        final=score_shares(checklist, exact),
        coverage=Fraction(1),
        shares=exact,
    )
    return replace(visit, **facts)


def score_shares(checklist: Checklist, shares: Mapping[str, Fraction]) -> Fraction | None:
    """The weighted mean of the sections' percents (SC-04, mode sections)."""
    total = weights = Fraction(0)
    for section in checklist.sections:
        assessed = [each for each in section.questions if each.id in shares and each.weight > 0]
        possible = sum((each.weight for each in assessed), Fraction(0))
        if possible > 0 and section.weight > 0:
            earned = sum((each.weight * shares[each.id] for each in assessed), Fraction(0))
            total += section.weight * earned / possible
            weights += section.weight
    return 100 * total / weights if weights else None


def list_scored(checklist: Checklist) -> list[Question]:
    """The questions that carry points."""
    return [each for each in checklist.questions() if each.is_scored and each.weight > 0]


def draw_visits(checklist: Checklist, count: int, *, skill: float = 0.8, seed: int = 1) -> list[PeriodVisit]:
    """So many visits with drawn answers; what is missed once is likely to be missed again."""
    chance = random.Random(seed)
    ease = {each.id: min(1.0, max(0.1, chance.gauss(skill, 0.25))) for each in list_scored(checklist)}
    visits = []
    for number in range(1, count + 1):
        shares = {
            question: Fraction(chance.random() < value)
            for question, value in ease.items()
            if chance.random() > 0.08
        }
        visits.append(make_visit(checklist, shares, number=number))
    return visits


def make_period(
    visits: Sequence[PeriodVisit], *, versions: Mapping[int, Checklist] | None = None, **changes: Any
) -> EmployeePeriod:
    """A period of one employee with these visits."""
    period = EmployeePeriod(
        company="Северный дом",
        employee="Анна Петрова",
        position="продавец",
        period=Period(date(2026, 5, 1), date(2026, 10, 31)),
        versions=versions or {1: sample_checklist()},
        visits=tuple(visits),
        standards=load_standards(),
        purpose=PURPOSE,
    )
    return replace(period, **changes)


def worked_visit(number: int = 1, **answers: Value) -> PeriodVisit:
    """A visit on the worked checklist with everything at its best but these answers."""
    checklist = sample_checklist()
    best: dict[str, Value] = {
        "wait": 60,
        "name": "yes",
        "asked": 5,
        "repeated": "yes",
        "heard": "yes",
        "facts": "yes",
        "features": "all",
        "receipt": "yes",
    }
    card = score_visit(checklist, AnswerSheet(answers={**best, **answers}))
    shares = {score.id: score.value for score in card.questions() if score.value is not None}
    return make_visit(
        checklist,
        shares,
        number=number,
        base=card.base,
        final=card.final,
        coverage=card.coverage,
        knock_outs=tuple(event.question for event in card.critical),
    )


def make_unit_period(
    staff: Mapping[str, Sequence[PeriodVisit]], checklist: Checklist, **changes: Any
) -> UnitPeriod:
    """A unit whose staff had these visits; the rest of the programme is another shop with the same visits."""
    period = UnitPeriod(
        company="Северный дом",
        unit="Север / Магазин 3",
        period=Period(date(2026, 5, 1), date(2026, 10, 31)),
        versions={1: checklist},
        visits=sum(len(visits) for visits in staff.values()),
        staff=tuple(StaffMember(f"id of {name}", name) for name in staff),
        counts=tuple(
            count for name, visits in staff.items() for count in count_standards(checklist, name, visits)
        ),
        sections=tuple(
            replace(count, is_own=is_own, employee=f"{count.employee} {is_own}")
            for is_own in (True, False)
            for name, visits in staff.items()
            for count in count_sections(checklist, name, visits)
        ),
        knock_outs=tuple(
            KnockOutEvent(visit.visit, visit.visited_on, visit.unit, visit.version, question)
            for visits in staff.values()
            for visit in visits
            for question in visit.knock_outs
        ),
        standards=load_standards(),
        purpose=PURPOSE,
    )
    return replace(period, **changes)


def count_standards(checklist: Checklist, name: str, visits: Sequence[PeriodVisit]) -> list[StandardCount]:
    """The counts of one employee as the database makes them: by the least and the best share of a visit."""
    tallies: dict[str, list[int]] = {}
    for visit in visits:
        shares: dict[str, list[Fraction]] = {}
        for question in list_scored(checklist):
            if question.standard and question.id in visit.shares:
                shares.setdefault(question.standard, []).append(visit.shares[question.id])
        for reference, own in shares.items():
            place = 0 if min(own) == 1 else 2 if max(own) == 0 else 1
            tallies.setdefault(reference, [0, 0, 0])[place] += 1
    return [StandardCount(f"id of {name}", reference, *tally) for reference, tally in tallies.items()]


def count_sections(checklist: Checklist, name: str, visits: Sequence[PeriodVisit]) -> list[SectionCount]:
    """The section figures of one employee."""
    counts = []
    for section in checklist.sections:
        part = checklist.model_copy(update={"sections": (section,)})
        percents = [score_shares(part, visit.shares) for visit in visits]
        known = [float(percent) for percent in percents if percent is not None]
        if known:
            counts.append(SectionCount(section.id, 1, f"id of {name}", True, len(known), sum(known)))
    return counts
