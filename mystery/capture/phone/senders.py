"""Senders: who brings something from a phone, and the visit that it is for, begun if nobody has yet."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from mystery.access.scopes import NotYours, Reach, own_assignments
from mystery.capture.own_visits import (
    begin_visit,
    derive_visit_id,
    find_own_visit,
    find_visit,
    foresee_visit,
)
from mystery.capture.phone.tickets import Ticket
from mystery.clock import now
from mystery.database import db
from mystery.models import Assignment, User, Visit


@dataclass(frozen=True)
class Sender:
    """The auditor in whose name something arrives: signed in, or by the ``ticket`` of this one visit.

    The reach of a ticket has no grants: it opens nothing but the visit that the ticket names.
    """

    reach: Reach
    ticket: Ticket | None = None


def find_bearer(ticket: Ticket, visit_id: UUID) -> Sender | None:
    """The sender behind a ticket; None when it is for another visit, too late, or of a closed account."""
    if ticket.visit_id != visit_id:
        return None
    active = select(User.id).where(User.id == ticket.user_id, User.active.is_(True))
    assignment = db.session.get(Assignment, ticket.assignment_id)
    if assignment is None or db.session.scalar(active) is None:
        return None
    if not ticket.is_good_on(now().date(), window_end=assignment.window_end):
        return None
    return Sender(Reach(ticket.user_id, ()), ticket)


def open_visit_of(sender: Sender, visit_id: UUID, assignment_id: UUID | None = None) -> Visit:
    """The sender's visit, locked until the commit; begun now when it was begun without a network.

    Commits nothing. ``assignment_id`` is what the phone says, if it says it. Raises NotYours for a visit of
    somebody else, and where visit and assignment do not belong together.
    """
    visit = find_own_visit(sender.reach, visit_id)
    if visit is None:
        assignment = _find_assignment(sender, visit_id, assignment_id)
        begun = find_visit(sender.reach, assignment.id)
        if begun is None:
            begin_visit(assignment, sender.reach.user_id)
            begun = find_visit(sender.reach, assignment.id)
        visit = db.session.get(Visit, begun)
    if visit is None or assignment_id not in (None, visit.assignment_id):
        raise NotYours
    locked = select(Visit).where(Visit.id == visit.id).with_for_update(of=Visit)
    return db.session.scalars(locked.execution_options(populate_existing=True)).one()


def _find_assignment(sender: Sender, visit_id: UUID, assignment_id: UUID | None) -> Assignment:
    """The assignment of a visit that nobody has begun here.

    A ticket was given to whoever had the assignment then. Even if somebody else has it by now, the visit was
    made in good faith, and its report must not be stranded.
    """
    if sender.ticket is not None:
        named = Assignment.id == sender.ticket.assignment_id
        assignment = db.session.scalar(select(Assignment).where(named))
    elif assignment_id is not None:
        named = Assignment.id == assignment_id
        assignment = db.session.scalar(select(Assignment).where(named, own_assignments(sender.reach)))
    else:
        assignment, _visit = foresee_visit(sender.reach, visit_id)
    if assignment is None or derive_visit_id(assignment.id, sender.reach.user_id) != visit_id:
        raise NotYours
    return assignment
