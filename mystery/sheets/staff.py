"""The staff of a unit on given days: whom a visit can have been about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select

from mystery.database import db
from mystery.models import Employee, Placement, Unit


@dataclass(frozen=True)
class StaffMember:
    """A person who worked in the unit, as the auditor chooses from."""

    id: UUID
    name: str
    position: str


def list_staff(unit: Unit, first: date, last: date) -> list[StaffMember]:
    """Who worked in ``unit`` on any day from ``first`` to ``last``, by name."""
    rows = db.session.execute(_select_placed(unit, first, last).order_by(Employee.name, Placement.since))
    # A person who changed position within these days stands here once, with the latest one.
    return list({row.id: StaffMember(row.id, row.name, row.position) for row in rows}.values())


def works_there(employee_id: UUID, unit: Unit, day: date) -> bool:
    """Whether somebody worked in ``unit`` on ``day``."""
    placed = _select_placed(unit, day, day).where(Employee.id == employee_id)
    return db.session.execute(placed).first() is not None


def _select_placed(unit: Unit, first: date, last: date) -> Select[UUID, str, str]:
    in_time: ColumnElement[bool] = or_(Placement.until.is_(None), Placement.until >= first)
    return (
        select(Employee.id, Employee.name, Placement.position)
        .join(Placement, Placement.employee_id == Employee.id)
        .join(Unit, Unit.id == Placement.unit_id)
        .where(Unit.path.startswith(unit.path), Placement.since <= last, in_time)
    )
