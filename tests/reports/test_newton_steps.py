"""Newton's steps end where a smooth function is least, and say so where they do not."""

import numpy as np
import pytest

from reports.crossed_design import Floats, lay_out
from reports.mixed_equations import set_up_equations
from reports.newton_steps import step_to_minimum
from reports.variance_search import START, search_minimum
from tests.reports.programmes import make_programme


def test_it_ends_where_a_smooth_function_is_least() -> None:
    """The function is no quadratic one: x - log x + (x - y)^2 + y^4 / 40 has a lowest place of its own."""

    def measure(place: Floats) -> float:
        one, other = place
        return float(one - np.log(one) + (one - other) ** 2 + other**4 / 40)

    found = step_to_minimum(measure, np.array([1.5, 0.5]), lowest=0.1)
    assert found is not None
    one, other = found
    slope = [1 - 1 / one + 2 * (one - other), 2 * (other - one) + other**3 / 10]
    assert slope == pytest.approx([0, 0], abs=1e-6)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_ends_where_a_search_ends(seed: int) -> None:
    """CP-01: the ratios of a programme are the same, however they are found."""
    equations = set_up_equations(
        lay_out(make_programme(240, 6, auditors=20, shops=40, seed=seed)), method="REML"
    )
    start = np.full(3, START)
    searched, least = search_minimum(equations.deviance, start, step=0.3, lowest=0.0, highest=10.0)
    roots = step_to_minimum(lambda roots: equations.deviance(roots**2), np.sqrt(start), lowest=0.0)
    assert roots is not None
    assert roots**2 == pytest.approx(searched, abs=1e-5)
    assert equations.deviance(roots**2) <= least + 1e-9


@pytest.mark.parametrize("lowest", [0.0, -1e9])
def test_it_says_where_there_is_nothing_to_end_at(lowest: float) -> None:
    """A slope without end, a top, and a least value beyond the limit."""
    start = np.array([0.5])
    assert step_to_minimum(lambda place: float(1 / (1 + place[0] ** 2)), start, lowest=lowest) is None
    assert step_to_minimum(lambda place: float(-(place[0] ** 2)), start, lowest=lowest) is None
    assert step_to_minimum(lambda place: float((place[0] - lowest + 1) ** 2), start, lowest=lowest) is None
