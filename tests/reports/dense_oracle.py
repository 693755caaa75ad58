"""The mixed model written down naively, as an oracle: V = sum of s^2 Z Z' + s^2 I, inverted as it stands.

Nothing here is shared with the code it checks: no absorption, no profiling, no scaling, no centred dummies.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, pi

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


def make_dummies(values: Sequence[str]) -> Matrix:
    """A column of zeros and ones for each level, in alphabetical order."""
    levels = sorted(set(values))
    return np.array([[float(value == level) for level in levels] for value in values])


@dataclass(frozen=True)
class DenseModel:
    """Scores, dummies and sds of the random factors in the same order, and the residual sd."""

    scores: Matrix
    fixed: Matrix
    random: Sequence[Matrix]
    sds: Sequence[float]
    residual: float

    @property
    def covariance(self) -> Matrix:
        """Covariance matrix of the scores."""
        blocks = [sd**2 * z @ z.T for sd, z in zip(self.sds, self.random, strict=True)]
        return sum(blocks, self.residual**2 * np.eye(len(self.scores)))

    @property
    def coefficients(self) -> Matrix:
        """Generalised least squares."""
        weights = np.linalg.inv(self.covariance)
        return np.asarray(
            np.linalg.inv(self.fixed.T @ weights @ self.fixed) @ self.fixed.T @ weights @ self.scores
        )

    @property
    def effects(self) -> list[Matrix]:
        """Best linear unbiased predictions: G Z' V^-1 (y - X b)."""
        left = np.linalg.inv(self.covariance) @ (self.scores - self.fixed @ self.coefficients)
        return [sd**2 * z.T @ left for sd, z in zip(self.sds, self.random, strict=True)]

    def deviance(self, *, reml: bool) -> float:
        """Minus twice the (restricted) log likelihood."""
        weights = np.linalg.inv(self.covariance)
        left = self.scores - self.fixed @ self.coefficients
        count, width = self.fixed.shape
        known = np.linalg.slogdet(self.covariance)[1] + left @ weights @ left
        if not reml:
            return float(known + count * log(2 * pi))
        information = self.fixed.T @ weights @ self.fixed
        return float(known + np.linalg.slogdet(information)[1] + (count - width) * log(2 * pi))

    def error_covariance(self, fixed: Matrix, random: Matrix) -> Matrix:
        """Covariance of the prediction errors of contrasts (columns), from first principles.

        The error is linear in the true effects u and the noise: prediction A y against the truth, where y is
        X b + Z u + e. Unbiasedness removes b; the rest is a plain sum of variances.
        """
        z = np.hstack(list(self.random))
        prior = np.diag(
            np.concatenate(
                [np.full(block.shape[1], sd**2) for sd, block in zip(self.sds, self.random, strict=True)]
            )
        )
        weights = np.linalg.inv(self.covariance)
        to_fixed = np.linalg.inv(self.fixed.T @ weights @ self.fixed) @ self.fixed.T @ weights
        to_random = prior @ z.T @ weights @ (np.eye(len(self.scores)) - self.fixed @ to_fixed)
        linear = fixed.T @ to_fixed + random.T @ to_random
        from_effects = linear @ z - random.T
        return np.asarray(from_effects @ prior @ from_effects.T + self.residual**2 * linear @ linear.T)


def build_dense(
    scores: Sequence[float],
    random: Mapping[str, Sequence[str]],
    fixed: Mapping[str, Sequence[str]],
    sds: Mapping[str, float],
) -> DenseModel:
    """The oracle for these rows; `sds` has the residual one too."""
    columns = [np.ones((len(scores), 1)), *(make_dummies(values)[:, 1:] for values in fixed.values())]
    return DenseModel(
        scores=np.asarray(scores, dtype=np.float64),
        fixed=np.hstack(columns),
        random=[make_dummies(values) for values in random.values()],
        sds=[sds[name] for name in random],
        residual=sds["residual"],
    )
