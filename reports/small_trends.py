"""Many people over time, each in a small picture of one size, and the mean of all of them by month.

Points and nothing between them: a line would show a way where there are only visits. A change is told from
six visits on and only beyond the noise (CP-04); a mean of a month takes five people.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from reports.comparison import COVERAGE_NEEDED, PEOPLE_NEEDED
from reports.fair_rows import FairVisit
from reports.trends import Change, tell_change

NOISE_PLACES: Final = 9


@dataclass(frozen=True)
class TrendVisit:
    """One visit as a point; `percent` is None where nothing was scored.

    `is_counted` is False where too little was assessed (SC-08).
    """

    visit: str
    visited_on: date
    percent: Fraction | None
    is_counted: bool


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


def build_month_means(trends: Sequence[PersonTrend]) -> tuple[MonthMean, ...]:
    """Average all counted visits by month, from the first month with a visit to the last."""
    by_month: defaultdict[date, list[tuple[str, Fraction]]] = defaultdict(list)
    for trend in trends:
        for point in trend.visits:
            if point.is_counted and point.percent is not None:
                by_month[point.visited_on.replace(day=1)].append((trend.employee, point.percent))
    return tuple(_average(month, by_month[month]) for month in sorted(by_month))


def _make_point(visit: FairVisit, day: date) -> TrendVisit:
    base = None if visit.base is None else Fraction(str(round(visit.base, NOISE_PLACES)))
    return TrendVisit(visit.visit, day, base, visit.coverage >= COVERAGE_NEEDED)


def _average(month: date, scores: Sequence[tuple[str, Fraction]]) -> MonthMean:
    people = len({employee for employee, _ in scores})
    enough = people >= PEOPLE_NEEDED
    mean = sum((percent for _, percent in scores), Fraction(0)) / len(scores) if enough else None
    return MonthMean(month, mean, len(scores), people)
