"""CP-03: figures with their intervals, and when a difference may be called."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.estimates import Estimates, JointEstimates, is_called

NORMAL_90 = 1.6448536269514722


def make_single(centre: float, scale: float, freedom: float = 1e9) -> Estimates:
    """One figure under one set of ratios."""
    return Estimates(np.ones(1), np.array([[centre]]), np.array([[scale]]), freedom)


def test_it_gives_the_textbook_interval_when_much_is_known() -> None:
    """CP-05: 90 % of a normal distribution lie within 1.645 standard errors."""
    low, high = make_single(80, 2).find_intervals()
    assert low[0] == pytest.approx(80 - 2 * NORMAL_90, abs=1e-6)
    assert high[0] == pytest.approx(80 + 2 * NORMAL_90, abs=1e-6)


def test_it_widens_the_interval_when_the_residual_is_hardly_known() -> None:
    """CP-05: Student with five degrees of freedom: 2.015 instead of 1.645."""
    low, high = make_single(0, 1, freedom=5).find_intervals()
    assert high[0] == pytest.approx(2.0150483733, abs=1e-8)
    assert low[0] == pytest.approx(-2.0150483733, abs=1e-8)


@given(
    st.lists(st.tuples(st.floats(0.05, 1), st.floats(-20, 20), st.floats(0.1, 10)), min_size=1, max_size=6),
    st.sampled_from([0.5, 0.8, 0.9, 0.99]),
)
def test_it_puts_the_promised_chance_inside_the_interval(
    parts: list[tuple[float, float, float]], level: float
) -> None:
    """CP-05: a mixture has no table of quantiles; what is left below and above is what was asked for."""
    weights, centres, scales = (np.array(column) for column in zip(*parts, strict=True))
    mixed = Estimates(weights / weights.sum(), centres[:, None], scales[:, None], 12.0)
    low, high = mixed.find_intervals(level)
    assert mixed.find_chances_above(float(low[0]))[0] == pytest.approx((1 + level) / 2, abs=1e-9)
    assert mixed.find_chances_above(float(high[0]))[0] == pytest.approx((1 - level) / 2, abs=1e-9)


def test_it_counts_the_spread_of_the_ratios_into_the_error() -> None:
    """CP-05: two equally likely answers ten apart are ten apart even when each is sure of itself."""
    mixed = Estimates(np.array([0.5, 0.5]), np.array([[0.0], [10.0]]), np.zeros((2, 1)), 30.0)
    assert mixed.values[0] == 5
    assert mixed.errors[0] == pytest.approx(5)


@pytest.mark.parametrize(("centre", "chance"), [(3.0, 1.0), (-3.0, 0.0), (0.0, 0.5)])
def test_it_is_certain_of_figures_without_error(centre: float, chance: float) -> None:
    """CP-03: equal figures without error are an even chance, never a call."""
    assert make_single(centre, 0.0).find_chances_above()[0] == chance


def test_it_subtracts_with_the_covariance() -> None:
    """CP-03: two figures that err together differ with less error than their own."""
    joint = JointEstimates(np.ones(1), np.array([[82.0, 80.0]]), np.array([[[4.0, 3.5], [3.5, 4.0]]]), 1e9)
    difference = joint.subtract(0, 1)
    assert difference.values[0] == 2
    assert difference.errors[0] == pytest.approx(1.0)
    assert joint.separate().errors[0] == pytest.approx(2.0)
    assert joint.compare_all() == pytest.approx(np.array([[0.5, 0.97725], [0.02275, 0.5]]), abs=1e-5)
    assert joint.subtract(1, 1).find_chances_above()[0] == 0.5


@pytest.mark.parametrize(
    ("chance", "called"), [(0.95, True), (0.9499, False), (0.5, False), (0.0501, False), (0.05, True)]
)
def test_it_calls_a_difference_from_95_in_100(chance: float, called: bool) -> None:
    """CP-03: in either direction, the limit included."""
    assert is_called(chance) is called


@pytest.mark.parametrize("level", [0.0, 1.0, 90.0])
def test_it_refuses_a_level_that_is_no_probability(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        make_single(0, 1).find_intervals(level)
