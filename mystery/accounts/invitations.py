"""Invitations: an offer of one role on one unit, sent as a link that works once.

Whether the address already has an account is never told to the inviter: the same letter goes out,
and only the reader of that mailbox learns whether he is to choose a password or to sign in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import UUID

from sqlalchemy import select

from mystery.access.permissions import Permission, Role
from mystery.access.scopes import NotYours, Reach, employees_in_reach, units_in_reach
from mystery.clock import now
from mystery.database import db
from mystery.models import Employee, Invitation, Unit

VALID_FOR = timedelta(days=7)


class InvitationProblem(Enum):
    """Why an invitation cannot be made or accepted; the page says it in words."""

    UNKNOWN_UNIT = auto()
    EMPLOYEE_NEEDED = auto()
    UNKNOWN_EMPLOYEE = auto()
    EMPLOYEE_HAS_ACCOUNT = auto()
    ALREADY_INVITED = auto()
    ALREADY_SETTLED = auto()
    LINK_OVER = auto()
    ACCOUNT_EXISTS = auto()


@dataclass(frozen=True)
class Invitee:
    """Whom to invite, as what and where; ``employee_id`` says who he is when the role is employee."""

    email: str
    name: str
    language: str
    role: Role
    unit_id: UUID | None
    employee_id: UUID | None = None


@dataclass(frozen=True)
class Offer:
    """What the letter says and the link opens."""

    id: UUID
    email: str
    name: str
    language: str
    role: Role
    unit: str
    company: str
    time_zone: str
    expires_at: datetime


def invite(reach: Reach, invitee: Invitee) -> Offer | InvitationProblem:
    """Offer somebody a role on a unit whose users this person manages."""
    unit = db.session.scalar(
        select(Unit).where(Unit.id == invitee.unit_id, units_in_reach(reach, Permission.MANAGE_USERS))
    )
    if unit is None:
        return InvitationProblem.UNKNOWN_UNIT
    problem = _check_employee(reach, invitee, unit) or _check_doubles(invitee)
    if problem is not None:
        return problem
    invitation = draft_invitation(invitee, unit, invited_by=reach.user_id)
    db.session.commit()
    return describe_offer(invitation)


def draft_invitation(invitee: Invitee, unit: Unit, *, invited_by: UUID | None = None) -> Invitation:
    """An invitation to ``unit``, added to the session; checks and commits nothing."""
    invitation = Invitation(
        email=invitee.email,
        name=invitee.name,
        language=invitee.language,
        role=invitee.role.value,
        unit=unit,
        employee_id=invitee.employee_id if invitee.role is Role.EMPLOYEE else None,
        invited_by_id=invited_by,
        expires_at=_next_expiry(),
    )
    db.session.add(invitation)
    db.session.flush()
    return invitation


def send_anew(reach: Reach, invitation_id: UUID) -> Offer | InvitationProblem:
    """Make a new link for an open or expired invitation, which ends the old one; raises NotYours.

    Whoever sends it anew becomes the inviter, since an invitation lasts only while its inviter may invite.
    """
    invitation = _load_invitation(reach, invitation_id)
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        return InvitationProblem.ALREADY_SETTLED
    invitation.invited_by_id = reach.user_id
    # At least a second later than before, so that the two links always differ.
    invitation.expires_at = max(_next_expiry(), invitation.expires_at + timedelta(seconds=1))
    db.session.commit()
    return describe_offer(invitation)


def withdraw_invitation(reach: Reach, invitation_id: UUID) -> InvitationProblem | None:
    """Take an invitation back before it is accepted; raises NotYours."""
    invitation = _load_invitation(reach, invitation_id)
    if invitation.accepted_at is not None:
        return InvitationProblem.ALREADY_SETTLED
    invitation.withdrawn_at = invitation.withdrawn_at or now()
    db.session.commit()
    return None


def describe_offer(invitation: Invitation) -> Offer:
    """An invitation as plain data."""
    unit = invitation.unit
    company = db.session.get_one(Unit, unit.company_id)
    return Offer(
        id=invitation.id,
        email=invitation.email,
        name=invitation.name,
        language=invitation.language,
        role=Role(invitation.role),
        unit=unit.name,
        company=company.name,
        time_zone=unit.time_zone,
        expires_at=invitation.expires_at,
    )


def _check_employee(reach: Reach, invitee: Invitee, unit: Unit) -> InvitationProblem | None:
    if invitee.role is not Role.EMPLOYEE:
        return None
    if invitee.employee_id is None:
        return InvitationProblem.EMPLOYEE_NEEDED
    employee = db.session.scalar(
        select(Employee).where(
            Employee.id == invitee.employee_id,
            Employee.company_id == unit.company_id,
            employees_in_reach(reach, Permission.MANAGE_USERS),
        )
    )
    if employee is None:
        return InvitationProblem.UNKNOWN_EMPLOYEE
    return InvitationProblem.EMPLOYEE_HAS_ACCOUNT if employee.user_id is not None else None


def _check_doubles(invitee: Invitee) -> InvitationProblem | None:
    """An open invitation to the same thing is sent again, not made twice."""
    double = select(Invitation.id).where(
        Invitation.email == invitee.email,
        Invitation.role == invitee.role.value,
        Invitation.unit_id == invitee.unit_id,
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
    )
    return InvitationProblem.ALREADY_INVITED if db.session.scalar(double) is not None else None


def _load_invitation(reach: Reach, invitation_id: UUID) -> Invitation:
    invitation = db.session.scalar(
        select(Invitation)
        .join(Unit)
        .where(Invitation.id == invitation_id, units_in_reach(reach, Permission.MANAGE_USERS))
    )
    if invitation is None:
        raise NotYours(invitation_id)
    return invitation


def _next_expiry() -> datetime:
    return (now() + VALID_FOR).replace(microsecond=0)
