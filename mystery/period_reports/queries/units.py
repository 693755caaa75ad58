"""A unit's visits over a period, counted in the database: standards by staff, sections, knock-outs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from checklists.scorecard import ENOUGH_COVERAGE
from mystery.access.permissions import Permission
from mystery.access.scopes import Reach, units_in_reach
from mystery.database import db
from mystery.models import Answer, ChecklistVersion, Employee, Unit, Visit, VisitSection
from mystery.printouts.dossier import library_standards, list_unit_names, read_look, read_purpose
from mystery.printouts.period_visits import known_day, read_versions
from mystery.printouts.reported_visits import SUBMITTED, PeriodScope
from mystery.printouts.standard_counts import count_standards
from mystery.settings import current_settings
from reports.period_rows import KnockOutEvent, SectionCount, StaffMember, UnitPeriod

MOST_STAFF = 40


@dataclass(frozen=True)
class CountedUnit:
    """A unit's report with what its reader's log needs: the company and the employees it tells about."""

    company_id: UUID
    employee_ids: tuple[UUID, ...]
    period: UnitPeriod


def read_unit_period(reach: Reach, unit_id: UUID, scope: PeriodScope) -> CountedUnit | None:
    """The report on a unit in which this person compares staff; None when the period has no visit there.

    With more than ``MOST_STAFF`` people there are no counts by employee, and nobody's name is read.
    """
    unit = db.session.scalars(
        select(Unit).where(Unit.id == unit_id, units_in_reach(reach, Permission.COMPARE_STAFF))
    ).one_or_none()
    if unit is None:
        return None
    own_units = select(Unit.id).where(Unit.path.startswith(unit.path))
    own = [SUBMITTED, Visit.unit_id.in_(own_units), *scope.conditions()]
    visits, last = db.session.execute(
        select(func.count(Visit.id), func.max(Visit.visited_on)).where(*own)
    ).one()
    if not visits:
        return None
    staff = _read_staff(own)
    versions = read_versions(own)
    names = list_unit_names(unit)
    is_wide = len(staff) > MOST_STAFF
    period = UnitPeriod(
        company=names[0],
        unit=" / ".join(names[1:]) or names[0],
        period=scope.period,
        versions=versions,
        visits=visits,
        staff=tuple(StaffMember(str(each), name) for each, name in staff),
        counts=() if is_wide else tuple(count_standards(own, versions)),
        sections=tuple(_count_sections(unit, own_units, scope)),
        knock_outs=tuple(_list_knock_outs(own)),
        standards=library_standards(),
        purpose=read_purpose(unit.company_id, known_day(last)),
        is_wide=is_wide,
        look=read_look(unit.company_id),
        public_url=current_settings().public_url,
    )
    return CountedUnit(unit.company_id, () if is_wide else tuple(each for each, _ in staff), period)


def _read_staff(own: Sequence[ColumnElement[bool]]) -> list[tuple[UUID, str]]:
    seen = select(Visit.employee_id).where(*own, Visit.employee_id.is_not(None)).distinct()
    rows = db.session.execute(select(Employee.id, Employee.name).where(Employee.id.in_(seen)))
    return [(employee, name) for employee, name in rows]


def _count_sections(unit: Unit, own_units: Select[UUID], scope: PeriodScope) -> list[SectionCount]:
    """The sections of all visits of the company, the unit's own told apart (SC-08 holds for both)."""
    company_units = select(Unit.id).where(Unit.company_id == unit.company_id)
    is_own = Visit.unit_id.in_(own_units).label("is_own")
    rows = db.session.execute(
        select(
            VisitSection.section,
            ChecklistVersion.number,
            Visit.employee_id,
            is_own,
            func.count(VisitSection.percent),
            func.sum(VisitSection.percent),
        )
        .join(Visit, Visit.id == VisitSection.visit_id)
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .where(
            SUBMITTED,
            Visit.unit_id.in_(company_units),
            *scope.conditions(),
            Visit.coverage_percent >= float(100 * ENOUGH_COVERAGE),
            VisitSection.percent.is_not(None),
        )
        .group_by(VisitSection.section, ChecklistVersion.number, Visit.employee_id, is_own)
        .order_by(VisitSection.section, ChecklistVersion.number, Visit.employee_id)
    )
    return [
        SectionCount(section, version, str(employee) if employee else None, bool(own), visits, total or 0.0)
        for section, version, employee, own, visits, total in rows
    ]


def _list_knock_outs(own: Sequence[ColumnElement[bool]]) -> list[KnockOutEvent]:
    rows = db.session.execute(
        select(Visit.id, Visit.visited_on, Unit.name, ChecklistVersion.number, Answer.question)
        .join(Answer, Answer.visit_id == Visit.id)
        .join(Unit, Unit.id == Visit.unit_id)
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .where(*own, Visit.knocked_out.is_(True), Answer.knocked_out.is_(True))
        .order_by(Visit.visited_on, Visit.id, Answer.position)
    )
    return [
        KnockOutEvent(str(visit), known_day(day), unit, version, question)
        for visit, day, unit, version, question in rows
    ]
