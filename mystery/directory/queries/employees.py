"""Employees: the list with its search and filters, and one person's page with the history of moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, employees_in_reach, units_in_reach
from mystery.clock import now
from mystery.database import db
from mystery.directory.queries.search import fold_yo, has_words
from mystery.directory.register import read_staff, today_in
from mystery.directory.staffing import Record, take_back
from mystery.models import Employee, Placement, Unit
from mystery.tables.faults import Fault
from mystery.web.pagination import Page, read_page

State = Literal["present", "left", "all"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class EmployeeFilter:
    """Which employees are asked for; a unit stands for itself and everything below it."""

    search: str = ""
    unit_id: UUID | None = None
    state: State = "present"


@dataclass(frozen=True)
class EmployeeRow:
    """One line of the list: the present (or last) place; ``elsewhere`` when it is not the reader's."""

    id: UUID
    name: str
    code: str | None
    hired_on: date
    left_on: date | None
    position: str
    unit_id: UUID | None
    unit_name: str | None
    elsewhere: bool
    left: bool


@dataclass(frozen=True)
class StintRow:
    """One line of the history; ``unit_name`` is None when the unit is not the reader's."""

    unit_id: UUID | None
    unit_name: str | None
    position: str
    since: date
    until: date | None


@dataclass(frozen=True)
class EmployeePage:
    """One person, and what the reader may do about him."""

    id: UUID
    company_id: UUID
    name: str
    code: str | None
    hired_on: date
    left_on: date | None
    signs_in: bool
    history: tuple[StintRow, ...]
    latest: StintRow | None
    today: date
    may_change: bool
    may_take_back: bool


def list_employees(reach: Reach, wanted: EmployeeFilter, page: int) -> Page[EmployeeRow]:
    """A page of the employees that ``wanted`` asks for, by name."""
    today = now().date()
    listed = _listed(reach, today).where(_narrow(reach, wanted, today))
    found = read_page(listed.order_by(fold_yo(Employee.name), Employee.id), page)
    return Page([_row(*row, today=today) for row in found.rows], found.number, found.total, found.size)


def show_employee(
    reach: Reach, employee_id: UUID, permission: Permission = Permission.SEE_DIRECTORY
) -> EmployeePage:
    """One employee with his history; raises NotYours.

    With MANAGE_EMPLOYEES only somebody whom the person may change: having once had him does not do.
    """
    reached = employees_in_reach(reach, permission)
    found = db.session.execute(
        select(Employee.company_id, Employee.user_id.is_not(None)).where(Employee.id == employee_id, reached)
    ).one_or_none()
    if found is None:
        raise NotYours
    company_id, signs_in = found
    person = read_staff(company_id, only=employee_id)[employee_id]
    history = _history(reach, person.record)
    record = person.record
    may_change = manages_record(reach, company_id, record)
    if permission is Permission.MANAGE_EMPLOYEES and not may_change:
        raise NotYours
    return EmployeePage(
        id=employee_id,
        company_id=company_id,
        name=person.name,
        code=person.code,
        hired_on=record.hired_on,
        left_on=record.left_on,
        signs_in=signs_in,
        history=tuple(reversed(history)),
        latest=history[-1] if history else None,
        today=today_in(company_id),
        may_change=may_change,
        may_take_back=may_change and not isinstance(take_back(record), Fault),
    )


def manages_record(reach: Reach, company_id: UUID, record: Record) -> bool:
    """Whether the person may change an employee: the present (or last) unit must be reached."""
    if company_id in reach.whole_companies(Permission.MANAGE_EMPLOYEES):
        return True
    if record.last is None:
        return False
    reached = units_in_reach(reach, Permission.MANAGE_EMPLOYEES)
    return db.session.scalar(select(Unit.id).where(Unit.id == record.last.unit, reached)) is not None


def _listed(reach: Reach, today: date) -> Select[*tuple[Any, ...]]:
    """Employees with the placement that has begun last (or begins next) and its unit."""
    other = aliased(Placement)
    latest = (
        select(other.id)
        .where(other.employee_id == Employee.id)
        .order_by((other.since <= today).desc(), other.since.desc())
        .limit(1)
        .correlate(Employee)
        .scalar_subquery()
    )
    reached = units_in_reach(reach, Permission.SEE_DIRECTORY).label("reached")
    columns = (Employee.id, Employee.name, Employee.code, Employee.hired_on, Employee.left_on)
    return (
        select(*columns, Placement.position, Unit.id.label("unit_id"), Unit.name.label("unit_name"), reached)
        .select_from(Employee)
        .outerjoin(Placement, Placement.id == latest)
        .outerjoin(Unit, Unit.id == Placement.unit_id)
        .where(employees_in_reach(reach, Permission.SEE_DIRECTORY))
    )


def _narrow(reach: Reach, wanted: EmployeeFilter, today: date) -> ColumnElement[bool]:
    conditions = [has_words(wanted.search, Employee.name, Employee.code)]
    if wanted.unit_id is not None:
        seen = and_(Unit.id == wanted.unit_id, units_in_reach(reach, Permission.SEE_DIRECTORY))
        path = db.session.scalar(select(Unit.path).where(seen))
        # A unit that is not the reader's narrows nothing: absurd filters count as "all".
        conditions += [Unit.path.startswith(path)] if path else []
    left = and_(Employee.left_on.is_not(None), Employee.left_on < today)
    if wanted.state == "left":
        conditions.append(left)
    elif wanted.state == "present":
        here = or_(
            units_in_reach(reach, Permission.SEE_DIRECTORY),
            Employee.company_id.in_(reach.whole_companies(Permission.SEE_DIRECTORY)),
        )
        conditions.append(and_(or_(Employee.left_on.is_(None), Employee.left_on >= today), here))
    return and_(*conditions)


def _row(*found: Any, today: date) -> EmployeeRow:
    employee, name, code, hired, left, position, unit, unit_name, reached = found
    return EmployeeRow(
        id=employee,
        name=name,
        code=code,
        hired_on=hired,
        left_on=left,
        position=(position or "") if reached else "",
        unit_id=unit if reached else None,
        unit_name=unit_name if reached else None,
        elsewhere=unit is not None and not reached,
        left=left is not None and left < today,
    )


def _history(reach: Reach, record: Record) -> list[StintRow]:
    """The stints in order of time; of a unit that is not the reader's only the days are told."""
    units = {stint.unit for stint in record.stints}
    reached = units_in_reach(reach, Permission.SEE_DIRECTORY)
    names = dict(db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(units), reached)).all())
    return [
        StintRow(
            unit_id=stint.unit if stint.unit in names else None,
            unit_name=names.get(stint.unit),
            position=stint.position if stint.unit in names else "",
            since=stint.since,
            until=stint.until,
        )
        for stint in record.stints
    ]
