"""The benchmark of fairness counts rightly, repeats itself, and simulates what it says."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.fairness import NOBODY_SHOWN, Claims, count_claims, measure_fairness, summarise
from benchmarks.simulated_programme import LINK_SHARE, Programme, Size, assign_auditors, simulate_programme
from reports.crossed_design import Observations


def test_it_counts_errors_order_coverage_and_wrong_calls() -> None:
    """CP-03: Boris and Vera stand in the wrong order, and that is called; Vera's interval fails."""
    programme = Programme(
        observations=Observations([], {}),
        people=("Anna", "Boris", "Vera"),
        customer=np.array([80.0, 70.0, 60.0]),
        colleagues=np.array([80.0, 80.0, 80.0]),
        homes=np.array([0, 0, 1]),
    )
    claims = Claims(
        values=np.array([80.0, 70.0, 73.0]),
        low=np.array([75.0, 65.0, 68.0]),
        high=np.array([85.0, 75.0, 78.0]),
        chances=np.array([[0.5, 0.96, 0.9], [0.04, 0.5, 0.05], [0.1, 0.95, 0.5]]),
    )
    tally = count_claims(programme, claims, within_shops=False)
    assert (tally.pairs, tally.called, tally.wrong) == (3, 2, 1)
    assert tally.disordered == pytest.approx(1 / 3)
    assert tally.covered == pytest.approx(2 / 3)
    assert tally.squares == pytest.approx(13**2 / 3)
    figures = summarise("x", [tally, tally], with_targets=True)
    assert figures["x_wrong_sign"].value == 50
    assert figures["x_coverage"].target == "0.87-0.93"
    assert count_claims(programme, claims, within_shops=True).pairs == 1


def test_it_gives_the_same_figures_each_time() -> None:
    """Seeded: what the documentation quotes can be had again."""
    once, again = (measure_fairness(["8x2"], replications=2) for _ in range(2))
    assert once == again
    assert {key.split("_", 1)[1] for key in once} >= {
        "naive_error",
        "ours_coverage",
        "ours_colleagues_wrong_sign",
    }


def test_it_says_where_the_model_would_call_what_the_product_does_not() -> None:
    """CP-04: with two visits nobody has a figure, so nobody is called better or worse."""
    figures = measure_fairness(["8x2"], replications=1)
    assert figures["8x2_ours_wrong_sign"].reference == NOBODY_SHOWN
    assert figures["8x2_ours_wrong_sign"].target == "<= 2.5"


def test_it_sends_auditors_from_elsewhere_to_a_tenth_of_the_visits() -> None:
    """CP-02: in the regional design a tenth of the visits is drawn from everybody, own region included."""
    size = Size(people=1000, visits=6, auditors=20, shops=50, regions=5)
    shop = np.repeat(np.arange(size.people) % size.shops, size.visits)
    auditor = assign_auditors(size, "regional", shop, np.random.default_rng(1))
    away = np.mean(auditor // 4 != shop % 5)
    assert away == pytest.approx(LINK_SHARE * 4 / 5, abs=0.02)
    locals_met = assign_auditors(size, "home_shop", shop, np.random.default_rng(1))
    usual = [np.bincount(locals_met[shop == number], minlength=20).max() / 120 for number in range(50)]
    assert np.mean(usual) > 0.25


def test_it_knows_the_truth_that_the_scores_scatter_around() -> None:
    """With many visits by many auditors, plain means come to what the customer gets."""
    size = Size(people=20, visits=2000, auditors=40, shops=4)
    programme = simulate_programme(size, "random", np.random.default_rng(3))
    means = np.array(programme.observations.scores).reshape(20, -1).mean(axis=1)
    assert means == pytest.approx(programme.customer, abs=1.5)
    apart = programme.customer - programme.colleagues
    assert np.ptp(apart[programme.homes == 0]) == pytest.approx(0)
