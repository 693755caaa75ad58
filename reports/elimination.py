"""Solving large sparse positive definite equations by absorbing what is nearly diagonal.

Henderson's equations of staff, auditors and shops are mostly diagonal: the levels of one factor never meet.
So the largest factor is absorbed first, then whatever has become independent of itself (shops, when most
people work in one), and only the small dense rest is left to a Cholesky decomposition. The order is planned
once, on the pattern alone; the numbers are then factorised as often as the variances change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.linalg import cho_solve, lapack, solve_triangular
from scipy.sparse import csc_array

from reports.crossed_design import Floats, Integers

DENSE_ENOUGH: Final = 250  # below so many columns a dense decomposition is faster than any absorption
WORTH_ABSORBING: Final = 0.2  # a stage must take away this share of the columns that are left

Sparse = csc_array[Any]


@dataclass(frozen=True)
class Stage:
    """Columns absorbed together, and which later columns each of them touches (as positions)."""

    start: int
    size: int
    pointers: Integers
    rows: Integers


@dataclass(frozen=True)
class Plan:
    """The order of elimination: `order[k]` is the k-th column; after the stages comes the dense rest."""

    order: Integers
    stages: tuple[Stage, ...]

    @property
    def core(self) -> int:
        """Position of the first column of the dense rest."""
        return sum(stage.size for stage in self.stages)


@dataclass(frozen=True)
class Factorisation:
    """A matrix, factorised: per stage the diagonal and what hangs on it, and the triangle of the rest."""

    plan: Plan
    diagonals: tuple[Floats, ...]
    touching: tuple[Sparse, ...]
    triangle: Floats

    @property
    def log_determinant(self) -> float:
        """Natural logarithm of the determinant."""
        stages = sum(float(np.log(diagonal).sum()) for diagonal in self.diagonals)
        return stages + 2 * float(np.log(np.diagonal(self.triangle)).sum())

    def halve(self, right: Floats) -> Floats:
        """Return H with H'H = right' inverse(matrix) right, at about half the cost of solving."""
        parts, rest = self._absorb(right)
        scaled = [part / np.sqrt(d)[:, None] for part, d in zip(parts, self.diagonals, strict=True)]
        return np.concatenate(
            [*scaled, solve_triangular(self.triangle, rest, lower=True, check_finite=False)]
        )

    def solve(self, right: Floats) -> Floats:
        """Return inverse(matrix) right, for a matrix of right-hand sides."""
        parts, rest = self._absorb(right)
        known: Floats = cho_solve((self.triangle, True), rest, check_finite=False)
        for part, d, touching in zip(
            reversed(parts), reversed(self.diagonals), reversed(self.touching), strict=True
        ):
            known = np.concatenate([(part - touching.T @ known) / d[:, None], known])
        solution = np.empty_like(known)
        solution[self.plan.order] = known
        return solution

    def _absorb(self, right: Floats) -> tuple[list[Floats], Floats]:
        rest = right[self.plan.order]
        parts = []
        for d, touching in zip(self.diagonals, self.touching, strict=True):
            part, rest = rest[: len(d)], rest[len(d) :]
            rest = rest - touching @ (part / d[:, None])
            parts.append(part)
        return parts, rest


def plan_elimination(pattern: Sparse, first: Integers) -> Plan:
    """Plan the elimination of a symmetric matrix in which the columns `first` never touch each other."""
    count = int(pattern.shape[0])
    if count <= DENSE_ENOUGH:
        return Plan(np.arange(count), ())
    labels = np.arange(count)
    chosen = first
    current = _forget_values(pattern)
    taken: list[tuple[Integers, Sparse, Integers]] = []
    while len(chosen) >= WORTH_ABSORBING * len(labels):
        rest = np.setdiff1d(np.arange(len(labels)), chosen)
        touching = current[:, chosen][rest]
        taken.append((labels[chosen], touching, labels[rest]))
        current = _forget_values(current[:, rest][rest] + touching @ touching.T)
        labels = labels[rest]
        if len(labels) <= DENSE_ENOUGH:
            break
        chosen = _find_independent(current)
    order = np.concatenate([*(absorbed for absorbed, _, _ in taken), labels])
    return Plan(order, _place_stages(order, taken))


def _forget_values(matrix: Sparse) -> Sparse:
    """The pattern as ones: sums of products of ones never cancel, so no entry is lost on the way."""
    pattern = csc_array(matrix)
    pattern.data = np.ones_like(pattern.data)
    return pattern


def _find_independent(pattern: Sparse) -> Integers:
    """Choose columns of which no two touch, those that touch least first."""
    degrees = np.diff(pattern.indptr)
    blocked = np.zeros(len(degrees), dtype=bool)
    chosen = []
    for column in np.argsort(degrees, kind="stable"):
        if not blocked[column]:
            chosen.append(column)
            blocked[pattern.indices[pattern.indptr[column] : pattern.indptr[column + 1]]] = True
    return np.sort(np.array(chosen, dtype=np.int64))


def _place_stages(order: Integers, taken: Sequence[tuple[Integers, Sparse, Integers]]) -> tuple[Stage, ...]:
    position = np.empty_like(order)
    position[order] = np.arange(len(order))
    stages = []
    start = 0
    for absorbed, touching, rest in taken:
        entries = touching.tocoo()
        moved = csc_array(
            (entries.data, (position[rest[entries.row]], entries.col)), shape=(len(order), len(absorbed))
        )
        moved.sort_indices()
        stages.append(
            Stage(start, len(absorbed), moved.indptr.astype(np.int64), moved.indices.astype(np.int64))
        )
        start += len(absorbed)
    return tuple(stages)


def factorise(products: Sparse | Floats, scales: Floats, plan: Plan) -> Factorisation:
    """Factorise S products S + I for the diagonal S of these scales; all stand in the plan's order.

    A plan without stages takes its products as an ordinary array. The identity is added where a diagonal is
    used and not before, which spares a sum of sparse matrices.
    """
    diagonals, touching = [], []
    if isinstance(products, np.ndarray):
        rest = scales[:, None] * products * scales
    else:
        current = _scale_columns(products, scales)
        current.data *= scales[products.indices]
        for stage in plan.stages:
            d = current.diagonal()[: stage.size] + 1.0
            below = csc_array(current[stage.size :, : stage.size])
            absorbed = _scale_columns(below, 1 / d) @ below.T
            current = csc_array(current[stage.size :, stage.size :] - absorbed)
            diagonals.append(d)
            touching.append(below)
        rest = current.toarray()
    rest[np.diag_indices_from(rest)] += 1.0
    triangle, failed = lapack.dpotrf(rest, lower=True, clean=True)
    if failed:
        raise ArithmeticError("the equations are not positive definite")
    return Factorisation(plan, tuple(diagonals), tuple(touching), triangle)


def _scale_columns(matrix: Sparse, scales: Floats) -> Sparse:
    data = matrix.data * np.repeat(scales, np.diff(matrix.indptr))
    return csc_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
