"""The crossed mixed model: what each employee, auditor and shop adds to a score, and how surely (CP-01).

`fit_model` fits by REML or ML; `reports.variance_integration.integrate_model` does the same for programmes
so small that the variances themselves are hardly known (CP-05). Both give a `CrossedFit`, which answers
what a figure is, how far it may be off, and how two of them compare.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from reports.contrasts import Contrast, lay_out_contrasts
from reports.crossed_design import Design, Floats, Observations, lay_out
from reports.estimates import CALLED_FROM, CALLED_FROM_IN_DOUBT, Estimates, JointEstimates
from reports.mixed_equations import Method, Solution, set_up_equations
from reports.variance_search import find_best_ratios

NOTHING: Final = Contrast()


@dataclass(frozen=True)
class CrossedFit:
    """A fitted model: one solution for REML and ML, many with their weights for integrated variances."""

    design: Design
    theta: Floats  # at the optimum: sd of each random factor divided by the residual sd
    deviance: float  # at the optimum: REML criterion or -2 log likelihood
    weights: Floats
    solutions: tuple[Solution, ...]

    @property
    def mean(self) -> float:
        """The score of the average visit."""
        return self.design.centre + float(self.fixed[0])

    @cached_property
    def fixed(self) -> Floats:
        """Coefficients of the fixed columns, averaged over what the ratios may be."""
        return np.asarray(self.weights @ np.array([solution.fixed for solution in self.solutions]))

    @cached_property
    def random(self) -> Floats:
        """Effects of all levels of all random factors, averaged over what the ratios may be."""
        return np.asarray(self.weights @ np.array([solution.random for solution in self.solutions]))

    @cached_property
    def sds(self) -> Mapping[str, float]:
        """The programme's own sds in points: of each random factor, and "residual" (CP-06)."""
        residual = np.sqrt([solution.variance for solution in self.solutions])
        ratios = np.array([solution.theta for solution in self.solutions])
        each = self.weights @ (residual[:, None] * ratios)
        names = [*self.design.factors, "residual"]
        return dict(zip(names, map(float, [*each, self.weights @ residual]), strict=True))

    @property
    def singular(self) -> tuple[str, ...]:
        """The random factors of which no variance at all can be seen."""
        return tuple(name for name, ratio in zip(self.design.factors, self.theta, strict=True) if ratio == 0)

    @property
    def called_from(self) -> float:
        """The P(A > B) from which a difference may be called: more where the sds are in doubt (CP-03)."""
        return CALLED_FROM if len(self.weights) == 1 else CALLED_FROM_IN_DOUBT

    def list_effects(self, factor: str) -> Mapping[str, float]:
        """Return the predicted effect of each level of a random factor, in points around the mean."""
        known = self.design.factors[factor]
        return dict(zip(known.levels, map(float, self.random[known.columns]), strict=True))

    def estimate_jointly(self, contrasts: Sequence[Contrast]) -> JointEstimates:
        """Return figures with their covariances; raises KeyError for a name that is not in the model."""
        fixed, random = lay_out_contrasts(self.design, contrasts)
        centres = np.array([solution.predict(fixed, random) for solution in self.solutions])
        covariances = np.array([solution.find_covariance(fixed, random) for solution in self.solutions])
        return JointEstimates(
            self.weights, centres + self._shift(contrasts), covariances, float(self.design.freedom)
        )

    def estimate_each(
        self,
        contrasts: Sequence[Contrast],
        *,
        baselines: Sequence[Contrast] = (NOTHING,),
        chosen: Sequence[int] | None = None,
    ) -> Estimates:
        """Return any number of figures without their covariances, in time and memory linear in their number.

        To each of them the baseline is added whose number stands at its place in `chosen`: the first, where
        nothing is said. A baseline may be anything; the levels in each other contrast must meet in visits,
        as those of a person and the shops worked in do. Raises KeyError for levels that never meet and for
        a name that is not in the model.
        """
        own = np.zeros(len(contrasts), dtype=np.int64) if chosen is None else np.asarray(chosen)
        fixed, random = lay_out_contrasts(self.design, contrasts)
        bases = lay_out_contrasts(self.design, baselines)
        predicted = [s.predict(fixed, random) + s.predict(*bases)[own] for s in self.solutions]
        variances = np.array([s.find_variances(fixed, random, bases, own) for s in self.solutions])
        return Estimates(
            self.weights,
            np.array(predicted) + self._shift(contrasts) + self._shift(baselines)[own],
            np.sqrt(np.maximum(variances, 0.0)),
            float(self.design.freedom),
        )

    def compare(self, one: Contrast, other: Contrast) -> Estimates:
        """Return the difference of two figures: its value, interval and the chance that it is above zero."""
        return self.estimate_jointly([one, other]).subtract(0, 1)

    def _shift(self, contrasts: Sequence[Contrast]) -> Floats:
        return self.design.centre * np.array([contrast.mean for contrast in contrasts])


def fit_model(observations: Observations, *, method: Method = "REML") -> CrossedFit:
    """Fit the model; raises ModelError where the scores cannot tell the factors apart."""
    equations = set_up_equations(lay_out(observations), method=method)
    theta = find_best_ratios(equations)
    solution = equations.solve(theta)
    return CrossedFit(equations.design, theta, solution.deviance, np.ones(1), (solution,))
