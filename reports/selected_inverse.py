"""Entries of the inverse of a factorised matrix where the factorisation itself has entries, and no others.

Prediction error variances of 30,000 people need the diagonal of an inverse that would not fit into memory.
The entries that belong to the pattern can be had alone, from the last column back to the first, because
each one needs only such entries of later columns.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack
from scipy.sparse import csc_array

from reports.crossed_design import Floats, Integers
from reports.elimination import Factorisation, Plan, Sparse, Stage

CHUNK: Final = 1_000_000  # entries handled at once, which bounds the memory


@dataclass(frozen=True)
class StageInverse:
    """Inverse entries of one stage: the diagonal, and those below it with the sorted keys of their places."""

    diagonal: Floats
    keys: Integers
    below: Floats


@dataclass(frozen=True)
class SelectedInverse:
    """The entries that were computed: stages by position, and the whole dense rest."""

    plan: Plan
    stages: dict[int, StageInverse]  # by the stage's first position
    core: Floats

    def look_up(self, rows: Integers, columns: Integers) -> Floats:
        """Return the entries at these positions of the plan; raises KeyError outside the pattern."""
        early, late = np.minimum(rows, columns), np.maximum(rows, columns)
        found = np.empty(early.shape)
        in_core = early >= self.plan.core
        found[in_core] = self.core[early[in_core] - self.plan.core, late[in_core] - self.plan.core]
        for stage in self.plan.stages:
            here = (early >= stage.start) & (early < stage.start + stage.size)
            if here.any() and stage.start in self.stages:
                found[here] = self._look_up_stage(stage, early[here], late[here])
        return found

    def _look_up_stage(self, stage: Stage, early: Integers, late: Integers) -> Floats:
        inverse = self.stages[stage.start]
        on_diagonal = early == late
        found = np.empty(early.shape)
        found[on_diagonal] = inverse.diagonal[early[on_diagonal] - stage.start]
        wanted = _make_keys(early[~on_diagonal], late[~on_diagonal], len(self.plan.order))
        places = np.searchsorted(inverse.keys, wanted)
        if len(wanted) and not (
            places.max() < len(inverse.keys) and np.array_equal(inverse.keys[places], wanted)
        ):
            raise KeyError("not in the pattern of the factorisation")
        found[~on_diagonal] = inverse.below[places]
        return found

    def form_variances(self, contrasts: csc_array[Any]) -> Floats:
        """Return b' inverse b for each column b; raises KeyError where two of its entries never meet.

        Rows of `contrasts` are in the original order of the matrix, not in the plan's.
        """
        position = np.empty_like(self.plan.order)
        position[self.plan.order] = np.arange(len(self.plan.order))
        ordered = csc_array(contrasts)
        variances = np.zeros(int(ordered.shape[1]))
        for columns, places in _group_columns(ordered.indptr.astype(np.int64)):
            rows = position[ordered.indices[places]]
            values = ordered.data[places]
            inner = self.look_up(*_pair(rows))
            variances[columns] = np.einsum("gi,gij,gj->g", values, inner, values)
        return variances


def select_inverse(factorisation: Factorisation) -> SelectedInverse:
    """Compute the inverse entries on the pattern of a factorisation."""
    plan = factorisation.plan
    selected = SelectedInverse(plan, {}, _invert_core(factorisation.triangle))
    for number in reversed(range(len(plan.stages))):
        _invert_stage(
            selected, plan.stages[number], factorisation.diagonals[number], factorisation.touching[number]
        )
    return selected


def _invert_core(triangle: Floats) -> Floats:
    if not len(triangle):  # a single factor was absorbed whole, which leaves nothing for LAPACK
        return triangle
    lower, failed = lapack.dpotri(triangle, lower=True)
    if failed:
        raise ArithmeticError("the equations are singular")
    return np.asarray(lower + np.tril(lower, -1).T)


def _invert_stage(selected: SelectedInverse, stage: Stage, diagonal: Floats, touching: Sparse) -> None:
    count = len(selected.plan.order)
    columns = np.repeat(np.arange(stage.size), np.diff(stage.pointers))
    keys = _make_keys(columns + stage.start, stage.rows, count)
    values = _spread_values(keys, stage, touching, count)
    on_diagonal, below = np.empty(stage.size), np.empty(len(keys))
    for members, places in _group_columns(stage.pointers):
        hanging = values[places] / diagonal[members][:, None]
        later = selected.look_up(*_pair(stage.rows[places]))
        entries = -np.einsum("gij,gj->gi", later, hanging)
        below[places] = entries
        on_diagonal[members] = 1 / diagonal[members] - (hanging * entries).sum(axis=1)
    selected.stages[stage.start] = StageInverse(on_diagonal, keys, below)


def _spread_values(keys: Integers, stage: Stage, touching: Sparse, count: int) -> Floats:
    """Put the numbers on the planned pattern; arithmetic may have dropped entries that came out as zero."""
    entries = touching.tocoo()
    columns, rows = entries.col.astype(np.int64), entries.row.astype(np.int64)
    places = np.searchsorted(keys, _make_keys(columns + stage.start, rows + stage.start + stage.size, count))
    values = np.zeros(len(keys))
    values[places] = entries.data
    return values


def _make_keys(columns: Integers, rows: Integers, count: int) -> Integers:
    return columns * count + rows


def _pair(rows: Integers) -> tuple[Integers, Integers]:
    shape = (*rows.shape, rows.shape[1])
    return np.broadcast_to(rows[:, :, None], shape), np.broadcast_to(rows[:, None, :], shape)


def _group_columns(pointers: Integers) -> list[tuple[Integers, NDArray[np.int64]]]:
    """Group columns of equally many entries: their numbers, and a row of places of entries for each."""
    sizes = np.diff(pointers)
    groups = []
    for size in np.unique(sizes):
        members = np.flatnonzero(sizes == size)
        step = max(1, CHUNK // max(1, int(size) ** 2))
        for begin in range(0, len(members), step):
            some = members[begin : begin + step]
            groups.append((some, pointers[some][:, None] + np.arange(size)))
    return groups
