"""Trend points without false arrows (CP-04), and versions only on the standards they share (SC-20)."""

import random
import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from scipy.stats import linregress
from scipy.stats import t as student

from checklists.definition import Checklist
from reports.trend_chart import GAP, LEFT, RIGHT, WIDTH, draw_trend, place_days
from reports.trend_words import describe_change, describe_stretches
from reports.trends import Trend, build_trend, tell_change
from tests.reports.period_samples import make_period, worked_visit
from tests.reports.samples import sample_checklist

START = date(2026, 1, 10)
# A digit of either face takes little more than half of its size, which is 12 on the page.
WIDTH_OF_DIGIT = 7.0


def scores(*percents: float, days: int = 14) -> list[tuple[date, Fraction]]:
    """Scores so many days apart."""
    return [
        (START + timedelta(days=days * number), Fraction(percent)) for number, percent in enumerate(percents)
    ]


def harder(checklist: Checklist, *questions: str) -> Checklist:
    """The next version of a checklist, in which these questions mean something else."""
    sections = tuple(
        section.model_copy(
            update={
                "questions": tuple(
                    question.model_copy(update={"standard": f"{question.standard_code}@9"})
                    if question.id in questions
                    else question
                    for question in section.questions
                )
            }
        )
        for section in checklist.sections
    )
    return checklist.model_copy(update={"sections": sections})


def trend_over(newer: Checklist) -> Trend:
    """Two visits on version 1, then two on this version 2."""
    visits = [worked_visit(1), worked_visit(2, name="no")]
    visits += [replace(worked_visit(number, features="none"), version=2) for number in (3, 4)]
    return build_trend(make_period(visits, versions={1: sample_checklist(), 2: newer}), visits_needed=3)


def test_it_tells_no_change_under_six_visits() -> None:
    """CP-04: however clear the five look."""
    change = tell_change(scores(50, 60, 70, 80, 90))
    assert (change.state, change.points) == ("not_enough_visits", None)
    assert describe_change(change, "en") == "A change is told from six visits; so far there are 5."


def test_it_tells_a_change_beyond_the_noise() -> None:
    change = tell_change(scores(50, 54, 57, 63, 66, 71))
    assert change.state == "rose"
    assert change.points == pytest.approx(21, abs=1)
    assert "rose by about 21\N{NO-BREAK SPACE}points" in describe_change(change, "en")
    assert tell_change(scores(71, 66, 63, 57, 54, 50)).state == "fell"


def test_it_tells_nothing_where_visits_differ_more_than_the_score_moved() -> None:
    """The last visit is 20 above the first, and still nothing can be said."""
    change = tell_change(scores(60, 85, 50, 90, 55, 80))
    assert change.state == "not_told"
    assert "no change can be told yet" in describe_change(change, "en")


def test_it_agrees_with_the_textbook_line() -> None:
    """Slope and bounds as scipy's regression and Student's t give them."""
    chance = random.Random(3)
    for _ in range(20):
        drawn = scores(*(60 + 4 * number + chance.gauss(0, 6) for number in range(8)))
        days = [(day - START).days for day, _ in drawn]
        fit = linregress(days, [float(percent) for _, percent in drawn])
        reach = student.ppf(0.975, 6) * fit.stderr
        change = tell_change(drawn)
        assert (change.state == "not_told") == (abs(fit.slope) <= reach)
        if change.points is not None:
            assert change.points == pytest.approx(fit.slope * max(days))
            assert change.low == pytest.approx((fit.slope - reach) * max(days))


@pytest.mark.parametrize("visits", [6, 12])
def test_it_calls_a_change_for_one_in_twenty_who_did_not_change(visits: int) -> None:
    """CP-04: last minus first of at least 5 points would call it for two in three."""
    chance = random.Random(visits)
    called = 0
    for _ in range(1000):
        called += tell_change(scores(*(chance.gauss(75, 9) for _ in range(visits)))).state != "not_told"
    assert 25 <= called <= 75


def test_it_tells_nothing_from_visits_of_a_single_day() -> None:
    assert tell_change(scores(50, 60, 70, 80, 90, 95, days=0)).state == "not_told"


def test_it_leaves_visits_with_little_assessed_out_of_mean_and_change() -> None:
    """SC-08: shown as a hollow point, counted nowhere."""
    visits = [worked_visit(1), worked_visit(2), worked_visit(3), worked_visit(4, name="no")]
    visits[3] = replace(visits[3], coverage=Fraction(1, 2))
    trend = build_trend(make_period(visits), visits_needed=3)
    assert trend.mean == 100
    assert len(trend.newest.counted) == 3
    assert [point.is_counted for point in trend.newest.points] == [True, True, True, False]


def test_it_gives_no_mean_under_three_visits() -> None:
    """CP-04: facts only."""
    assert build_trend(make_period([worked_visit(1), worked_visit(2)]), visits_needed=3).mean is None


def test_it_compares_versions_on_their_common_standards() -> None:
    """SC-20: a made harder question leaves the line; nobody who did the same falls."""
    trend = trend_over(harder(sample_checklist(), "features"))
    (stretch,) = trend.stretches
    assert stretch.versions == (1, 2)
    assert stretch.coverage >= Fraction(3, 5)
    percents = [point.percent for point in stretch.points]
    assert percents[0] == percents[2] == percents[3] == 100
    assert percents[1] is not None
    assert percents[1] < 100
    assert "common standards" in describe_stretches(trend, "en")[0]


def test_it_breaks_the_line_where_too_little_is_common() -> None:
    """SC-20: below 0.6 the older visits keep their own scores on a line of their own."""
    trend = trend_over(harder(sample_checklist(), "wait", "asked", "repeated", "heard", "facts"))
    assert [stretch.versions for stretch in trend.stretches] == [(1,), (2,)]
    assert trend.newest.coverage == 1
    assert trend.mean is None, "two visits on the newest version are too few"
    assert "the line is broken" in describe_stretches(trend, "en")[0]
    assert trend.stretches[0].points[1].percent == worked_visit(2, name="no").base


def test_it_needs_a_visit() -> None:
    with pytest.raises(ValueError, match="needs a visit"):
        build_trend(make_period([]), visits_needed=3)


@pytest.mark.parametrize("gaps", [[0, 0, 0], [0, 1, 200], [0, 199, 200], [0, *[200] * 30], list(range(80))])
def test_it_places_every_visit_apart_and_inside(gaps: list[int]) -> None:
    places = place_days([START + timedelta(days=gap) for gap in sorted(gaps)])
    assert places == sorted(places)
    assert places[0] > LEFT
    assert places[-1] <= RIGHT - GAP + 1e-9
    steps = [after - before for before, after in pairwise(places)]
    assert min(steps) >= min(GAP, (RIGHT - LEFT - 2 * GAP) / (len(gaps) - 1)) - 1e-9


@pytest.mark.parametrize(("visits", "days"), [(12, 20), (13, 0), (34, 0), (34, 1)])
def test_it_keeps_the_numbers_of_neighbours_apart(visits: int, days: int) -> None:
    """Twelve visits with the last two on one day; and as many as are numbered at all, some on one day."""
    told = [
        replace(worked_visit(number), visited_on=START + timedelta(days=days * min(number, visits - 1)))
        for number in range(1, visits + 1)
    ]
    drawing = str(draw_trend(build_trend(make_period(told), visits_needed=3), Fraction(70), "ru"))
    labels = re.findall(r'<text [^>]*x="([0-9.]+)" y="[0-9.]+" dy="-8"[^>]*>(\d+)<', drawing)
    assert [int(number) for _place, number in labels] == list(range(1, visits + 1))
    halves = [WIDTH_OF_DIGIT * len(number) / 2 for _place, number in labels]
    begins = [float(place) - half for (place, _number), half in zip(labels, halves, strict=True)]
    ends = [float(place) + half for (place, _number), half in zip(labels, halves, strict=True)]
    assert min(after - before for before, after in zip(ends, begins[1:], strict=False)) >= WIDTH_OF_DIGIT / 2
    assert ends[-1] <= WIDTH


def test_it_draws_what_is_no_ordinary_point_in_another_shape() -> None:
    """Never colour alone: a knocked-out visit is a triangle, one with little assessed is hollow."""
    visits = [worked_visit(1), worked_visit(2, receipt="no"), worked_visit(3)]
    visits[2] = replace(visits[2], coverage=Fraction(1, 5))
    period = make_period(visits)
    drawing = str(draw_trend(build_trend(period, visits_needed=3), Fraction(70), "ru"))
    assert drawing.count("trend-point") == 2
    assert drawing.count("<circle") == 2
    assert drawing.count("trend-hollow") == 1
    assert "70 — достойный уровень" in drawing
