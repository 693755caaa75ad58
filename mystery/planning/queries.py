"""What planning shows: the lead's list of assignments, its counts and filters, and one assignment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ScalarSelect, Select, and_, case, func, select
from sqlalchemy.orm import aliased

from checklists.localtext import Language
from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, units_in_reach
from mystery.clock import now
from mystery.database import db
from mystery.models import (
    Assignment,
    ChecklistVersion,
    Employee,
    ScenarioRecord,
    Unit,
    User,
    Visit,
    VisitState,
)
from mystery.planning.filters import AssignmentFilter, narrow, title_in
from mystery.planning.orders import (
    AssignmentOrder,
    OrderFault,
    OrderPlace,
    OrderProblem,
    find_problems,
)
from mystery.planning.states import (
    AssignmentState,
    Calendar,
    count_when,
    has_visit,
    is_open,
    open_calendar,
    urgency,
)
from mystery.web.pagination import Page, read_page

Parent = aliased(Unit)
Creator = aliased(User)
Sent = aliased(Visit)
Held = aliased(Visit)


@dataclass(frozen=True)
class AssignmentRow:
    """One line of the lead's list; ``started`` also tells an overdue visit that was begun."""

    id: UUID
    state: AssignmentState
    started: bool
    soon: bool
    checklist: str
    number: int
    unit: str
    region: str | None
    employee: str | None
    auditor: str
    window_start: date
    window_end: date


@dataclass(frozen=True)
class AssignmentCounts:
    """How many assignments of the lead's subtrees are in which state; ``soon`` overlaps with the others."""

    total: int
    held: int
    overdue: int
    soon: int
    waiting: int
    started: int
    sent: int
    cancelled: int


@dataclass(frozen=True)
class AssignmentDetails:
    """Everything on one assignment's page."""

    row: AssignmentRow
    version_id: UUID
    unit_id: UUID
    auditor_id: UUID
    employee_id: UUID | None
    scenario_id: UUID | None
    scenario: str | None
    address: str
    time_zone: str
    briefing: str
    created_at: datetime
    created_by: str | None
    cancelled_at: datetime | None
    visit_id: UUID | None
    held_visit_id: UUID | None
    visited_at: datetime | None

    @property
    def day_outside(self) -> date | None:
        """The day of the visit that counts, where it lies outside the window."""
        if self.visited_at is None:
            return None
        day = self.visited_at.astimezone(ZoneInfo(self.time_zone)).date()
        return None if self.row.window_start <= day <= self.row.window_end else day

    @property
    def changeable(self) -> bool:
        """Whether auditor and window may still change."""
        return not self.row.started and self.row.state in (AssignmentState.WAITING, AssignmentState.OVERDUE)

    @property
    def cancellable(self) -> bool:
        """Whether it can be taken back."""
        settled = (AssignmentState.SENT, AssignmentState.HELD, AssignmentState.CANCELLED)
        return self.row.state not in settled

    @property
    def restorable(self) -> bool:
        """Whether the cancellation can be undone."""
        return self.row.state is AssignmentState.CANCELLED and not self.row.started


def list_assignments(
    reach: Reach, asked: AssignmentFilter, *, number: int, language: Language
) -> Page[AssignmentRow]:
    """One page of assignments: what is late first, then what ends first; settled ones newest first."""
    calendar = open_calendar(now())
    statement = _select_rows(reach, calendar, language).where(*narrow(asked, calendar))
    ordered = statement.order_by(
        urgency(calendar.state),
        case((is_open(calendar.state), Assignment.window_end)),
        Assignment.window_end.desc(),
        Unit.name,
        Assignment.id,
    )
    page = read_page(ordered, number)
    return Page([_to_row(row) for row in page.rows], page.number, page.total, page.size)


def count_assignments(reach: Reach) -> AssignmentCounts:
    """How much needs the lead today, over all his subtrees."""
    calendar = open_calendar(now())
    states = (
        select(calendar.state.label("state"), calendar.ends_soon.label("soon"))
        .select_from(Assignment)
        .join(Unit, Assignment.unit_id == Unit.id)
        .where(units_in_reach(reach, Permission.PLAN_VISITS))
        .subquery()
    )
    columns = [count_when(states.c.state == state.value).label(state.value) for state in AssignmentState]
    soon = count_when(states.c.soon).label("soon")
    row = db.session.execute(select(func.count().label("total"), soon, *columns).select_from(states)).one()
    return AssignmentCounts(**row._mapping)


def load_assignment(reach: Reach, assignment_id: UUID, language: Language) -> AssignmentDetails:
    """One assignment of the lead's subtrees. Raises NotYours."""
    title = ScenarioRecord.title_ru if language == "ru" else ScenarioRecord.title_en
    statement = (
        _select_rows(reach, open_calendar(now()), language)
        .outerjoin(ScenarioRecord, Assignment.scenario_id == ScenarioRecord.id)
        .outerjoin(Creator, Assignment.created_by_id == Creator.id)
        .outerjoin(Sent, and_(Sent.assignment_id == Assignment.id, Sent.state == VisitState.SUBMITTED.value))
        .add_columns(
            Assignment.version_id,
            Assignment.unit_id,
            Assignment.auditor_id,
            Assignment.employee_id,
            Assignment.scenario_id,
            title.label("scenario"),
            Unit.address,
            Unit.time_zone,
            Assignment.briefing,
            Assignment.created_at,
            Creator.name.label("created_by"),
            Assignment.cancelled_at,
            Sent.id.label("visit_id"),
            _find_held().label("held_visit_id"),
            Sent.visited_at,
        )
        .where(Assignment.id == assignment_id)
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotYours
    details = {name: value for name, value in row._mapping.items() if name in DETAILS}
    return AssignmentDetails(row=_to_row(row), **details)


def find_concerns(reach: Reach, assignment_id: UUID) -> list[OrderProblem]:
    """What has gone wrong around an open assignment since it was planned. Raises NotYours."""
    assignment = db.session.scalar(
        select(Assignment)
        .join(Unit, Assignment.unit_id == Unit.id)
        .where(Assignment.id == assignment_id, units_in_reach(reach, Permission.PLAN_VISITS))
    )
    if assignment is None:
        raise NotYours
    order = AssignmentOrder(
        version_id=assignment.version_id,
        unit_id=assignment.unit_id,
        auditor_id=assignment.auditor_id,
        window_start=assignment.window_start,
        window_end=assignment.window_end,
        employee_id=assignment.employee_id,
    )
    found = find_problems(order, OrderPlace(assignment.unit, assignment.version, now()))
    return [problem for problem in found if problem.fault in CONCERNS]


# What can happen after an order was found good; the window passing by is a state, not a concern.
CONCERNS = frozenset(
    {
        OrderFault.UNIT_CLOSED,
        OrderFault.EMPLOYEE_ELSEWHERE,
        OrderFault.EMPLOYEE_LEFT,
        OrderFault.AUDITOR_NOT_GRANTED,
        OrderFault.AUDITOR_WORKS_HERE,
    }
)
DETAILS = frozenset(AssignmentDetails.__dataclass_fields__)


def _select_rows(reach: Reach, calendar: Calendar, language: Language) -> Select[Any]:
    return (
        select(
            Assignment.id,
            calendar.state.label("state"),
            has_visit(VisitState.DRAFT).label("started"),
            calendar.ends_soon.label("soon"),
            title_in(language).label("checklist"),
            ChecklistVersion.number,
            Unit.name.label("unit"),
            Parent.name.label("region"),
            Employee.name.label("employee"),
            User.name.label("auditor"),
            Assignment.window_start,
            Assignment.window_end,
        )
        .join(Unit, Assignment.unit_id == Unit.id)
        .outerjoin(Parent, Unit.parent_id == Parent.id)
        .join(ChecklistVersion, Assignment.version_id == ChecklistVersion.id)
        .join(User, Assignment.auditor_id == User.id)
        .outerjoin(Employee, Assignment.employee_id == Employee.id)
        .where(units_in_reach(reach, Permission.PLAN_VISITS))
    )


def _find_held() -> ScalarSelect[UUID]:
    # There may be several, where an assignment moved from one auditor to another; the oldest comes first.
    held = (Held.assignment_id == Assignment.id, Held.state == VisitState.HELD.value)
    return select(Held.id).where(*held).order_by(Held.submitted_at).limit(1).scalar_subquery()


def _to_row(row: Any) -> AssignmentRow:
    values = {name: value for name, value in row._mapping.items() if name in ROW}
    return AssignmentRow(**{**values, "state": AssignmentState(row.state)})


ROW = frozenset(AssignmentRow.__dataclass_fields__)
