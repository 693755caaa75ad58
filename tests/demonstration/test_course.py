"""The training of the demonstration has an effect that is known, and the effect page finds it (LN-06)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from random import Random
from statistics import fmean
from typing import Any
from uuid import UUID

import pytest

from checklists.answers import parse_sheet
from checklists.definition import Checklist
from checklists.loading import load_library_checklist
from checklists.scoring import score_visit
from mystery.demonstration import course, rhythm, year
from mystery.demonstration.answering import SimulatedAuditor
from mystery.demonstration.chain import SEED, draw_staff
from mystery.demonstration.older_version import make_older_version
from mystery.demonstration.staging import NEW_VERSION_AGO, Stage
from mystery.demonstration.year import CLOSER_LOOK, Plan, double_some, draw_plans, fill_in, remember
from reports.lenses.quality_pay import VISITS_NEEDED
from reports.lenses.training_effect import measure_effect
from reports.lenses.training_rows import TrainingVisit

TODAY = date(2026, 11, 21)
MOST_LIKELY = 0.98


@cache
def live_a_year() -> tuple[Stage, tuple[Plan, ...]]:
    """The plans of the demonstration's year, as its build draws them."""
    stage = Stage(UUID(int=1), TODAY, "")
    people = draw_staff(Random(SEED))
    stage.staff = [(person, UUID(int=number)) for number, person in enumerate(people, start=2)]
    stage.course = course.plan_course((person.code for person in people), TODAY)
    return stage, tuple(double_some(draw_plans(stage)))


def answer(plan: Plan, checklist: Checklist) -> dict[str, Any]:
    """The very answers that the build gives a visit, those of a double visit after those of the first."""
    if plan.beside is None:
        return fill_in(plan, checklist)
    _stage, plans = live_a_year()
    return fill_in(plan, checklist, seen=remember(plan, answer(plans[plan.beside], checklist)["answers"]))


def score(checklist: Checklist, plan: Plan) -> float:
    """The base score of a visit."""
    card = score_visit(checklist, parse_sheet(checklist, answer(plan, checklist))[0])
    assert card.base is not None
    return float(card.base)


def make_visits(plans: Sequence[Plan]) -> list[TrainingVisit]:
    """The visits on the checklist that follows the training, as the effect page reads them."""
    newer = load_library_checklist(CLOSER_LOOK)
    versions = {"1": make_older_version(newer), "2": newer}
    visits = []
    for plan in plans:
        day = plan.visited_at.date()
        version = "1" if day < TODAY - NEW_VERSION_AGO else "2"
        visits.append(
            TrainingVisit(
                visit=str(plan.number),
                employee=plan.person.code,
                day=day,
                base=score(versions[version], plan),
                auditor=plan.auditor,
                shop=plan.person.shop,
                scenario=plan.scenario,
                version=version,
            )
        )
    return visits


@cache
def find_points_a_chance() -> float:
    """By how many points the base rises when a standard is always kept instead of never, about."""
    checklist = load_library_checklist(CLOSER_LOOK)

    def mean(chance: float) -> float:
        sheets = (SimulatedAuditor(Random(seed), chance).fill_in(checklist) for seed in range(80))
        cards = (score_visit(checklist, parse_sheet(checklist, sheet)[0]) for sheet in sheets)
        return fmean(float(card.base or 0) for card in cards)

    return (mean(0.95) - mean(0.6)) / 0.35


def know_gain(plan: Plan) -> float:
    """The points that the training has really added to a visit; nobody does better than the best."""
    chance = plan.person.skill - plan.severity / 100
    return (min(MOST_LIKELY, chance + plan.gain) - min(MOST_LIKELY, chance)) * find_points_a_chance()


def test_it_shows_an_effect_that_holds_the_truth_and_fades() -> None:
    """The known effect lies in each interval that the page shows, and a refresher is due in the end."""
    stage, every = live_a_year()
    plans = {str(plan.number): plan for plan in every if plan.checklist == CLOSER_LOOK}
    effect = measure_effect(make_visits(list(plans.values())), stage.course.days)
    assert (effect.state, effect.method, effect.refresher) == ("shown", "model", "due")
    assert effect.effect is not None
    after = [know_gain(plan) for plan in plans.values() if plan.gain]
    assert effect.effect.low <= fmean(after) <= effect.effect.high
    shown = [point for point in effect.curve if point.effect is not None]
    assert [point.since for point in shown] == [0, 1, 2, 3]
    known = [fmean(know_gain(plans[visit]) for visit in point.visits) for point in shown]
    for truth, point in zip(known, shown, strict=True):
        assert point.effect is not None
        assert point.effect.low <= truth <= point.effect.high, (point.since, truth)
    assert known == sorted(known, reverse=True)
    assert known[0] > 2 * known[-1]


@pytest.mark.parametrize("code", ["E001", "E002"])
def test_it_halves_the_gain_in_two_months(code: str) -> None:
    day = date(2026, 4, 1)
    taught = course.Course({"E001": day})
    first = taught.find_gain(code, date(2026, 4, 2))
    later = taught.find_gain(code, date(2026, 6, 1))
    assert later == pytest.approx(first / 2)
    assert (first > 0) == (code == "E001")
    assert taught.find_gain(code, day) == 0


def test_it_visits_the_pilot_shop_often_enough_to_pay_by() -> None:
    """Quality pay needs six visits on its checklist (CP-04); everybody else is visited in turn as well."""
    stage, plans = live_a_year()
    since, until = rhythm.list_pay_days(TODAY)
    assert (since, until) == (date(2026, 5, 1), date(2026, 10, 31))
    paid = Counter(
        plan.person.code
        for plan in plans
        if plan.checklist == CLOSER_LOOK and since <= plan.visited_at.date() <= until
    )
    pilot = [person.code for person, _id in stage.staff if person.shop == rhythm.PILOT_SHOP]
    assert min(paid[code] for code in pilot) >= VISITS_NEEDED
    visits = Counter(plan.person.code for plan in plans)
    assert len(plans) == year.VISITS == sum(visits.values())
    assert len(visits) == len(stage.staff)
    assert min(visits.values()) >= 4
    days = [(TODAY - plan.visited_at.date()).days for plan in plans]
    assert min(days) >= 1
    assert max(days) <= rhythm.DAYS
