"""What stands beside a fair figure on the comparison page: places, counts, plain means of sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mystery.comparisons.queries import Staff
from mystery.fair_models.sections import SectionSum
from reports.comparison import COVERAGE_NEEDED, PEOPLE_NEEDED, VISITS_NEEDED
from reports.fair_regions import find_home
from reports.fair_rows import FairComparison, FairPerson, FairVisit


@dataclass(frozen=True)
class PlainMean:
    """A plain mean in percent, None while too few stand behind it (CP-04), and its number of visits."""

    percent: float | None
    visits: int


@dataclass(frozen=True)
class SeenVisit:
    """A visit that the reader may open."""

    visit: str
    visited_on: date


@dataclass(frozen=True)
class StaffLine:
    """One employee: the fair figures, and the facts of all visits in the company.

    ``seen`` are the visits in the chosen units; how many more there are elsewhere is ``elsewhere``.
    """

    person: FairPerson
    units: tuple[str, ...]
    seen: tuple[SeenVisit, ...]
    elsewhere: int
    knocked_out: int
    too_little: int
    sections: Mapping[str, PlainMean]

    @property
    def visits(self) -> int:
        """All visits, counted or not."""
        return len(self.seen) + self.elsewhere


@dataclass(frozen=True)
class TeamLine:
    """Everybody in the chosen units together: plain means, from five people on."""

    mean: PlainMean
    visits: int
    sections: Mapping[str, PlainMean]


def list_lines(staff: Staff, comparison: FairComparison) -> list[StaffLine]:
    """A line for each person of the comparison, in its order."""
    return [_make_line(staff, person) for person in comparison.people]


def count_ready(staff: Staff) -> int:
    """How many people have the visits that a figure needs (CP-04)."""
    counted = staff.kept.model.by_employee
    return sum(len(counted.get(employee, ())) >= VISITS_NEEDED for employee in staff.names)


def find_team(staff: Staff) -> TeamLine:
    """The plain means of the visits in the chosen units; a team is shown from five people on (CP-04)."""
    sums = staff.kept.section_sums
    parts = {section: _gate_team(each) for section, each in sums.of_units(staff.units).items()}
    return TeamLine(_gate_team(sums.whole_of_units(staff.units)), len(staff.visits), parts)


def list_sections(staff: Staff, titles: Mapping[str, str]) -> list[str]:
    """The sections that anybody was scored in: as the newest version has them, then those it dropped."""
    scored = staff.kept.section_sums.sections
    dropped = (section for section in scored if section not in titles)
    return [*(section for section in titles if section in scored), *dropped]


def find_region(staff: Staff, employee: str) -> str:
    """The id of the region in which most visits about an employee were; empty where there is none."""
    visits: Sequence[FairVisit] = staff.kept.by_employee.get(employee, ())
    return find_home(visits, "region") if visits else ""


def _make_line(staff: Staff, person: FairPerson) -> StaffLine:
    visits, places = staff.kept.list_visits(person.employee), staff.kept.places
    seen = [visit for visit in visits if visit.shop in staff.units]
    return StaffLine(
        person=person,
        units=tuple(dict.fromkeys(staff.units[visit.shop] for visit in seen)),
        seen=tuple(SeenVisit(visit.visit, places[visit.visit].visited_on) for visit in seen),
        elsewhere=len(visits) - len(seen),
        knocked_out=sum(places[visit.visit].knocked_out for visit in visits),
        too_little=sum(visit.base is not None and visit.coverage < COVERAGE_NEEDED for visit in visits),
        sections=_find_sections(staff, person.employee),
    )


def _find_sections(staff: Staff, employee: str) -> dict[str, PlainMean]:
    sums = staff.kept.section_sums.of_employee(employee)
    return {
        section: PlainMean(each.total / each.visits if each.visits >= VISITS_NEEDED else None, each.visits)
        for section, each in sums.items()
    }


def _gate_team(sums: SectionSum) -> PlainMean:
    return PlainMean(sums.total / sums.visits if sums.people >= PEOPLE_NEEDED else None, sums.visits)
