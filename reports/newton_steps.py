"""Newton's steps to where a smooth function is least, with slopes and curvature measured by differences.

Near the least value a smooth function is nearly quadratic, and then a few steps end closer to it than a
search does in twice as many trials. Where a function is not like that, they end nowhere and say so.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from reports.crossed_design import Floats

FIRST_WIDTH: Final = 0.1  # of the differences
LAST_WIDTH: Final = 1e-4  # from here on the curvature is known, and the slope alone is measured
MOST_STEPS: Final = 8
SETTLED: Final = 1e-5  # after a step as small as this the rest is smaller still by orders of magnitude
SHRINKING: Final = 0.5  # what a step must be shorter by than the one before


def step_to_minimum(measure: Callable[[Floats], float], start: Floats, *, lowest: float) -> Floats | None:
    """Walk from a start to the least value nearby.

    None where the steps do not settle, the function does not curve upwards, or a coordinate gets below
    ``lowest``.
    """
    place, width, longest = start, FIRST_WIDTH, np.inf
    curvature: Floats = np.eye(len(start))
    for _ in range(MOST_STEPS):
        sides = _measure_sides(measure, place, width)
        if width > LAST_WIDTH:
            curvature = _find_curvature(measure, place, width, sides)
        step = _find_step((sides[:, 0] - sides[:, 1]) / (2 * width), curvature)
        if step is None or np.abs(step).max() > longest or (place + step).min() < lowest:
            return None
        place, length = place + step, float(np.abs(step).max())
        if length < SETTLED:
            return place
        # The next step is about as long as the square of this one.
        width, longest = min(FIRST_WIDTH, max(LAST_WIDTH, length**2)), SHRINKING * length
    return None


def _measure_sides(measure: Callable[[Floats], float], place: Floats, width: float) -> Floats:
    """What is measured on both sides of a place, a row for each coordinate."""
    moves = width * np.eye(len(place))
    return np.array([[measure(place + move), measure(place - move)] for move in moves])


def _find_curvature(measure: Callable[[Floats], float], place: Floats, width: float, sides: Floats) -> Floats:
    """Second derivatives at a place whose sides have been measured."""
    size = len(place)
    moves = width * np.eye(size)
    middle = measure(place)
    curvature = np.diag(sides.sum(axis=1) - 2 * middle)
    for one in range(size):
        for other in range(one):
            corner = measure(place + moves[one] + moves[other])
            curvature[one, other] = corner - sides[one, 0] - sides[other, 0] + middle
            curvature[other, one] = curvature[one, other]
    return curvature / width**2


def _find_step(slope: Floats, curvature: Floats) -> Floats | None:
    """The step to where a quadratic function is least; None where it is least nowhere."""
    try:
        return np.asarray(-cho_solve(cho_factor(curvature), slope))
    except LinAlgError:
        return None
