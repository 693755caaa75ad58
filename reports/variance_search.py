"""Finding the ratios of sds under which the scores are likeliest, zeros included (CP-01)."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, minimize

from reports.crossed_design import Design, Floats
from reports.mixed_equations import Equations
from reports.newton_steps import step_to_minimum

START: Final = 0.5  # an sd of half the residual one, which is near to what programmes show
HIGHEST_RATIO: Final = 1e4  # where a factor leaves no rest at all, its best ratio is without end
FIRST_STEP: Final = 0.3
LAST_STEP: Final = 1e-5
NEAR_ZERO: Final = 0.05  # below this ratio, exactly zero is tried as well
SAME_DEVIANCE: Final = 1e-7
MOST_ROUNDS: Final = 5

Booleans = NDArray[np.bool_]


def find_best_ratios(equations: Equations) -> Floats:
    """Find the ratios with the least deviance; a ratio that is best at zero is exactly zero."""
    free = find_free_factors(equations.design)
    theta = np.where(free, START, 0.0)
    theta, best = _descend(equations, theta, free, FIRST_STEP)
    for _ in range(MOST_ROUNDS):
        settled, deviance = _settle_zeros(equations, theta, best)
        settled, deviance = _leave_zeros(equations, settled, deviance, free)
        finished = np.array_equal(settled > 0, theta > 0)
        theta, best = settled, deviance
        if finished:
            break
        theta, best = _descend(equations, theta, theta > 0, NEAR_ZERO)
    return theta


def find_free_factors(design: Design) -> Booleans:
    """Tell which factors have a variance to estimate: one with a single level is part of the mean."""
    return np.array([len(factor.levels) > 1 for factor in design.factors.values()])


def _descend(equations: Equations, theta: Floats, free: Booleans, step: float) -> tuple[Floats, float]:
    def measure(values: Floats) -> float:
        trial = np.zeros_like(theta)
        trial[free] = values
        return equations.deviance(trial)

    if not free.any():
        return theta, equations.deviance(theta)
    found = theta.copy()
    # Where the equations are few, a search among all ratios takes no time either.
    roots = _step_in_roots(measure, theta[free]) if equations.plan.stages else None
    if roots is not None:
        found[free] = roots**2
        return found, equations.deviance(found)
    found[free], least = search_minimum(measure, theta[free], step=step, lowest=0.0, highest=HIGHEST_RATIO)
    return found, least


def _step_in_roots(measure: Callable[[Floats], float], start: Floats) -> Floats | None:
    """Roots of the best ratios: in them the deviance is more nearly quadratic than in the ratios."""
    return step_to_minimum(lambda roots: measure(roots**2), np.sqrt(start), lowest=np.sqrt(NEAR_ZERO))


def search_minimum(
    measure: Callable[[Floats], float], start: Floats, *, step: float, lowest: float, highest: float
) -> tuple[Floats, float]:
    """Search from a start for the least value of a smooth function within bounds, by COBYQA."""
    result = minimize(
        measure,
        start,
        method="COBYQA",
        bounds=Bounds(np.full(len(start), lowest), np.full(len(start), highest)),
        options={"initial_tr_radius": step, "final_tr_radius": LAST_STEP},
    )
    return np.asarray(result.x, dtype=np.float64), float(result.fun)


def _settle_zeros(equations: Equations, theta: Floats, best: float) -> tuple[Floats, float]:
    """Set each small ratio to exactly zero where the scores say nothing against it."""
    for number in np.flatnonzero((theta > 0) & (theta < NEAR_ZERO)):
        trial = theta.copy()
        trial[number] = 0.0
        deviance = equations.deviance(trial)
        if deviance <= best + SAME_DEVIANCE:
            theta, best = trial, min(best, deviance)
    return theta, best


def _leave_zeros(
    equations: Equations,
    theta: Floats,
    best: float,
    free: Booleans,
) -> tuple[Floats, float]:
    """Move away from zero where that lowers the deviance; its slope at zero is nothing and shows nothing."""
    for number in np.flatnonzero((theta == 0) & free):
        trial = theta.copy()
        trial[number] = NEAR_ZERO
        deviance = equations.deviance(trial)
        if deviance < best - SAME_DEVIANCE:
            theta, best = trial, deviance
    return theta, best
