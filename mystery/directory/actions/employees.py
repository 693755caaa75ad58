"""Adding and changing employees, and the steps of their working life: move, leave, return, take back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, employees_in_reach, units_in_reach
from mystery.database import db
from mystery.directory import staffing
from mystery.directory.faults import Reason
from mystery.directory.queries.employees import manages_record
from mystery.directory.register import EmployeeRecord, read_staff, today_in, write_staff
from mystery.directory.staffing import Record, check_day
from mystery.models import Employee, Unit
from mystery.tables.faults import Fault, fault


@dataclass(frozen=True)
class EmployeeDraft:
    """An employee as a form has him."""

    name: str
    code: str | None
    position: str
    hired_on: date


@dataclass(frozen=True)
class Step:
    """Where somebody works, as what, and from which day."""

    unit_id: UUID
    position: str
    since: date


def add_employee(reach: Reach, unit_id: UUID, draft: EmployeeDraft) -> UUID | Fault:
    """Take somebody on; his first day is ``draft.hired_on``. Raises NotYours for the unit."""
    unit = _load_unit(reach, unit_id)
    refused = check_day(draft.hired_on, "hired_on", today=today_in(unit.company_id)) or _check_open(unit)
    if refused is not None:
        return refused
    record = staffing.hire(unit.id, draft.position, draft.hired_on)
    person = EmployeeRecord(uuid4(), draft.code, draft.name, record)
    return _write(unit.company_id, person, before=None)


def edit_employee(reach: Reach, employee_id: UUID, draft: EmployeeDraft) -> UUID | Fault:
    """Correct name, code, position and first day; raises NotYours."""
    company_id, before = _load_employee(reach, employee_id)
    refused = check_day(draft.hired_on, "hired_on", today=today_in(company_id))
    if refused is not None:
        return refused
    hired = staffing.change_hire_date(before.record, draft.hired_on)
    if isinstance(hired, Fault):
        return hired.beside("hired_on")
    record = staffing.correct_position(hired, draft.position)
    after = replace(before, name=draft.name, code=draft.code, record=record)
    return _write(company_id, after, before=before)


def move_employee(reach: Reach, employee_id: UUID, step: Step) -> UUID | Fault:
    """Move somebody to another unit or position from a day on; raises NotYours for person or unit."""
    return _place(reach, employee_id, step, staffing.move)


def record_return(reach: Reach, employee_id: UUID, step: Step) -> UUID | Fault:
    """Take somebody back who had left; raises NotYours for person or unit."""
    return _place(reach, employee_id, step, staffing.come_back)


def record_leaving(reach: Reach, employee_id: UUID, day: date) -> UUID | Fault:
    """Record somebody's last day; raises NotYours."""
    company_id, before = _load_employee(reach, employee_id)
    refused = check_day(day, "left_on", today=today_in(company_id))
    after = refused or staffing.leave(before.record, day)
    if isinstance(after, Fault):
        return after.beside("left_on")
    return _write(company_id, replace(before, record=after), before=before)


def take_back_step(reach: Reach, employee_id: UUID) -> UUID | Fault:
    """Undo the last move, leaving or return; raises NotYours.

    The place that is restored must be the person's to manage too, or he would send somebody
    back into a unit that he cannot see.
    """
    company_id, before = _load_employee(reach, employee_id)
    after = staffing.take_back(before.record)
    if isinstance(after, Fault):
        return after
    if not manages_record(reach, company_id, after):
        raise NotYours
    return _write(company_id, replace(before, record=after), before=before)


StaffingRule = Callable[..., Record | Fault]


def _place(reach: Reach, employee_id: UUID, step: Step, rule: StaffingRule) -> UUID | Fault:
    company_id, before = _load_employee(reach, employee_id)
    unit = _load_unit(reach, step.unit_id)
    if unit.company_id != company_id:
        raise NotYours
    refused = check_day(step.since, "since", today=today_in(company_id)) or _check_open(unit)
    if refused is not None:
        return refused
    after = rule(before.record, unit=unit.id, position=step.position, since=step.since)
    if isinstance(after, Fault):
        return after.beside("unit" if after.reason is Reason.NOTHING_CHANGES else "since")
    return _write(company_id, replace(before, record=after), before=before)


def _load_employee(reach: Reach, employee_id: UUID) -> tuple[UUID, EmployeeRecord]:
    reached = employees_in_reach(reach, Permission.MANAGE_EMPLOYEES)
    company_id = db.session.scalar(select(Employee.company_id).where(Employee.id == employee_id, reached))
    if company_id is None:
        raise NotYours
    person = read_staff(company_id, only=employee_id)[employee_id]
    # Having once had somebody in one's unit does not make him one's own to move today.
    if not manages_record(reach, company_id, person.record):
        raise NotYours
    return company_id, person


def _load_unit(reach: Reach, unit_id: UUID) -> Unit:
    reached = units_in_reach(reach, Permission.MANAGE_EMPLOYEES)
    unit = db.session.scalar(select(Unit).where(Unit.id == unit_id, reached))
    if unit is None:
        raise NotYours
    return unit


def _check_open(unit: Unit) -> Fault | None:
    if unit.closed_on is None:
        return None
    return fault(Reason.UNIT_CLOSED, "unit", value=unit.name, day=unit.closed_on)


def _write(company_id: UUID, after: EmployeeRecord, *, before: EmployeeRecord | None) -> UUID | Fault:
    try:
        write_staff(company_id, [after], {before.id: before} if before else {})
        db.session.commit()
    except IntegrityError:
        # The dates were checked by the rules of staffing; what remains is the unique code.
        db.session.rollback()
        return fault(Reason.CODE_TAKEN, "code")
    return after.id
