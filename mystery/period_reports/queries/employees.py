"""One employee's visits over a period, with the value of each answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from mystery.access.openings import OpeningKind
from mystery.access.scopes import NotYours, Reach, visits_in_reach
from mystery.database import db
from mystery.models import AccessEvent, Answer, ChecklistVersion, Employee, Unit, User, Visit
from mystery.period_reports.queries.scope import (
    OfferedChecklist,
    PeriodScope,
    known_day,
    list_offered,
    read_versions,
)
from mystery.printouts.dossier import library_standards, list_unit_names, read_look, read_purpose
from reports.period_rows import EmployeePeriod, PeriodVisit

FINEST_SHARE = 10_000
ZERO = Fraction(0)
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
    visits = _read_visits(conditions)
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


def _read_visits(conditions: Sequence[ColumnElement[bool]]) -> tuple[PeriodVisit, ...]:
    rows = db.session.execute(
        select(
            Visit.id,
            Visit.visited_on,
            Visit.unit_id,
            ChecklistVersion.number,
            Visit.base,
            Visit.final,
            Visit.coverage,
        )
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .where(*conditions)
        .order_by(Visit.visited_on, Visit.submitted_at, Visit.id)
    ).all()
    names = {unit: _name_unit(unit) for unit in {row[2] for row in rows}}
    visits = {
        visit: PeriodVisit(str(visit), known_day(day), names[unit], version, base, final, cover or ZERO, {})
        for visit, day, unit, version, base, final, cover in rows
    }
    shares, knock_outs = _read_answers(conditions)
    return tuple(
        replace(each, shares=shares[visit], knock_outs=tuple(knock_outs[visit]))
        for visit, each in visits.items()
    )


def _read_answers(
    conditions: Sequence[ColumnElement[bool]],
) -> tuple[dict[UUID, dict[str, Fraction]], dict[UUID, list[str]]]:
    """The value of each scored answer by visit and question, and the critical questions that decided."""
    rows = db.session.execute(
        select(
            Answer.visit_id, Answer.question, Answer.share, Answer.earned, Answer.possible, Answer.knocked_out
        )
        .join(Visit, Visit.id == Answer.visit_id)
        .where(Answer.state == "scored", *conditions)
        .order_by(Answer.visit_id, Answer.position)
    )
    shares: defaultdict[UUID, dict[str, Fraction]] = defaultdict(dict)
    knock_outs: defaultdict[UUID, list[str]] = defaultdict(list)
    for visit, question, share, earned, possible, knocked_out in rows:
        # A question without weight keeps its value only as a double.
        shares[visit][question] = (
            earned / possible if possible else Fraction(share or 0).limit_denominator(FINEST_SHARE)
        )
        if knocked_out:
            knock_outs[visit].append(question)
    return shares, knock_outs


def _name_unit(unit_id: UUID) -> str:
    names = list_unit_names(db.session.get_one(Unit, unit_id))
    return " / ".join(names[1:]) or names[0]
