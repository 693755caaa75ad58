"""Scores and what they depend on, laid out as the matrices of the crossed mixed model (CP-01).

Random factors (employee, auditor, shop) become one column a level, of which each score has exactly one.
Fixed factors (scenario, wave, version) become one column a level but the first, centred, so that the first
column of all, the intercept, stands for the average visit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack
from scipy.sparse import csc_array

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

ALIASED_BELOW: Final = 1e-9  # share of a column's length that must stand apart from the columns before it
SAME_BELOW: Final = 1e-12  # scores whose spread is this small beside their size are all the same


class ModelError(ValueError):
    """The scores cannot be modelled; `reason` names why, `factors` which factors it is about.

    Reasons: "too_few_scores" (no more scores than fixed effects), "too_few_people" (CP-05), "all_the_same"
    (no spread at all), "one_score_each" (a factor has a level of its own for each score, so it cannot be told
    from chance), "confounded" (two factors divide the scores alike, so they cannot be told from each other),
    "aliased" (the effect of a fixed factor was asked for that cannot be told from another).
    """

    def __init__(self, reason: str, *factors: str) -> None:
        super().__init__(": ".join(filter(None, (reason, ", ".join(factors)))))
        self.reason = reason
        self.factors = factors


@dataclass(frozen=True)
class Observations:
    """Scores with, for each, the level of every random and fixed factor and the value of every covariate."""

    scores: Sequence[float]
    random: Mapping[str, Sequence[str]]
    fixed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    covariates: Mapping[str, Sequence[float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Factor:
    """One random factor: its levels in alphabetical order and, for each score, the number of its level."""

    name: str
    levels: tuple[str, ...]
    codes: Integers
    start: int  # column of the first level among the columns of all random factors

    @property
    def columns(self) -> slice:
        """Where the levels stand among the columns of all random factors."""
        return slice(self.start, self.start + len(self.levels))

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each level."""
        return {level: number for number, level in enumerate(self.levels)}

    @cached_property
    def _scores_by_level(self) -> list[Integers]:
        ends = np.cumsum(np.bincount(self.codes, minlength=len(self.levels)))
        return np.split(np.argsort(self.codes, kind="stable"), ends[:-1])

    def find_scores(self, level: str) -> Integers:
        """Return which scores belong to a level; raises KeyError for one that has none."""
        return self._scores_by_level[self.numbers[level]]

    def find_column(self, level: str) -> int:
        """Return the column of a level; raises KeyError for one that has no score."""
        return self.start + self.numbers[level]


@dataclass(frozen=True)
class Design:
    """The laid-out scores: matrices of the model and the sums of products that its equations need."""

    observations: Observations
    factors: Mapping[str, Factor]
    fixed: Floats  # a row a score; the intercept, then the centred columns that are not aliased
    fixed_names: tuple[tuple[str, str], ...]  # factor and level, or covariate and "", of each column
    aliased: tuple[tuple[str, str], ...]  # columns left out because others say the same
    incidence: csc_array[Any]  # a row a score, a column a level of a random factor
    scores: Floats  # centred on their plain mean, which keeps the sums of squares small
    centre: float

    @property
    def freedom(self) -> int:
        """Scores less fixed effects."""
        return len(self.scores) - int(self.fixed.shape[1])


def lay_out(observations: Observations) -> Design:
    """Lay scores out for fitting; raises ModelError where they cannot tell the factors apart."""
    scores = np.asarray(observations.scores, dtype=np.float64)
    _check_lengths(observations, len(scores))
    if not np.isfinite(scores).all():
        raise ValueError("a score is not a number")
    factors = _number_levels(observations.random)
    _check_factors(factors, len(scores))
    columns, names = _lay_out_fixed(observations, len(scores))
    kept = _find_independent_columns(columns)
    fixed = columns[:, kept]
    if len(scores) <= fixed.shape[1]:
        raise ModelError("too_few_scores")
    centre = float(scores.mean())
    centred = scores - centre
    if np.abs(centred).max() <= SAME_BELOW * max(1.0, abs(centre)):
        raise ModelError("all_the_same")
    return Design(
        observations=observations,
        factors=factors,
        fixed=fixed,
        fixed_names=tuple(names[column] for column in kept),
        aliased=tuple(name for column, name in enumerate(names) if column not in kept),
        incidence=_lay_out_random(factors),
        scores=centred,
        centre=centre,
    )


def _check_lengths(observations: Observations, count: int) -> None:
    columns = {**observations.random, **observations.fixed, **observations.covariates}
    if len(columns) < len(observations.random) + len(observations.fixed) + len(observations.covariates):
        raise ValueError("a name stands for two different columns")
    for name, values in columns.items():
        if len(values) != count:
            raise ValueError(f"{name} has {len(values)} values for {count} scores")
    if not observations.random:
        raise ValueError("at least one random factor is needed")


def _number_levels(random: Mapping[str, Sequence[str]]) -> dict[str, Factor]:
    factors: dict[str, Factor] = {}
    start = 0
    for name, values in random.items():
        levels, codes = _number(values)
        factors[name] = Factor(name, levels, codes, start)
        start += len(levels)
    return factors


def _number(values: Sequence[str]) -> tuple[tuple[str, ...], Integers]:
    """The different values in alphabetical order, and for each value its number among them."""
    levels = tuple(sorted(set(values)))
    numbers = {level: number for number, level in enumerate(levels)}
    return levels, np.fromiter(map(numbers.__getitem__, values), dtype=np.int64, count=len(values))


def _check_factors(factors: Mapping[str, Factor], count: int) -> None:
    if count < 2:
        raise ModelError("too_few_scores")
    for factor in factors.values():
        if len(factor.levels) == count:
            raise ModelError("one_score_each", factor.name)
    for one, other in combinations(factors.values(), 2):
        if len(one.levels) == len(other.levels) > 1:
            pairs = np.unique(one.codes * len(other.levels) + other.codes)
            if len(pairs) == len(one.levels):
                raise ModelError("confounded", one.name, other.name)


def _lay_out_random(factors: Mapping[str, Factor]) -> csc_array[Any]:
    columns = np.concatenate([factor.codes + factor.start for factor in factors.values()])
    count = len(columns) // len(factors)
    rows = np.tile(np.arange(count), len(factors))
    width = sum(len(factor.levels) for factor in factors.values())
    return csc_array((np.ones(len(columns)), (rows, columns)), shape=(count, width))


def _lay_out_fixed(observations: Observations, count: int) -> tuple[Floats, list[tuple[str, str]]]:
    columns = [np.ones(count)]
    names = [("", "")]
    for factor, values in observations.fixed.items():
        levels, codes = _number(values)
        for number, level in enumerate(levels[1:], start=1):
            columns.append((codes == number) - float(np.mean(codes == number)))
            names.append((factor, level))
    for covariate, measured in observations.covariates.items():
        values_of = np.asarray(measured, dtype=np.float64)
        columns.append(values_of - values_of.mean())
        names.append((covariate, ""))
    return np.column_stack(columns), names


def _find_independent_columns(matrix: Floats) -> list[int]:
    """Choose columns that span all of them, by a pivoted Cholesky decomposition of their cosines."""
    lengths = np.sqrt((matrix**2).sum(axis=0))
    present = np.flatnonzero(lengths > ALIASED_BELOW * np.sqrt(len(matrix)))
    cosines = (matrix[:, present].T @ matrix[:, present]) / np.outer(lengths[present], lengths[present])
    _, pivots, rank, _ = lapack.dpstrf(cosines, tol=ALIASED_BELOW)
    return sorted(int(column) for column in present[pivots[:rank] - 1])
