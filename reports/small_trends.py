"""Many people over time, each in a small picture of one size, and the mean of all of them by month.

Points and nothing between them: a line would show a way where there are only visits. A change is told from
six visits on and only beyond the noise (CP-04); a mean of a month takes five people.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import fmean
from typing import Final

from reports.comparison import COVERAGE_NEEDED, PEOPLE_NEEDED
from reports.fair_rows import FairVisit
from reports.trends import Change, tell_change

NOISE_PLACES: Final = 9


@dataclass(frozen=True)
class TrendVisit:
    """One visit as a point; `percent` is None where nothing was scored.

    `is_counted` is False where too little was assessed (SC-08). The percent is never shown across one of the
    `marks` (SC-09).
    """

    visit: str
    visited_on: date
    percent: Fraction | None
    is_counted: bool
    marks: tuple[Fraction, ...] = ()


@dataclass(frozen=True)
class PersonTrend:
    """One person's visits by day, and whether anything changed beyond the noise."""

    employee: str
    name: str
    visits: tuple[TrendVisit, ...]
    change: Change


@dataclass(frozen=True)
class MonthMean:
    """All visits of a month; `mean` is None under five people (CP-04)."""

    month: date  # its first day
    mean: Fraction | None
    visits: int
    people: int


def build_person_trend(
    name: str, visits: Sequence[FairVisit], days: Sequence[date], *, employee: str
) -> PersonTrend:
    """Put one person's visits, each with its day, in their order.

    Scores are those that the comparison is made from: on common standards where versions differ (SC-20).
    """
    points = sorted(
        (_make_point(visit, day) for visit, day in zip(visits, days, strict=True)),
        key=lambda point: (point.visited_on, point.visit),
    )
    counted = [(p.visited_on, p.percent) for p in points if p.is_counted and p.percent is not None]
    return PersonTrend(employee, name, tuple(points), tell_change(counted))


def build_month_means(visits: Iterable[tuple[str, date, float]]) -> tuple[MonthMean, ...]:
    """Average counted visits, each given by employee, day and score, by the months that have any."""
    by_month: defaultdict[date, list[tuple[str, float]]] = defaultdict(list)
    for employee, day, score in visits:
        by_month[day.replace(day=1)].append((employee, score))
    return tuple(_average(month, by_month[month]) for month in sorted(by_month))


def _make_point(visit: FairVisit, day: date) -> TrendVisit:
    base = None if visit.base is None else free_of_noise(visit.base)
    return TrendVisit(visit.visit, day, base, visit.coverage >= COVERAGE_NEEDED)


def _average(month: date, scores: Sequence[tuple[str, float]]) -> MonthMean:
    people = len({employee for employee, _ in scores})
    mean = free_of_noise(fmean(score for _, score in scores)) if people >= PEOPLE_NEEDED else None
    return MonthMean(month, mean, len(scores), people)


def free_of_noise(score: float) -> Fraction:
    """A score that is known only as a double, as the fraction that was meant."""
    return Fraction(str(round(score, NOISE_PLACES)))
