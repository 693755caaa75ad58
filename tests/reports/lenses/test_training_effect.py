"""LN-06: the effect of a training is a difference of differences, with its interval, and it fades."""

import re
from datetime import date, timedelta
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.lenses.event_curve import CurvePoint, Effect
from reports.lenses.training_effect import GroupFacts, compare_changes, measure_effect, remind_to_refresh
from reports.lenses.training_effect_words import (
    describe_effect,
    describe_group,
    describe_method,
    describe_point,
    describe_refresher,
    explain_counts,
    explain_effect,
    explain_missing_curve,
    name_stretch,
)
from reports.lenses.training_rows import Change, TrainingVisit
from tests.reports.lenses.trainings import TRAINED_ON, make_training


def list_changes(points: list[float]) -> list[Change]:
    """People who went from 70 by so many points."""
    return [Change(f"person {number}", 70.0, 70.0 + each) for number, each in enumerate(points)]


# Whole points, and never everybody alike: scipy warns where nothing varies.
changes = st.lists(st.integers(-30, 30).map(float), min_size=2, max_size=12).filter(
    lambda points: len(set(points)) > 1
)


@given(changes, changes)
def test_it_gives_welch_s_interval(one: list[float], other: list[float]) -> None:
    """LN-06: under twenty a group, Welch on employee differences; scipy is the oracle."""
    found = compare_changes(list_changes(one), list_changes(other))
    points = [[change.points for change in list_changes(each)] for each in (one, other)]
    assert found.value == pytest.approx(fmean(points[0]) - fmean(points[1]))
    oracle = stats.ttest_ind(*points, equal_var=False).confidence_interval(0.9)
    assert (found.low, found.high) == pytest.approx((oracle.low, oracle.high), rel=1e-6, abs=1e-6)


def test_it_needs_two_people_to_know_how_people_differ() -> None:
    """A single person has no spread, and people who all changed alike have none either."""
    with pytest.raises(ValueError, match="two people"):
        compare_changes(list_changes([1.0]), list_changes([1.0, 2.0]))
    assert compare_changes(list_changes([5.0, 5.0]), list_changes([1.0, 1.0])) == Effect(4.0, 4.0, 4.0)


def test_it_subtracts_what_happened_to_everybody() -> None:
    """LN-06: everybody rose by the season; only what the trained rose by on top is the training's."""
    visits, trained = make_training(8, 12, effect=lambda days: 12.0)
    effect = measure_effect(visits, trained)
    assert (effect.state, effect.method) == ("shown", "differences")
    assert effect.effect is not None
    assert effect.trained.change is not None
    assert effect.control.change is not None
    assert effect.effect.value == pytest.approx(effect.trained.change - effect.control.change)
    assert effect.effect.low < 12 < effect.effect.high
    assert effect.effect.is_told
    assert describe_effect(effect, "ru").startswith("После обучения баллы обученных выросли на ")
    assert "Уэлча" in describe_method(effect, "ru")
    assert effect.curve == ()
    assert describe_refresher(effect, "ru") == "Как долго держится эффект, пока не видно."


def test_it_takes_the_model_from_twenty_people_a_group() -> None:
    """LN-06: auditors, shops and months are taken out, and the curve follows the months since."""
    visits, trained = make_training(40, 40, effect=lambda days: 8.0, seed=3)
    effect = measure_effect(visits, trained)
    assert effect.method == "model"
    assert effect.effect is not None
    assert effect.effect.low < 8 < effect.effect.high
    assert [(point.since, point.until) for point in effect.curve] == [
        (0, 1),
        (1, 2),
        (2, 3),
        (3, 6),
        (6, None),
    ]
    assert [point.state for point in effect.curve] == ["shown"] * 4 + ["not_enough_visits"]
    assert all(point.effect is None or point.effect.low < 8 for point in effect.curve)
    assert effect.refresher == "not_due"
    assert "Эффект держится" in describe_refresher(effect, "ru")
    assert "model" in describe_method(effect, "en")
    last = effect.curve[-1]
    assert describe_point(last, "ru") == f"мало визитов ({len(last.visits)} из 30)"
    assert [name_stretch(point, "en") for point in effect.curve][3:] == ["3–6 months", "6+ months"]
    assert describe_point(effect.curve[0], "en").startswith("+")


def test_it_reminds_when_the_effect_has_faded() -> None:
    """LN-06: an effect of twelve points that is gone after three months asks for a refresher."""
    visits, trained = make_training(40, 40, effect=lambda days: 12.0 if days < 90 else 0.0, seed=5)
    effect = measure_effect(visits, trained)
    assert effect.refresher == "due"
    assert "refresher" in describe_refresher(effect, "en")


@pytest.mark.parametrize(
    ("lows", "reminder"),
    [
        ([3.0, 1.0], "not_due"),
        ([3.0, 0.0], "due"),
        ([-1.0, -2.0], "no_effect_seen"),
        ([-1.0, 2.0], "not_due"),
        ([], "unknown"),
    ],
)
def test_it_reminds_only_of_what_was_there(lows: list[float], reminder: str) -> None:
    """LN-06: a refresher reminder when the interval reaches zero, and not where nothing was ever seen."""
    curve = [
        CurvePoint(number, number + 1, "shown", (), 10, Effect(low + 2, low, low + 4))
        for number, low in enumerate(lows)
    ]
    silent = CurvePoint(9, None, "not_enough_visits", (), 1, None)
    assert remind_to_refresh([*curve, silent]) == reminder


def test_it_compares_no_groups_under_five_people() -> None:
    """CP-04: means of a team from five people; below, only how many there are."""
    visits, trained = make_training(4, 30)
    effect = measure_effect(visits, trained)
    assert (effect.state, effect.effect, effect.trained.before) == ("not_enough_people", None, None)
    assert describe_effect(effect, "ru").endswith("Обученных таких 4, остальных 30.")
    assert describe_group(effect.trained, "ru") == "4\u00a0человека с визитами до и после: мало для среднего"
    assert "30\u00a0people: before" in describe_group(effect.control, "en")
    assert describe_method(effect, "en") == ""


def test_it_does_not_invent_an_effect_where_the_groups_never_met() -> None:
    """LN-06: if the others were only visited in other months, season and training are one."""
    visits, trained = make_training(25, 25, visits=2)
    apart = [
        visit
        if visit.employee in trained
        else TrainingVisit(
            visit.visit,
            visit.employee,
            visit.day + timedelta(days=-400 if visit.day < TRAINED_ON else 400),
            visit.base,
            visit.auditor,
            visit.shop,
        )
        for visit in visits
    ]
    effect = measure_effect(apart, trained)
    assert (effect.state, effect.effect, effect.curve) == ("cannot_be_told", None, ())
    assert "same months" in describe_effect(effect, "en")


def test_it_says_when_no_effect_can_be_told() -> None:
    """LN-06: an interval around zero is no effect and no proof of none."""
    visits, trained = make_training(6, 6, effect=lambda days: 0.0, seed=2, visits=4)
    effect = measure_effect(visits, trained)
    assert effect.effect is not None
    assert not effect.effect.is_told
    assert describe_effect(effect, "ru").startswith("Эффекта пока не видно")
    worse, trained = make_training(10, 10, effect=lambda days: -20.0)
    assert "хуже" in describe_effect(measure_effect(worse, trained), "ru")
    assert "отбора" in explain_effect("ru")
    assert "20" in explain_missing_curve(20, "en")


def test_it_refuses_a_training_without_people() -> None:
    """A programmer's error."""
    with pytest.raises(ValueError, match="nobody"):
        measure_effect([], {})
    assert date(2026, 7, 1) == TRAINED_ON


def test_it_prints_a_change_that_can_be_subtracted() -> None:
    """CP-06: 82.24 and 84.96 are printed as 82.2 and 85.0, and 2.8 lies between them, not 2.7."""
    facts = GroupFacts(people=12, before=82.24, after=84.96, visits_before=40, visits_after=41)
    assert "before 82.2, after 85.0, a change of +2.8 points" in describe_group(facts, "en")
    fallen = GroupFacts(people=12, before=84.96, after=82.24, visits_before=40, visits_after=41)
    assert "до — 85,0, после — 82,2, изменение −2,8 пункта" in describe_group(fallen, "ru")


def test_it_says_who_is_in_the_means_and_why_the_model_gives_another_number() -> None:
    """LN-06: whoever subtracts and adds up what is printed is told why it is not what stands on top."""
    visits, trained = make_training(30, 30, seed=3)
    effect = measure_effect(visits, trained)
    people, model = explain_counts(effect, "en")
    assert people.startswith("These are means of people, not of visits")
    assert "Only people visited both before and after" in people
    both = " ".join(describe_group(each, "en") for each in (effect.trained, effect.control))
    taught, others = (float(each.replace("−", "-")) for each in re.findall(r"change of (\S+) points", both))
    assert f"differ by +{taught - others:.1f} points" in model
    assert "a little different" in model


def test_it_explains_no_model_where_there_is_none() -> None:
    """Under twenty a group the effect is the difference of the means, and under five there are no means."""
    differences = measure_effect(*make_training(8, 8))
    (people,) = explain_counts(differences, "ru")
    assert people.startswith("Это средние людей, а не визитов")
    assert explain_counts(measure_effect(*make_training(3, 3)), "ru") == []
