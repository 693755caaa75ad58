"""An order for a visit: what, where, by whom and when, and everything that can be wrong with one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import exists, literal, or_, select
from sqlalchemy.orm import selectinload

from mystery.access.permissions import Role
from mystery.database import db
from mystery.models import (
    ChecklistVersion,
    Employee,
    Grant,
    Notice,
    Placement,
    ScenarioRecord,
    Unit,
    User,
)
from mystery.planning.states import local_day

LONGEST_WINDOW_DAYS = 366
FURTHEST_END_DAYS = 2 * 366
LONGEST_BRIEFING = 4000
MOST_ORDERS_AT_ONCE = 100


@dataclass(frozen=True)
class AssignmentOrder:
    """One visit to plan; the window's days are the unit's own, both included.

    ``key`` names the form it was sent from: the same order under the same key is one assignment,
    however often it arrives.
    """

    version_id: UUID
    unit_id: UUID
    auditor_id: UUID | None
    window_start: date
    window_end: date
    employee_id: UUID | None = None
    scenario_id: UUID | None = None
    briefing: str = ""
    key: UUID | None = None


class OrderFault(StrEnum):
    """What a person can get wrong in an order."""

    NOTICE_MISSING = "notice_missing"
    VERSION_OF_OTHER_COMPANY = "version_of_other_company"
    SCENARIO_UNKNOWN = "scenario_unknown"
    UNIT_CLOSED = "unit_closed"
    EMPLOYEE_ELSEWHERE = "employee_elsewhere"
    EMPLOYEE_LEFT = "employee_left"
    AUDITOR_MISSING = "auditor_missing"
    AUDITOR_NOT_GRANTED = "auditor_not_granted"
    AUDITOR_WORKS_HERE = "auditor_works_here"
    WINDOW_REVERSED = "window_reversed"
    WINDOW_OVER = "window_over"
    WINDOW_TOO_LONG = "window_too_long"
    WINDOW_TOO_FAR = "window_too_far"
    BRIEFING_TOO_LONG = "briefing_too_long"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class OrderProblem:
    """A fault, the field of the order it is in, which order of several, and the day it is about."""

    fault: OrderFault
    field: str
    position: int = 0
    day: date | None = None


@dataclass(frozen=True)
class OrderPlace:
    """The rows an order was authorised on, and the moment at which it is planned."""

    unit: Unit
    version: ChecklistVersion
    moment: datetime

    @property
    def today(self) -> date:
        """The day it is in the unit."""
        return local_day(self.moment, self.unit.time_zone)


def find_problems(order: AssignmentOrder, place: OrderPlace) -> list[OrderProblem]:
    """Everything that is wrong with ``order``, not just the first thing."""
    return [
        *_check_programme(order, place),
        *_check_window(order, place.today),
        *_check_unit(order, place.unit),
        *_check_employee(order, place.unit),
        *_check_auditor(order, place.unit),
    ]


def _check_programme(order: AssignmentOrder, place: OrderPlace) -> Iterator[OrderProblem]:
    company = place.unit.company_id
    told = exists().where(Notice.company_id == company, Notice.given_on <= place.today)
    if not db.session.scalar(select(told)):
        yield OrderProblem(OrderFault.NOTICE_MISSING, "version_id")
    if place.version.checklist.company_id != company:
        yield OrderProblem(OrderFault.VERSION_OF_OTHER_COMPANY, "version_id")
    if order.scenario_id is not None:
        scenario = db.session.get(ScenarioRecord, order.scenario_id)
        if scenario is None or scenario.company_id != company:
            yield OrderProblem(OrderFault.SCENARIO_UNKNOWN, "scenario_id")
    if len(order.briefing) > LONGEST_BRIEFING:
        yield OrderProblem(OrderFault.BRIEFING_TOO_LONG, "briefing")


def _check_window(order: AssignmentOrder, today: date) -> Iterator[OrderProblem]:
    if order.window_end < order.window_start:
        yield OrderProblem(OrderFault.WINDOW_REVERSED, "window_end")
    elif order.window_end < today:
        yield OrderProblem(OrderFault.WINDOW_OVER, "window_end")
    elif order.window_end - today > timedelta(days=FURTHEST_END_DAYS):
        yield OrderProblem(OrderFault.WINDOW_TOO_FAR, "window_end")
    elif order.window_end - order.window_start > timedelta(days=LONGEST_WINDOW_DAYS):
        yield OrderProblem(OrderFault.WINDOW_TOO_LONG, "window_start")


def _check_unit(order: AssignmentOrder, unit: Unit) -> Iterator[OrderProblem]:
    if unit.closed_on is not None and unit.closed_on <= order.window_end:
        yield OrderProblem(OrderFault.UNIT_CLOSED, "unit_id", day=unit.closed_on)


def _check_employee(order: AssignmentOrder, unit: Unit) -> Iterator[OrderProblem]:
    if order.employee_id is None:
        return
    employee = db.session.scalar(
        select(Employee)
        .where(Employee.id == order.employee_id, Employee.company_id == unit.company_id)
        .options(selectinload(Employee.placements))
    )
    if employee is not None and employee.left_on is not None and employee.left_on < order.window_start:
        yield OrderProblem(OrderFault.EMPLOYEE_LEFT, "employee_id", day=employee.left_on)
    # An employee of another company reads like one of another shop, so that nothing can be found out.
    elif employee is None or not any(_overlaps(placement, order, unit) for placement in employee.placements):
        yield OrderProblem(OrderFault.EMPLOYEE_ELSEWHERE, "employee_id")


def _overlaps(placement: Placement, order: AssignmentOrder, unit: Unit) -> bool:
    begun = placement.since <= order.window_end
    lasts = placement.until is None or placement.until >= order.window_start
    return placement.unit_id == unit.id and begun and lasts


def _check_auditor(order: AssignmentOrder, unit: Unit) -> Iterator[OrderProblem]:
    if order.auditor_id is None:
        yield OrderProblem(OrderFault.AUDITOR_MISSING, "auditor_id")
    elif order.auditor_id not in list_auditor_ids(unit):
        yield OrderProblem(OrderFault.AUDITOR_NOT_GRANTED, "auditor_id")
    elif _works_in(order, unit):
        yield OrderProblem(OrderFault.AUDITOR_WORKS_HERE, "auditor_id")


def list_auditor_ids(unit: Unit) -> frozenset[UUID]:
    """The people who may be sent to ``unit``: switched on, with an auditor grant on it or above it."""
    above = literal(unit.path).startswith(Unit.path)
    found = db.session.scalars(
        select(Grant.user_id)
        .join(Unit, Grant.unit_id == Unit.id)
        .join(User, Grant.user_id == User.id)
        .where(Grant.role == Role.AUDITOR.value, User.active, above)
    )
    return frozenset(found)


def _works_in(order: AssignmentOrder, unit: Unit) -> bool:
    colleague = (
        select(Placement.id)
        .join(Employee)
        .where(
            Employee.user_id == order.auditor_id,
            Placement.unit_id == unit.id,
            Placement.since <= order.window_end,
            or_(Placement.until.is_(None), Placement.until >= order.window_start),
        )
    )
    return db.session.scalar(colleague) is not None
