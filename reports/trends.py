"""An employee's visits as points in time, and whether anything changed beyond the noise (CP-04, SC-20)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import sqrt
from typing import Final, Literal

from scipy.special import stdtrit

from checklists.definition import Checklist
from checklists.publishing import common_coverage, common_standards, rescore_kept
from checklists.scorecard import ENOUGH_COVERAGE, list_thresholds
from reports.period_rows import EmployeePeriod, PeriodVisit

VISITS_FOR_CHANGE: Final = 6  # CP-04
# One report in twenty about somebody who did not change at all may still say that he did, and no more.
CERTAINTY: Final = 0.95

ChangeState = Literal["not_enough_visits", "not_told", "rose", "fell"]


@dataclass(frozen=True)
class TrendPoint:
    """One visit: its number in the report, its day, and its base score on the standards of its stretch.

    `percent` is None where nothing was scored; `is_counted` is False where too little was assessed (SC-08).
    """

    number: int
    visit: str
    visited_on: date
    percent: Fraction | None
    is_counted: bool
    knocked_out: bool


@dataclass(frozen=True)
class Stretch:
    """Visits that may stand on one line: their versions share enough standards, here `coverage` (SC-20).

    `marks` are those of the newest of the versions, across which no point is shown (SC-09).
    """

    versions: tuple[int, ...]
    coverage: Fraction
    points: tuple[TrendPoint, ...]
    marks: tuple[Fraction, ...] = ()

    @property
    def counted(self) -> tuple[tuple[date, Fraction], ...]:
        """Day and score of the visits that enter figures."""
        return tuple(
            (point.visited_on, point.percent)
            for point in self.points
            if point.percent is not None and point.is_counted
        )


@dataclass(frozen=True)
class Change:
    """Whether the newest stretch rose or fell from its first visit to its last, in points of a hundred.

    The figures are None unless a change is told; `low` and `high` bound it with 95 % certainty.
    """

    state: ChangeState
    available: int
    points: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Trend:
    """The stretches, newest last; the last one carries the mean and the change."""

    stretches: tuple[Stretch, ...]
    mean: Fraction | None  # of the newest stretch, from three counted visits
    change: Change

    @property
    def newest(self) -> Stretch:
        """The stretch of the newest version."""
        return self.stretches[-1]


def build_trend(period: EmployeePeriod, *, visits_needed: int) -> Trend:
    """Put the visits of a period on as few lines as SC-20 allows; raises ValueError without any visit."""
    if not period.visits:
        raise ValueError("a trend needs a visit")
    stretches = tuple(_build_stretch(period, versions) for versions in _join_versions(period))
    counted = stretches[-1].counted
    enough = len(counted) >= visits_needed
    mean = sum((percent for _, percent in counted), Fraction(0)) / len(counted) if enough else None
    return Trend(stretches, mean, tell_change(counted))


def tell_change(scores: Sequence[tuple[date, Fraction]]) -> Change:
    """Tell a change only from six visits and only when the slope over time is clearly not zero.

    The last visit minus the first would call a change for two people in three who did not change.
    """
    count = len(scores)
    if count < VISITS_FOR_CHANGE:
        return Change("not_enough_visits", count)
    days = [float((day - scores[0][0]).days) for day, _ in scores]
    span = max(days)
    if span == 0:
        return Change("not_told", count)
    slope, error = _fit_line(days, [float(percent) for _, percent in scores])
    reach = float(stdtrit(count - 2, (1 + CERTAINTY) / 2)) * error
    if abs(slope) <= reach:
        return Change("not_told", count)
    low, high = (slope - reach) * span, (slope + reach) * span
    return Change("rose" if slope > 0 else "fell", count, slope * span, low, high)


def share_of_standards(checklist: Checklist, shares: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Give the share of points of each standard that a visit assessed, by reference."""
    sums: dict[str, tuple[Fraction, Fraction]] = {}
    for question in checklist.questions():
        if question.standard and question.weight > 0 and question.id in shares:
            earned, possible = sums.get(question.standard, (Fraction(0), Fraction(0)))
            points = question.weight * shares[question.id]
            sums[question.standard] = (earned + points, possible + question.weight)
    return {reference: earned / possible for reference, (earned, possible) in sums.items()}


def _join_versions(period: EmployeePeriod) -> list[tuple[int, ...]]:
    """Group the versions, oldest group first: one joins the newer ones while enough standards stay common."""
    walked = sorted({visit.version for visit in period.visits}, reverse=True)
    groups: list[list[int]] = []
    for version in walked:
        if groups and _common(period, [*groups[-1], version])[1] >= ENOUGH_COVERAGE:
            groups[-1].append(version)
        else:
            groups.append([version])
    return [tuple(group[::-1]) for group in groups[::-1]]


def _common(period: EmployeePeriod, versions: Sequence[int]) -> tuple[frozenset[str], Fraction]:
    """The standards that all these versions share, and the part of the newest one's weight they carry."""
    layout = period.versions[max(versions)]
    shared = frozenset.intersection(
        *(common_standards(period.versions[version], layout) for version in versions)
    )
    return shared, common_coverage(layout, shared)


def _build_stretch(period: EmployeePeriod, versions: tuple[int, ...]) -> Stretch:
    standards, coverage = _common(period, versions)
    is_single, layout = len(versions) == 1, period.versions[versions[-1]]

    def score(visit: PeriodVisit) -> Fraction | None:
        if is_single or visit.base is None:
            return visit.base
        kept = share_of_standards(period.versions[visit.version], visit.shares)
        return rescore_kept(kept, layout=layout, standards=standards)

    points = tuple(
        TrendPoint(
            number=number,
            visit=visit.visit,
            visited_on=visit.visited_on,
            percent=score(visit),
            is_counted=visit.coverage >= ENOUGH_COVERAGE,
            knocked_out=bool(visit.knock_outs),
        )
        for number, visit in enumerate(period.visits, start=1)
        if visit.version in versions
    )
    return Stretch(versions, Fraction(1) if is_single else coverage, points, list_thresholds(layout))


def _fit_line(days: Sequence[float], percents: Sequence[float]) -> tuple[float, float]:
    """The slope of the least-squares line and its standard error."""
    count = len(days)
    middle, mean = sum(days) / count, sum(percents) / count
    spread = sum((day - middle) ** 2 for day in days)
    slope = (
        sum((day - middle) * (percent - mean) for day, percent in zip(days, percents, strict=True)) / spread
    )
    left = sum(
        (percent - mean - slope * (day - middle)) ** 2 for day, percent in zip(days, percents, strict=True)
    )
    return slope, sqrt(left / (count - 2) / spread)
