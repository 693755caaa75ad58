"""What the effect of a training is measured from: scored visits, who was trained when, and what lies between.

Time is told from the day of the training. Untrained people have no such day, so for them the middle of the
days on which the others were trained stands in. What happened on the day itself belongs to neither side.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median_low
from typing import Final, Literal

Group = Literal["trained", "control"]
Side = Literal["before", "after"]

MONTHS_IN_YEAR: Final = 12


@dataclass(frozen=True)
class TrainingVisit:
    """A scored visit that counts (SC-08). Auditor and shop are opaque keys and are never printed."""

    visit: str
    employee: str
    day: date
    base: float
    auditor: str
    shop: str
    scenario: str = ""
    version: str = ""


@dataclass(frozen=True)
class TimedVisit:
    """A visit with its group and the side of the training on which it lies."""

    visit: TrainingVisit
    group: Group
    side: Side
    since: date | None  # the day of the person's own training; None in the control group


@dataclass(frozen=True)
class Change:
    """How one person's mean changed, for people who were visited on both sides."""

    employee: str
    before: float
    after: float

    @property
    def points(self) -> float:
        """After less before."""
        return self.after - self.before


def place_visits(visits: Iterable[TrainingVisit], trained: Mapping[str, date]) -> list[TimedVisit]:
    """Place each visit before or after; those on the very day of the training are left out.

    `trained` gives the day by employee; everybody else is the control group. Raises ValueError where nobody
    was trained.
    """
    if not trained:
        raise ValueError("nobody was trained")
    stand_in = median_low(sorted(trained.values()))
    placed = []
    for visit in visits:
        since = trained.get(visit.employee)
        turning_point = since or stand_in
        if visit.day != turning_point:
            side: Side = "after" if visit.day > turning_point else "before"
            placed.append(TimedVisit(visit, "trained" if since else "control", side, since))
    return placed


def find_changes(placed: Sequence[TimedVisit], group: Group) -> list[Change]:
    """Find how each person of a group changed who was visited on both sides, by employee."""
    scores: defaultdict[str, defaultdict[Side, list[float]]] = defaultdict(lambda: defaultdict(list))
    for each in placed:
        if each.group == group:
            scores[each.visit.employee][each.side].append(each.visit.base)
    return [
        Change(employee, fmean(sides["before"]), fmean(sides["after"]))
        for employee, sides in sorted(scores.items())
        if sides["before"] and sides["after"]
    ]


def keep_shared_months(placed: Sequence[TimedVisit]) -> list[TimedVisit]:
    """Keep the visits of calendar months in which both groups were visited: only those can be compared."""
    groups: defaultdict[str, set[Group]] = defaultdict(set)
    for each in placed:
        groups[name_month(each.visit.day)].add(each.group)
    return [each for each in placed if len(groups[name_month(each.visit.day)]) > 1]


def name_month(day: date) -> str:
    """Name a calendar month: "2026-03"."""
    return f"{day:%Y-%m}"


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a month that is shorter."""
    years, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
