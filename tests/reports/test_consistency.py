"""LN-01: consistency is a share of visits with its uncertainty, and WOW counts only on top of it."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from reports.consistency import Consistency, JudgedVisit, measure_consistency, wilson_interval
from reports.consistency_words import describe_consistency, describe_interval, describe_wow


def judged(*bases: float | Fraction | None, **facts: object) -> list[JudgedVisit]:
    """One visit a day with these base scores, fully assessed, nothing knocked out."""
    start = date(2026, 1, 1)
    return [
        JudgedVisit(
            visit=f"v{number}",
            visited_on=start + timedelta(days=number),
            base=base,
            **({"coverage": 1, "knocked_out": False} | facts),  # type: ignore[arg-type]
        )
        for number, base in enumerate(bases)
    ]


def measure(*bases: float | Fraction | None, **facts: object) -> Consistency:
    """The consistency of such visits."""
    return measure_consistency(judged(*bases, **facts))


def test_it_never_calls_six_of_six_stable() -> None:
    """LN-01: 6/6 only means at least 69 %."""
    consistency = measure(70, 71, 80, 90, 100, 75)
    assert consistency.interval is not None
    assert round(100 * consistency.interval.low) == 69
    assert describe_consistency(consistency, "en") == "All 6 visits were satisfactory."
    assert describe_interval(consistency.interval, "en") == (
        "If nothing changes, likely at least 69% of visits will be satisfactory."
    )
    assert "6 из 6" in describe_consistency(consistency, "ru")


def test_it_decides_on_exact_values() -> None:
    """SC-09: a hair below the level is below it, however it would be rounded."""
    exact = [Fraction(70), Fraction(70) - Fraction(1, 10**9), Fraction(90)]
    consistency = measure(*exact)
    assert consistency.satisfactory == ("v0", "v2")
    assert consistency.below == ("v1",)


def test_it_judges_each_visit_by_the_level_of_its_own_version() -> None:
    visits = judged(75, 75, 75)
    visits[1] = JudgedVisit("v1", visits[1].visited_on, 75, 1, False, satisfactory=80)
    assert measure_consistency(visits).below == ("v1",)


def test_a_knocked_out_visit_is_not_satisfactory() -> None:
    visits = [*judged(90, 90), JudgedVisit("k", date(2026, 3, 1), 95, 1, True)]
    consistency = measure_consistency(visits)
    assert consistency.below == ("k",)
    assert describe_consistency(consistency, "en") == "2 of the 3\N{NO-BREAK SPACE}visits were satisfactory."


def test_it_leaves_out_visits_without_a_score_or_with_too_little_assessed() -> None:
    """SC-08: 0.6 itself counts."""
    visits = [
        *judged(90, None, 80),
        JudgedVisit("little", date(2026, 4, 1), 20, 0.59, False),
        JudgedVisit("enough", date(2026, 4, 2), 20, Fraction(3, 5), False),
    ]
    consistency = measure_consistency(visits)
    assert consistency.left_out == ("v1", "little")
    assert consistency.below == ("enough",)
    assert consistency.count == 3


def test_it_says_nothing_about_a_share_under_three_visits() -> None:
    """CP-04: facts only."""
    consistency = measure(90, 20)
    assert consistency.state == "not_enough_visits"
    assert consistency.interval is None
    assert describe_consistency(consistency, "en").endswith("not enough visits (2 of 3).")
    assert describe_interval(consistency.interval, "ru") == ""


def test_it_counts_wow_over_the_satisfactory_run_at_the_end() -> None:
    """LN-01: the last four visits or more, all satisfactory; a miss before them does not matter any more."""
    visits = judged(40, 90, 90, 90, 90, wow=False)
    visits[3] = JudgedVisit("w", visits[3].visited_on, 90, 1, False, wow=True)
    wow = measure_consistency(visits).wow
    assert (wow.state, wow.shown, len(wow.visits)) == ("counted", ("w",), 4)
    assert describe_wow(wow, "en") == "WOW: in 1 of the last 4 visits, all of them satisfactory."


def test_it_says_that_no_wow_was_seen_yet() -> None:
    wow = measure(90, 90, 90, 90, wow=False).wow
    assert describe_wow(wow, "en") == "WOW: in none of the last 4 visits yet, all of them satisfactory."


def test_it_says_why_wow_does_not_count() -> None:
    wow = measure(90, 90, 90, 90, 60, 90, wow=True).wow
    assert wow.below == ("v4",)
    assert describe_wow(wow, "en") == "WOW not counted: 1 of the last 6 visits was below satisfactory."
    assert describe_wow(wow, "ru") == (
        "«Сверх ожиданий» не учтено: ниже достойного уровня 1 из последних 6 визитов."
    )


def test_it_counts_wow_from_four_visits_and_only_where_it_was_offered() -> None:
    assert measure(90, 90, 90, wow=True).wow.state == "not_enough_visits"
    assert measure(90, 90, 90, 90).wow.state == "not_offered"
    assert describe_wow(measure(90, 90, 90, 90).wow, "en") == ""


@settings(max_examples=50)
@given(st.integers(1, 200).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_the_interval_is_wilsons(shares: tuple[int, int]) -> None:
    """Against scipy, which is not used to compute it."""
    successes, total = shares
    expected = binomtest(successes, total).proportion_ci(0.9, method="wilson")
    interval = wilson_interval(successes, total)
    assert interval.low == pytest.approx(expected.low, abs=1e-12)
    assert interval.high == pytest.approx(expected.high, abs=1e-12)
    assert interval.low <= successes / total <= interval.high


@pytest.mark.parametrize(("successes", "total"), [(0, 0), (-1, 3), (4, 3)])
def test_it_refuses_what_is_no_share(successes: int, total: int) -> None:
    with pytest.raises(ValueError, match="not a share"):
        wilson_interval(successes, total)


@settings(max_examples=30)
@given(st.permutations(range(6)))
def test_the_order_of_visits_handed_in_is_irrelevant(order: list[int]) -> None:
    visits = judged(90, 60, 90, 80, 70, 71, wow=True)
    assert measure_consistency([visits[each] for each in order]) == measure_consistency(visits)
