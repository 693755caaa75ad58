"""CP-06: from the raw mean of a person to the fair score, in steps that add up exactly.

Each step takes out what others brought into the mean: the auditors who came, the shops and scenarios they
came to. The last one, shrinkage, moves the figure towards the average, the further the fewer the visits.
Running totals are rounded once and the changes are their differences, so a reader who adds gets the printed
result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np

from checklists.exact import round_half_up
from reports.crossed_design import Factor, Floats, Integers
from reports.crossed_model import CrossedFit

NOISE_PLACES: Final = 9  # binary arithmetic is exact to far more places than this
SHRINKAGE: Final = "shrinkage"
USUAL_STEPS: Final[Mapping[str, Sequence[str]]] = {
    "auditors": ("auditor",),
    "circumstances": ("shop", "scenario", "wave", "version"),
}


@dataclass(frozen=True)
class WaterfallStep:
    """One step: what it changes, in points, and what the figure is after it."""

    kind: str
    change: Decimal
    total: Decimal


@dataclass(frozen=True)
class Waterfall:
    """The way of one person from the raw mean to the fair score."""

    person: str
    visits: int
    raw: Decimal
    steps: tuple[WaterfallStep, ...]
    fair: Decimal


def build_waterfalls(
    fit: CrossedFit,
    *,
    keep: Sequence[str] = (),
    groups: Mapping[str, Sequence[str]] = USUAL_STEPS,
    factor: str = "employee",
    places: int = 1,
) -> Mapping[str, Waterfall]:
    """Build everybody's waterfall: a step for each group of factors, then shrinkage.

    `keep` names random factors that stay in the figure, as shops do in what the customer got (CP-02). Raises
    ValueError where a factor of the model belongs to no step, because the rest would hide in the shrinkage.
    """
    totals = find_totals(fit, keep=keep, groups=groups, factor=factor)
    return {level: totals.build(level, places=places) for level in totals.owner.levels}


@dataclass(frozen=True)
class WaterfallTotals:
    """Everybody's figure before and after each step, not yet rounded: rounding takes longer than counting."""

    kinds: tuple[str, ...]
    rows: Floats  # a row a person: the raw mean, the figure after each step
    counts: Integers
    owner: Factor

    def build(self, person: str, *, places: int = 1) -> Waterfall:
        """Round the waterfall of one person. Raises KeyError for somebody unknown."""
        number = self.owner.numbers[person]
        totals = [_round(total, places) for total in self.rows[number]]
        return _round_waterfall(person, int(self.counts[number]), self.kinds, totals)


def find_totals(
    fit: CrossedFit,
    *,
    keep: Sequence[str] = (),
    groups: Mapping[str, Sequence[str]] = USUAL_STEPS,
    factor: str = "employee",
) -> WaterfallTotals:
    """Count the steps of everybody at once. Raises ValueError as `build_waterfalls` does."""
    _check_groups(fit, keep, groups, factor)
    owner = fit.design.factors[factor]
    counts = np.bincount(owner.codes)
    steps = {kind: [name for name in names if name not in keep] for kind, names in groups.items()}
    parts = {kind: _sum_contributions(fit, names) for kind, names in steps.items()}
    fair = fit.design.centre + fit.fixed[0] + fit.random[owner.columns]
    fair = fair + np.bincount(owner.codes, _sum_contributions(fit, keep)) / counts
    totals = [np.bincount(owner.codes, fit.design.scores) / counts + fit.design.centre]
    for part in parts.values():
        totals.append(totals[-1] - np.bincount(owner.codes, part) / counts)
    return WaterfallTotals((*parts, SHRINKAGE), np.column_stack([*totals, fair]), counts, owner)


def _check_groups(
    fit: CrossedFit, keep: Sequence[str], groups: Mapping[str, Sequence[str]], factor: str
) -> None:
    known = {factor, *keep, *(name for names in groups.values() for name in names)}
    observed = fit.design.observations
    missing = {*observed.random, *observed.fixed, *observed.covariates} - known
    if missing:
        raise ValueError(f"in no step of the waterfall: {', '.join(sorted(missing))}")


def _sum_contributions(fit: CrossedFit, names: Sequence[str]) -> Floats:
    """What these factors bring into the score of each visit, against the average visit."""
    design = fit.design
    total = np.zeros(len(design.scores))
    for name in names:
        if name in design.factors:
            known = design.factors[name]
            total += fit.random[known.columns][known.codes]
    columns = [number for number, (owner, _) in enumerate(design.fixed_names) if number and owner in names]
    return np.asarray(total + design.fixed[:, columns] @ fit.fixed[columns])


def _round(value: float, places: int) -> Decimal:
    return round_half_up(Fraction(Decimal(str(round(float(value), NOISE_PLACES)))), places)


def _round_waterfall(person: str, visits: int, kinds: Sequence[str], totals: Sequence[Decimal]) -> Waterfall:
    steps = tuple(
        WaterfallStep(kind, after - before, after)
        for kind, before, after in zip(kinds, totals, totals[1:], strict=False)
    )
    return Waterfall(person, visits, totals[0], steps, totals[-1])
