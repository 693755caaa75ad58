"""Planning: assigning visits to auditors, changing, cancelling and restoring assignments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from uuid import UUID, uuid4, uuid5

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, units_in_reach
from mystery.clock import now
from mystery.database import db
from mystery.models import Assignment, ChecklistRecord, ChecklistVersion, Unit, Visit, VisitState
from mystery.planning.orders import (
    MOST_ORDERS_AT_ONCE,
    AssignmentOrder,
    OrderFault,
    OrderPlace,
    OrderProblem,
    find_problems,
)


class OrderRefused(ValueError):
    """A single order could not be carried out; ``problems`` says why."""

    def __init__(self, problems: Sequence[OrderProblem]) -> None:
        super().__init__(", ".join(problem.fault.value for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Planned:
    """What came of several orders: all of them became assignments, or none and every problem is named."""

    ids: tuple[UUID, ...] = ()
    problems: tuple[OrderProblem, ...] = ()


class Outcome(Enum):
    """What came of changing, cancelling or restoring an assignment."""

    DONE = auto()
    STARTED = auto()
    SENT = auto()
    CANCELLED = auto()


def assign_visit(reach: Reach, order: AssignmentOrder) -> UUID:
    """Assign one visit and return the assignment's id. Raises OrderRefused (says why) or NotYours."""
    planned = assign_visits(reach, [order])
    if planned.problems:
        raise OrderRefused(planned.problems)
    return planned.ids[0]


def assign_visits(reach: Reach, orders: Sequence[AssignmentOrder]) -> Planned:
    """Assign several visits or none.

    Raises NotYours for a unit in which the person may not plan, and for a foreign checklist version.
    """
    if len(orders) > MOST_ORDERS_AT_ONCE:
        return Planned(problems=(OrderProblem(OrderFault.TOO_MANY, "unit_id"),))
    problems = [
        replace(problem, position=position)
        for position, order in enumerate(orders)
        for problem in find_problems(order, _find_place(reach, order))
    ]
    if problems:
        return Planned(problems=tuple(problems))
    ids = tuple(_write_assignment(reach, order) for order in orders)
    db.session.commit()
    return Planned(ids)


def change_assignment(reach: Reach, assignment_id: UUID, order: AssignmentOrder) -> Outcome | Planned:
    """Change auditor, employee, scenario, window and briefing while nobody has begun; unit and version stay.

    Returns the problems as Planned when the new order is faulty. Raises NotYours.
    """
    assignment = _load_assignment(reach, assignment_id)
    state = _hinders_change(assignment)
    if state is not None:
        return state
    order = replace(order, unit_id=assignment.unit_id, version_id=assignment.version_id)
    problems = find_problems(order, OrderPlace(assignment.unit, assignment.version, now()))
    if problems:
        return Planned(problems=tuple(problems))
    assert order.auditor_id is not None, "an order without an auditor has a problem"
    assignment.auditor_id = order.auditor_id
    assignment.employee_id = order.employee_id
    assignment.scenario_id = order.scenario_id
    assignment.window_start, assignment.window_end = order.window_start, order.window_end
    assignment.briefing = order.briefing
    db.session.commit()
    return Outcome.DONE


def cancel_assignment(reach: Reach, assignment_id: UUID) -> Outcome:
    """Take an assignment back unless its visit was sent; what was entered is kept. Raises NotYours."""
    assignment = _load_assignment(reach, assignment_id)
    if _is_sent(assignment):
        return Outcome.SENT
    if assignment.cancelled_at is None:
        assignment.cancelled_at = now()
    db.session.commit()
    return Outcome.DONE


def restore_assignment(reach: Reach, assignment_id: UUID) -> Outcome:
    """Undo a cancellation while nobody has begun the visit. Raises NotYours."""
    assignment = _load_assignment(reach, assignment_id)
    if _is_sent(assignment):
        return Outcome.SENT
    if _has_visit(assignment, VisitState.DRAFT):
        return Outcome.STARTED
    assignment.cancelled_at = None
    db.session.commit()
    return Outcome.DONE


def _find_place(reach: Reach, order: AssignmentOrder) -> OrderPlace:
    unit = db.session.scalar(
        select(Unit).where(Unit.id == order.unit_id, units_in_reach(reach, Permission.PLAN_VISITS))
    )
    version = db.session.scalar(
        select(ChecklistVersion)
        .join(ChecklistRecord)
        .where(
            ChecklistVersion.id == order.version_id,
            ChecklistRecord.company_id.in_(reach.companies(Permission.PLAN_VISITS)),
        )
    )
    if unit is None or version is None:
        raise NotYours
    return OrderPlace(unit, version, now())


def _write_assignment(reach: Reach, order: AssignmentOrder) -> UUID:
    # The id is made from the order, so that a form sent twice finds its own assignment already there.
    own = uuid4() if order.key is None else uuid5(order.key, f"{reach.user_id} {order!r}")
    if db.session.get(Assignment, own) is not None:
        return own
    try:
        with db.session.begin_nested():
            db.session.add(_make_assignment(own, reach, order))
    except IntegrityError:
        # Another worker may have written the same form in the same instant; anything else is a fault.
        if db.session.get(Assignment, own) is None:
            raise
    return own


def _make_assignment(own: UUID, reach: Reach, order: AssignmentOrder) -> Assignment:
    assert order.auditor_id is not None, "an order without an auditor has a problem"
    return Assignment(
        id=own,
        version_id=order.version_id,
        scenario_id=order.scenario_id,
        unit_id=order.unit_id,
        employee_id=order.employee_id,
        auditor_id=order.auditor_id,
        window_start=order.window_start,
        window_end=order.window_end,
        briefing=order.briefing,
        created_at=now(),
        created_by_id=reach.user_id,
    )


def _load_assignment(reach: Reach, assignment_id: UUID) -> Assignment:
    # The row is locked where the database can: an auditor may be opening the visit at this moment.
    assignment = db.session.scalar(
        select(Assignment)
        .join(Unit, Assignment.unit_id == Unit.id)
        .where(Assignment.id == assignment_id, units_in_reach(reach, Permission.PLAN_VISITS))
        .with_for_update(of=Assignment)
    )
    if assignment is None:
        raise NotYours
    return assignment


def _hinders_change(assignment: Assignment) -> Outcome | None:
    if _is_sent(assignment):
        return Outcome.SENT
    if assignment.cancelled_at is not None:
        return Outcome.CANCELLED
    return Outcome.STARTED if _has_visit(assignment, VisitState.DRAFT) else None


def _is_sent(assignment: Assignment) -> bool:
    # A held visit has arrived as well: what becomes of it is decided on the review desk.
    return any(_has_visit(assignment, state) for state in (VisitState.SUBMITTED, VisitState.HELD))


def _has_visit(assignment: Assignment, state: VisitState) -> bool:
    found = exists().where(Visit.assignment_id == assignment.id, Visit.state == state.value)
    return bool(db.session.scalar(select(found)))
