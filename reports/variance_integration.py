"""Small programmes: the variances are hardly known, so every plausible set of them has its say (CP-05).

With eight people and two visits each, REML often finds no variance at all and then claims to know
everything. Instead the ratios of sds are given a penalty that keeps them off zero and off the absurd, and
the model is solved on a fixed grid of ratios around the best ones, each weighted by how well it explains
the scores. Given the ratios a figure follows Student's distribution, so that the residual sd is integrated
exactly. Nothing here is random: the same visits always give the same figures.

The penalty is -2 sum log(ratio) + sum ratio^2 / 0.5, that is ratios of an sd to the residual sd around 0.7,
nine in ten of them between 0.23 and 1.73. It was chosen by simulation, not for one truth: nine kinds of
programme (people who differ hardly or much, severe auditors, no shops, quiet and noisy visits) of 8 x 2,
12 x 3 and 25 x 3 visits, and both figures of CP-02. Its 90 % intervals never covered less than 86.9 %, and
more than 93 % only where hardly anybody differs. Tried beside it: width 9 (81.5 to 98 %: it expects ratios
near 3, which leaves chance in the scores), 2, 1, 0.7 and 0.35; half-normal and half-t priors of 0.5 to 1.5
and half-Cauchy (from 80 to 85 %: their top at zero shrinks too much where people do differ); uniform shares
of the variance, each by itself and all together, which do as well as this one and say no more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from reports.crossed_design import Floats, ModelError, Observations, lay_out
from reports.crossed_model import CrossedFit, fit_model
from reports.mixed_equations import Equations, set_up_equations
from reports.variance_search import START, find_free_factors, search_minimum

SMALL_BELOW: Final = 50  # people; from here on the variances are known well enough (CP-05)
LARGE_FROM: Final = 1000  # people; from here on a variance that cannot be seen is none that matters
LEAST_PEOPLE: Final = 8  # below, raw visits only (CP-05)
PENALTY_WIDTH: Final = 0.5
LOWEST_LOG: Final = -7.0  # a ratio of a thousandth is nothing
HIGHEST_LOG: Final = 5.0
PROBE: Final = 0.1  # distance in logarithms at which the curvature is measured
FLATTEST: Final = 0.5  # curvature below which a direction is walked as if it curved so much
UNLIKELY: Final = 6.0  # the walk ends where the weight has fallen by exp(-6)
MOST_STEPS: Final = 40
STEPS: Final = {1: 0.5, 2: 0.75, 3: 1.0, 4: 1.25}  # in sds of the weight, by number of free factors
WIDEST_STEP: Final = 1.75
KEPT_SHARE: Final = 0.9995  # grid points that share the last half in a thousand are dropped


@dataclass(frozen=True)
class Grid:
    """A lattice in logarithms of ratios: a centre, and the steps along its axes (rows)."""

    centre: Floats
    steps: Floats
    ranges: tuple[range, ...]

    def list_points(self) -> Iterator[Floats]:
        """Yield the points of the lattice in a fixed order."""
        for numbers in product(*self.ranges):
            yield self.centre + np.array(numbers, dtype=np.float64) @ self.steps


def fit_programme(
    observations: Observations, *, factor: str = "employee", reml: CrossedFit | None = None
) -> CrossedFit:
    """Fit a programme by its size: integrated variances below fifty people, REML from there on (CP-05).

    Where REML sees no variance at all in a factor of a larger programme, the variances are integrated as
    well: that nothing can be seen is no proof that there is nothing, and intervals of no width would say so.
    `reml` spares the fit where the caller has it already. Raises ModelError "too_few_people" below eight, and
    like `fit_model` otherwise.
    """
    people = len(set(observations.random[factor]))
    if people < LEAST_PEOPLE:
        raise ModelError("too_few_people", factor)
    if people < SMALL_BELOW:
        return integrate_model(observations)
    fit = reml or fit_model(observations)
    in_doubt = any(len(fit.design.factors[name].levels) > 1 for name in fit.singular)
    return integrate_model(observations) if in_doubt and people < LARGE_FROM else fit


def integrate_model(observations: Observations) -> CrossedFit:
    """Fit the model over all plausible variances; raises ModelError like `fit_model`."""
    equations = set_up_equations(lay_out(observations), method="REML")
    density = _Density(equations)
    if not density.free.any():
        solution = equations.solve(np.zeros(len(density.free)))
        return CrossedFit(equations.design, solution.theta, solution.deviance, np.ones(1), (solution,))
    start = np.full(int(density.free.sum()), np.log(START))
    centre, least = search_minimum(
        density.measure, start, step=PROBE * 5, lowest=LOWEST_LOG, highest=HIGHEST_LOG
    )
    points = list(_lay_grid(density, centre, least).list_points())
    heights = np.array([density.measure(point) for point in points])
    chosen, weights = _keep_likely(heights)
    solutions = tuple(equations.solve(density.spread(points[number])) for number in chosen)
    theta = density.spread(centre)
    return CrossedFit(equations.design, theta, equations.deviance(theta), weights, solutions)


class _Density:
    """Minus twice the logarithm of the weight of a set of ratios, as a function of their logarithms."""

    def __init__(self, equations: Equations) -> None:
        self.equations = equations
        self.free = find_free_factors(equations.design)

    def spread(self, logs: Floats) -> Floats:
        """Return the ratios of all factors; one that is part of the mean stays at zero."""
        theta = np.zeros(len(self.free))
        theta[self.free] = np.exp(np.clip(logs, 2 * LOWEST_LOG, HIGHEST_LOG))
        return theta

    def measure(self, logs: Floats) -> float:
        """Return deviance and penalty; the last term turns a density of ratios into one of logarithms."""
        theta = self.spread(logs)
        ratios = theta[self.free]
        penalty = -2 * float(np.log(ratios).sum()) + float((ratios**2).sum()) / PENALTY_WIDTH
        return self.equations.deviance(theta) + penalty - 2 * float(np.log(ratios).sum())


def _lay_grid(density: _Density, centre: Floats, least: float) -> Grid:
    """Lay the axes along the curvature at the centre and walk each until the weight is negligible."""
    curvatures, axes = np.linalg.eigh(_find_curvature(density, centre, least))
    spacing = STEPS.get(len(centre), WIDEST_STEP)
    steps = (spacing / np.sqrt(np.maximum(curvatures, FLATTEST)))[:, None] * axes.T
    ranges = tuple(
        range(-_walk(density, centre, -step, least), _walk(density, centre, step, least) + 1)
        for step in steps
    )
    return Grid(centre, steps, ranges)


def _walk(density: _Density, centre: Floats, step: Floats, least: float) -> int:
    taken = 0
    while taken < MOST_STEPS and density.measure(centre + (taken + 1) * step) < least + 2 * UNLIKELY:
        taken += 1
    return taken


def _find_curvature(density: _Density, centre: Floats, least: float) -> Floats:
    """Second derivatives of minus the logarithm of the weight, by differences."""
    size = len(centre)
    moves = PROBE * np.eye(size)
    curvature = np.empty((size, size))
    for one in range(size):
        for other in range(one + 1):
            plus, minus = moves[one] + moves[other], moves[one] - moves[other]
            if one == other:
                second = (
                    density.measure(centre + moves[one]) + density.measure(centre - moves[one]) - 2 * least
                )
            else:
                second = (
                    density.measure(centre + plus)
                    + density.measure(centre - plus)
                    - density.measure(centre + minus)
                    - density.measure(centre - minus)
                ) / 4
            curvature[one, other] = curvature[other, one] = second / PROBE**2 / 2
    return curvature


def _keep_likely(heights: Floats) -> tuple[list[int], Floats]:
    """Choose the points that carry nearly all the weight, in the order of the grid."""
    weights = np.exp(-(heights - heights.min()) / 2)
    weights /= weights.sum()
    descending = np.argsort(-weights, kind="stable")
    count = int(np.searchsorted(np.cumsum(weights[descending]), KEPT_SHARE)) + 1
    chosen = np.sort(descending[:count])
    return [int(number) for number in chosen], weights[chosen] / weights[chosen].sum()
