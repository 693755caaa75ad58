"""What the pictures of a comparison are drawn from: standards by staff, and everybody's visits over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from mystery.comparisons.exact_bases import list_marks, read_exact_bases
from mystery.comparisons.queries import ComparisonScope, Staff
from mystery.models import Visit
from mystery.printouts.dossier import library_standards
from mystery.printouts.period_visits import read_versions
from mystery.printouts.standard_counts import count_standards
from reports.fair_rows import FairVisit
from reports.period_rows import Period, StaffMember, UnitPeriod
from reports.small_trends import PersonTrend, build_person_trend


def read_standards(staff: Staff, scope: ComparisonScope, names: Mapping[str, str]) -> UnitPeriod:
    """Count the standards of these people, in the chosen units and days, under the names that are shown."""
    visits = _list_own_visits(staff, names)
    units = {visit.shop for own in visits.values() for visit in own}
    conditions = [
        *scope.fair_scope.conditions(),
        Visit.employee_id.in_(_list_ids(names)),
        Visit.unit_id.in_(_list_ids(units)),
    ]
    versions = read_versions(conditions)
    return UnitPeriod(
        company="",
        unit="",
        period=Period(scope.since, scope.until),
        versions=versions,
        visits=sum(len(own) for own in visits.values()),
        staff=tuple(StaffMember(employee, name) for employee, name in names.items()),
        counts=tuple(count_standards(conditions, versions)),
        sections=(),
        knock_outs=(),
        standards=library_standards(),
        purpose=None,
    )


def list_trends(staff: Staff, names: Mapping[str, str]) -> list[PersonTrend]:
    """The visits of these people in the chosen units by day, in the order of the names.

    The kept model knows each visit, its day and its score on common standards. Only what is shown of a single
    visit is read, since it has to be exact (SC-09).
    """
    visits = _list_own_visits(staff, names)
    places, bases, marks = staff.kept.places, read_exact_bases(staff, names.keys()), list_marks(staff)
    trends = [
        build_person_trend(
            name,
            visits[employee],
            [places[visit.visit].visited_on for visit in visits[employee]],
            employee=employee,
        )
        for employee, name in names.items()
    ]
    return [
        replace(
            trend,
            visits=tuple(
                replace(point, percent=bases.get(point.visit), marks=marks) for point in trend.visits
            ),
        )
        for trend in trends
    ]


def list_scores(staff: Staff) -> list[tuple[str, date, float]]:
    """Everybody's counted visits in the chosen units: employee, day and score."""
    places = staff.kept.places
    return [
        (visit.employee, places[visit.visit].visited_on, visit.base)
        for visit in staff.counted
        if visit.base is not None
    ]


def _list_own_visits(staff: Staff, people: Iterable[str]) -> dict[str, list[FairVisit]]:
    """The visits about these people as far as they were in the chosen units, which the reader may see."""
    return {
        employee: [visit for visit in staff.kept.list_visits(employee) if visit.shop in staff.units]
        for employee in people
    }


def _list_ids(keys: Iterable[str]) -> list[UUID]:
    return [UUID(key) for key in keys]
