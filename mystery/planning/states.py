"""The state of an assignment: never stored, always derived from what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, and_, case, exists, func, literal, or_, select

from mystery.database import db
from mystery.models import Assignment, Unit, Visit, VisitState

SOON_DAYS = 3


class AssignmentState(StrEnum):
    """What became of an assignment; SENT outweighs everything, since a report is never refused.

    HELD is a visit that has arrived and waits for a reviewer: the auditor has nothing more to do.
    """

    HELD = "held"
    WAITING = "waiting"
    STARTED = "started"
    OVERDUE = "overdue"
    SENT = "sent"
    CANCELLED = "cancelled"


# The order in which a lead wants to see them: what is late first, what is settled last.
URGENCY = (
    AssignmentState.HELD,
    AssignmentState.OVERDUE,
    AssignmentState.STARTED,
    AssignmentState.WAITING,
    AssignmentState.SENT,
    AssignmentState.CANCELLED,
)
OPEN_STATES = (AssignmentState.OVERDUE, AssignmentState.STARTED, AssignmentState.WAITING)


def local_day(moment: datetime, time_zone: str) -> date:
    """The day it is at ``moment`` on the clocks of a unit."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def has_visit(state: VisitState) -> ColumnElement[bool]:
    """The condition on Assignment that a visit in ``state`` exists for it."""
    return exists().where(Visit.assignment_id == Assignment.id, Visit.state == state.value)


@dataclass(frozen=True)
class Calendar:
    """The SQL side of "today": each unit's own day, as an expression over Unit.time_zone."""

    today: ColumnElement[date]
    soon: ColumnElement[date]

    @property
    def state(self) -> ColumnElement[str]:
        """The state of an assignment, in a statement that has joined Unit."""
        return case(
            (has_visit(VisitState.SUBMITTED), AssignmentState.SENT.value),
            (has_visit(VisitState.HELD), AssignmentState.HELD.value),
            (Assignment.cancelled_at.is_not(None), AssignmentState.CANCELLED.value),
            (Assignment.window_end < self.today, AssignmentState.OVERDUE.value),
            (has_visit(VisitState.DRAFT), AssignmentState.STARTED.value),
            else_=AssignmentState.WAITING.value,
        )

    @property
    def ends_soon(self) -> ColumnElement[bool]:
        """The condition that an open assignment must be done today or within SOON_DAYS days."""
        return and_(
            Assignment.cancelled_at.is_(None),
            Assignment.window_end >= self.today,
            Assignment.window_end <= self.soon,
            ~has_visit(VisitState.SUBMITTED),
            ~has_visit(VisitState.HELD),
        )


def open_calendar(moment: datetime) -> Calendar:
    """A calendar for ``moment``; shops of one company may already live on different days."""
    zones = db.session.scalars(select(Unit.time_zone).distinct()).all()
    return Calendar(_day_by_zone(zones, moment, ahead=0), _day_by_zone(zones, moment, ahead=SOON_DAYS))


def _day_by_zone(zones: Any, moment: datetime, *, ahead: int) -> ColumnElement[date]:
    # Most zones share the same day, so one comparison a day is enough, whatever the number of zones.
    days: dict[date, list[str]] = {}
    for zone in zones:
        days.setdefault(local_day(moment, zone) + timedelta(days=ahead), []).append(zone)
    *others, last = sorted(days, key=lambda day: len(days[day])) or [moment.date()]
    if not others:
        return literal(last, Date)
    return case(
        *((Unit.time_zone.in_(days[day]), literal(day, Date)) for day in others), else_=literal(last, Date)
    )


def urgency(state: ColumnElement[str]) -> ColumnElement[int]:
    """The rank by which a list is ordered: 0 is what most needs the lead."""
    return case({value.value: rank for rank, value in enumerate(URGENCY)}, value=state)


def is_open(state: ColumnElement[str]) -> ColumnElement[bool]:
    """The condition that something is still to be done."""
    return or_(*(state == value.value for value in OPEN_STATES))


def count_when(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows fulfil ``condition``."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
