"""What is known about one figure: its value, how far it may be off, and how likely it is above another.

Given the ratios of the variances, a figure follows Student's distribution (the residual variance is
estimated too). Where the ratios themselves are uncertain (CP-05), it is a mixture of such distributions,
one for each set of ratios that the scores leave possible.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import gammaln, stdtr, stdtrit

from reports.crossed_design import Floats

CALLED_FROM: Final = 0.95  # CP-03
CALLED_FROM_IN_DOUBT: Final = 0.975  # where the sds themselves are in doubt (CP-05)
USUAL_LEVEL: Final = 0.90  # the intervals that people read
MOST_ROUNDS: Final = 80  # halves of a bracket alone would do in sixty
CLOSE_ENOUGH: Final = 1e-12  # of a figure, in its own size


@dataclass(frozen=True)
class Estimates:
    """Figures with their uncertainty: a row for each set of ratios, a column for each figure."""

    weights: Floats  # one a row, adding up to 1
    centres: Floats
    scales: Floats  # standard errors given the ratios
    freedom: float

    @property
    def values(self) -> Floats:
        """The best value of each figure."""
        return np.asarray(self.weights @ self.centres)

    @property
    def errors(self) -> Floats:
        """The standard error of each figure, for uncertain ratios too."""
        spread = self.scales**2 * _widen(self.freedom) + (self.centres - self.values) ** 2
        return np.asarray(np.sqrt(self.weights @ spread))

    def find_intervals(self, level: float = USUAL_LEVEL) -> tuple[Floats, Floats]:
        """Return the lower and the upper limits between which each figure lies with this probability.

        Raises ValueError for a level that is not between 0 and 1.
        """
        if not 0 < level < 1:
            raise ValueError(f"a probability between 0 and 1 is needed, not {level}")
        return self._find_quantiles((1 - level) / 2), self._find_quantiles((1 + level) / 2)

    def find_chances_above(self, threshold: float = 0.0) -> Floats:
        """Return the probability that each figure is above a threshold."""
        distance = self.centres - threshold
        # A figure without any error is certain; equal figures without any error are an even chance.
        certain = np.where(distance > 0, np.inf, np.where(distance < 0, -np.inf, 0.0))
        standard = np.divide(distance, self.scales, out=certain, where=self.scales > 0)
        return np.asarray(self.weights @ stdtr(self.freedom, standard))

    def _find_quantiles(self, probability: float) -> Floats:
        """Quantiles of the mixtures: Newton's steps, and halves of the bracket where those lead out of it."""
        each = self.centres + self.scales * stdtrit(self.freedom, probability)
        low, high = each.min(axis=0), each.max(axis=0)
        middle = np.asarray((low + high) / 2)
        for _ in range(MOST_ROUNDS if len(self.weights) > 1 else 0):
            excess = 1 - self._count_above(middle) - probability
            low, high = np.where(excess < 0, middle, low), np.where(excess < 0, high, middle)
            slope = self._find_density(middle)
            moved = middle - np.divide(excess, slope, out=np.full_like(slope, np.inf), where=slope > 0)
            following = np.where((moved > low) & (moved < high), moved, (low + high) / 2)
            settled = np.abs(following - middle) <= CLOSE_ENOUGH * (1 + np.abs(middle))
            middle = following
            if settled.all():
                break
        return middle

    def _count_above(self, thresholds: Floats) -> Floats:
        moved = Estimates(self.weights, self.centres - thresholds, self.scales, self.freedom)
        return moved.find_chances_above()

    def _find_density(self, places: Floats) -> Floats:
        """Density of each figure at a place; parts without any error have none."""
        known = self.scales > 0
        scales = np.where(known, self.scales, 1.0)
        squares = ((places - self.centres) / scales) ** 2
        height = np.exp(gammaln((self.freedom + 1) / 2) - gammaln(self.freedom / 2))
        each = (
            height / np.sqrt(self.freedom * np.pi) * (1 + squares / self.freedom) ** (-(self.freedom + 1) / 2)
        )
        return np.asarray(self.weights @ np.where(known, each / scales, 0.0))


@dataclass(frozen=True)
class JointEstimates:
    """Figures with the covariances of their errors, so that any two can be set side by side."""

    weights: Floats
    centres: Floats
    covariances: Floats  # a matrix for each set of ratios
    freedom: float

    def separate(self) -> Estimates:
        """Return the figures one by one."""
        variances = np.diagonal(self.covariances, axis1=1, axis2=2)
        return Estimates(self.weights, self.centres, _take_root(variances), self.freedom)

    def subtract(self, one: int, other: int) -> Estimates:
        """Return the difference of two figures, as a single figure."""
        signs = np.zeros(self.centres.shape[1])
        signs[one] += 1.0
        signs[other] -= 1.0
        return self.combine(signs)

    def combine(self, signs: Floats) -> Estimates:
        """Return a weighted sum of the figures, as a single figure."""
        variances = np.einsum("i,gij,j->g", signs, self.covariances, signs)
        return Estimates(
            self.weights, (self.centres @ signs)[:, None], _take_root(variances)[:, None], self.freedom
        )

    def compare_all(self) -> Floats:
        """Return P(A > B) for each figure A (row) and B (column); a figure against itself is 1/2 (CP-03)."""
        variances = np.diagonal(self.covariances, axis1=1, axis2=2)
        of_differences = variances[:, :, None] + variances[:, None, :] - 2 * self.covariances
        count = self.centres.shape[1]
        differences = Estimates(
            self.weights,
            (self.centres[:, :, None] - self.centres[:, None, :]).reshape(-1, count**2),
            _take_root(of_differences).reshape(-1, count**2),
            self.freedom,
        )
        return differences.find_chances_above().reshape(count, count)


def is_called(chance: float, needed: float = CALLED_FROM) -> bool:
    """Tell whether a difference may be called: P(A > B) is 0.95 or more in one direction (CP-03).

    A fit says itself what is needed (`CrossedFit.called_from`): 0.975 where it integrates over its sds. The
    few differences that a small programme can call lie just above the limit, so that even with the sds known
    exactly one in thirty of them would have the wrong sign at 0.95 (8 people, 2 visits each).
    """
    return max(chance, 1 - chance) >= needed


def _widen(freedom: float) -> float:
    """Variance of Student's distribution; below three degrees it has none, and the scale is left alone."""
    return freedom / (freedom - 2) if freedom > 2 else 1.0


def _take_root(variances: Floats) -> Floats:
    """Standard errors; a variance of nothing may come out of the arithmetic as slightly negative."""
    return np.asarray(np.sqrt(np.maximum(variances, 0.0)))
