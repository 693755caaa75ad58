"""One employee's visits over a period, with the value of each answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from mystery.access.openings import OpeningKind
from mystery.access.scopes import NotYours, Reach, visits_in_reach
from mystery.database import db
from mystery.models import AccessEvent, Employee, Unit, User, Visit
from mystery.printouts.dossier import library_standards, read_look, read_purpose
from mystery.printouts.period_visits import read_period_visits, read_versions
from mystery.printouts.reported_visits import OfferedChecklist, PeriodScope, list_offered
from mystery.settings import current_settings
from reports.period_rows import EmployeePeriod

OPENINGS_SHOWN = 50


@dataclass(frozen=True)
class Subject:
    """The employee a report is about; ``user_id`` is his own account, if he has one."""

    employee_id: UUID
    company_id: UUID
    user_id: UUID | None
    name: str


@dataclass(frozen=True)
class PeriodOpening:
    """Somebody opened what tells about an employee over a period; his roles are nobody's business."""

    happened_at: datetime
    reader: str | None
    kind: str


def find_subject(reach: Reach, employee_id: UUID) -> Subject:
    """An employee about whom this person may read at least one visit; raises NotYours for any other."""
    employee = db.session.scalar(
        select(Employee)
        .join(Visit, Visit.employee_id == Employee.id)
        .where(Employee.id == employee_id, visits_in_reach(reach))
        .limit(1)
    )
    if employee is None:
        raise NotYours
    return Subject(employee.id, employee.company_id, employee.user_id, employee.name)


def find_own_employee(reach: Reach) -> UUID | None:
    """The employee that this person is, once there is a visit about him to read."""
    return db.session.scalar(
        select(Employee.id)
        .join(Visit, Visit.employee_id == Employee.id)
        .where(Employee.user_id == reach.user_id, visits_in_reach(reach))
        .limit(1)
    )


def list_employee_checklists(reach: Reach, employee_id: UUID) -> list[OfferedChecklist]:
    """The checklists by which this employee was visited, the most used first."""
    return list_offered([Visit.employee_id == employee_id, visits_in_reach(reach)])


def read_employee_period(reach: Reach, employee_id: UUID, scope: PeriodScope) -> EmployeePeriod | None:
    """The visits about an employee that this person may read; None when the period has none."""
    conditions = [Visit.employee_id == employee_id, visits_in_reach(reach), *scope.conditions()]
    visits = read_period_visits(conditions)
    if not visits:
        return None
    employee = db.session.scalars(
        select(Employee).where(Employee.id == employee_id).options(selectinload(Employee.placements))
    ).one()
    last = visits[-1].visited_on
    placement = employee.placement_on(last)
    return EmployeePeriod(
        company=db.session.get_one(Unit, employee.company_id).name,
        employee=employee.name,
        position=(placement.position or None) if placement else None,
        period=scope.period,
        versions=read_versions(conditions),
        visits=visits,
        standards=library_standards(),
        purpose=read_purpose(employee.company_id, last),
        look=read_look(employee.company_id),
        public_url=current_settings().public_url,
    )


def list_period_openings(employee_id: UUID, own_user_id: UUID) -> list[PeriodOpening]:
    """Who opened what tells about this employee over a period, newest first and without himself."""
    kinds: tuple[OpeningKind, ...] = ("period_page", "period_pdf", "unit_page", "unit_pdf")
    rows = db.session.execute(
        select(AccessEvent.happened_at, User.name, AccessEvent.kind)
        .outerjoin(User, User.id == AccessEvent.reader_id)
        .where(
            AccessEvent.employee_id == employee_id,
            AccessEvent.kind.in_(kinds),
            AccessEvent.reader_id.is_distinct_from(own_user_id),
        )
        .order_by(AccessEvent.id.desc())
        .limit(OPENINGS_SHOWN)
    )
    return [PeriodOpening(*row) for row in rows]
