"""Staff side by side: who was visited how often, with which mean, and which figures cannot be given yet.

Rows are alphabetical and there are no ranks (CP-03). Means are of `base` (SC-07); visits of which too little
was assessed are left out and counted as such (SC-08); a figure from fewer than three visits is a fact, not a
mean (CP-04). Every figure names the visits it comes from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

import pandas as pd

from reports.rows import StaffVisit

COVERAGE_NEEDED: Final = 0.6  # SC-08
VISITS_NEEDED: Final = 3  # CP-04, for a person
PEOPLE_NEEDED: Final = 5  # CP-04, for a team
EASY_SHARE: Final = 0.1  # CP-07: above this share of full marks people cannot be told apart
NOISE_PLACES: Final = 9  # a mean of percents is exact to far more places than this

FigureState = Literal["shown", "not_enough_visits", "not_enough_people", "not_assessed"]


@dataclass(frozen=True)
class Figure:
    """A mean in percent with the visits behind it; `value` is None unless the state is "shown"."""

    state: FigureState
    value: float | None
    visits: tuple[str, ...]
    needed: int  # visits, or people for a team, from which the mean is shown
    available: int  # how many of those there are

    @property
    def count(self) -> int:
        """How many visits the figure comes from."""
        return len(self.visits)

    @property
    def percent(self) -> Decimal | None:
        """The value as a decimal, freed of binary noise so that rounding half-up is what it seems."""
        return None if self.value is None else Decimal(str(round(self.value, NOISE_PLACES)))


@dataclass(frozen=True)
class StaffRow:
    """One employee in a comparison; each tuple of visits is in the order of their dates."""

    employee: str
    name: str
    units: tuple[str, ...]
    visits: tuple[str, ...]
    too_little: tuple[str, ...]  # left out of the mean: coverage under 0.6 (SC-08)
    not_scored: tuple[str, ...]  # left out of the mean: nothing that carries points was assessed
    knocked_out: tuple[str, ...]  # counted as events, never averaged in (SC-07)
    mean: Figure
    sections: Mapping[str, Figure]


@dataclass(frozen=True)
class StaffComparison:
    """The whole comparison: alphabetical rows, and the team where it is large enough."""

    rows: tuple[StaffRow, ...]
    team: Figure
    team_sections: Mapping[str, Figure]
    sections: tuple[str, ...]  # ids in the order in which the visits name them
    visits: tuple[StaffVisit, ...]  # by date


def compare_staff(visits: Sequence[StaffVisit]) -> StaffComparison:
    """Compare employees over visits that the caller has already narrowed to what the reader may see."""
    ordered = tuple(sorted(visits, key=lambda visit: (visit.visited_on, visit.visit)))
    sections = tuple(dict.fromkeys(name for visit in ordered for name in visit.sections))
    means = _mean_figures(ordered)
    by_employee: dict[str, list[StaffVisit]] = {}
    for visit in ordered:
        by_employee.setdefault(visit.employee, []).append(visit)
    rows = [_compare_one(own, means, sections) for own in by_employee.values()]
    return StaffComparison(
        rows=tuple(sorted(rows, key=lambda row: (collation_key(row.name), row.employee))),
        team=_team_figure(ordered, None),
        team_sections={section: _team_figure(ordered, section) for section in sections},
        sections=sections,
        visits=ordered,
    )


def is_counted(visit: StaffVisit) -> bool:
    """Tell whether a visit enters means: it has a score and enough of it was assessed (SC-08)."""
    return visit.base is not None and visit.coverage >= COVERAGE_NEEDED


def collation_key(name: str) -> tuple[str, str, str]:
    """Sort key for names in which ё stands next to е and case does not matter."""
    folded = name.strip().casefold()
    return folded.replace("ё", "е"), folded, name


def _compare_one(
    own: Sequence[StaffVisit], means: Mapping[tuple[str, str | None], Figure], sections: Sequence[str]
) -> StaffRow:
    latest = own[-1]
    none_counted = Figure("not_enough_visits", None, (), VISITS_NEEDED, 0)
    not_assessed = Figure("not_assessed", None, (), VISITS_NEEDED, 0)
    return StaffRow(
        employee=latest.employee,
        name=latest.employee_name,
        units=tuple(dict.fromkeys(visit.unit for visit in own)),
        visits=tuple(visit.visit for visit in own),
        too_little=tuple(v.visit for v in own if v.base is not None and v.coverage < COVERAGE_NEEDED),
        not_scored=tuple(visit.visit for visit in own if visit.base is None),
        knocked_out=tuple(visit.visit for visit in own if visit.knocked_out),
        mean=means.get((latest.employee, None), none_counted),
        sections={section: means.get((latest.employee, section), not_assessed) for section in sections},
    )


def _mean_figures(visits: Sequence[StaffVisit]) -> dict[tuple[str, str | None], Figure]:
    """Mean per employee, overall (None) and per section, from the visits that count."""
    frame = _long_frame(visits)
    grouped = frame.groupby(["employee", "section"], sort=False, dropna=False)
    table = grouped.agg(mean=("percent", "mean"), visits=("visit", tuple))
    return {
        (str(employee), str(section) or None): _gate(mean, ids)
        for employee, section, mean, ids in zip(
            table.index.get_level_values("employee"),
            table.index.get_level_values("section"),
            table["mean"],
            table["visits"],
            strict=True,
        )
    }


def _long_frame(visits: Sequence[StaffVisit]) -> pd.DataFrame:
    """One line per figure of a counted visit; the empty section name stands for the whole visit."""
    lines = [
        (visit.employee, visit.visit, section, percent)
        for visit in visits
        if is_counted(visit)
        for section, percent in [("", visit.base), *visit.sections.items()]
        if percent is not None
    ]
    return pd.DataFrame(lines, columns=["employee", "visit", "section", "percent"])


def _gate(mean: float, visits: tuple[str, ...]) -> Figure:
    if len(visits) < VISITS_NEEDED:
        return Figure("not_enough_visits", None, visits, VISITS_NEEDED, len(visits))
    return Figure("shown", float(mean), visits, VISITS_NEEDED, len(visits))


def _team_figure(visits: Sequence[StaffVisit], section: str | None) -> Figure:
    """Mean over all counted visits of the team, once five people stand behind it (CP-04)."""
    figures = {
        visit.visit: (visit.employee, visit.base if section is None else visit.sections.get(section))
        for visit in visits
        if is_counted(visit)
    }
    known = {key: percent for key, (_, percent) in figures.items() if percent is not None}
    people = len({figures[key][0] for key in known})
    if people < PEOPLE_NEEDED:
        state: FigureState = "not_assessed" if section and not people else "not_enough_people"
        return Figure(state, None, tuple(known), PEOPLE_NEEDED, people)
    return Figure("shown", float(pd.Series(known).mean()), tuple(known), PEOPLE_NEEDED, people)
