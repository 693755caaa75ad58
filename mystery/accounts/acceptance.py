"""Acceptance: what the reader of an invitation may do with its link, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError

from mystery.access.permissions import Permission
from mystery.access.scopes import load_reach
from mystery.accounts.invitations import InvitationProblem, Offer, describe_offer
from mystery.clock import now
from mystery.database import db
from mystery.models import Employee, Grant, Invitation, User


class Reader(Enum):
    """Who has opened the link of an invitation."""

    NEWCOMER = auto()
    INVITED_USER = auto()
    MUST_SIGN_IN = auto()
    SOMEBODY_ELSE = auto()


@dataclass(frozen=True)
class OpenedOffer:
    """An offer whose link still works, and who is reading it."""

    offer: Offer
    reader: Reader


@dataclass(frozen=True)
class Newcomer:
    """What an invited person says of himself."""

    name: str
    language: str
    password_hash: str


def open_offer(invitation_id: UUID, expires_at: datetime, *, reader: str | None) -> OpenedOffer | None:
    """The offer behind a link that still works, or None; ``reader`` is the address of who is signed in.

    Whether the invited address has an account is shown here, to the reader of that mailbox, and nowhere else.
    """
    invitation = db.session.scalar(select(Invitation).where(*_still_open(invitation_id, expires_at)))
    if invitation is None or not _inviter_still_may(invitation):
        return None
    if reader is not None:
        kind = Reader.INVITED_USER if reader == invitation.email else Reader.SOMEBODY_ELSE
    else:
        known = db.session.scalar(select(User.id).where(User.email == invitation.email))
        kind = Reader.NEWCOMER if known is None else Reader.MUST_SIGN_IN
    return OpenedOffer(describe_offer(invitation), kind)


def accept_as_newcomer(
    invitation_id: UUID, expires_at: datetime, newcomer: Newcomer
) -> UUID | InvitationProblem:
    """Make the account that was offered, and return its id; the link works once, even for two at once."""
    invitation = _take(invitation_id, expires_at)
    if invitation is None:
        return InvitationProblem.LINK_OVER
    user = User(
        email=invitation.email,
        password=newcomer.password_hash,
        name=newcomer.name,
        language=newcomer.language,
        time_zone=invitation.unit.time_zone,
    )
    db.session.add(user)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        return InvitationProblem.ACCOUNT_EXISTS
    return _settle(invitation, user)


def accept_as_user(invitation_id: UUID, expires_at: datetime, user_id: UUID) -> UUID | InvitationProblem:
    """Add the offered role to the account of whoever is signed in, when the offer was made to his address."""
    invitation = _take(invitation_id, expires_at)
    user = db.session.get_one(User, user_id)
    if invitation is None or user.email != invitation.email:
        db.session.rollback()
        return InvitationProblem.LINK_OVER
    return _settle(invitation, user)


def _take(invitation_id: UUID, expires_at: datetime) -> Invitation | None:
    """Claim an open invitation with one conditional UPDATE, so that of two who try, one succeeds."""
    claim = (
        update(Invitation)
        .where(*_still_open(invitation_id, expires_at))
        .values(accepted_at=now())
        .returning(Invitation.id)
    )
    taken = db.session.scalar(claim)
    invitation = db.session.get(Invitation, taken) if taken else None
    if invitation is None or not _inviter_still_may(invitation):
        db.session.rollback()
        return None
    return invitation


def _settle(invitation: Invitation, user: User) -> UUID | InvitationProblem:
    if invitation.employee_id and not _link_employee(invitation.employee_id, user.id):
        db.session.rollback()
        return InvitationProblem.EMPLOYEE_HAS_ACCOUNT
    if not any(
        grant.role == invitation.role and grant.unit_id == invitation.unit_id for grant in user.grants
    ):
        db.session.add(Grant(user_id=user.id, role=invitation.role, unit_id=invitation.unit_id))
    user_id = user.id
    db.session.commit()
    return user_id


def _link_employee(employee_id: UUID, user_id: UUID) -> bool:
    """Say that an employee is this user; False when either already belongs to somebody else."""
    owner = db.session.scalar(select(Employee.user_id).where(Employee.id == employee_id))
    other = select(Employee.id).where(Employee.user_id == user_id, Employee.id != employee_id)
    if owner not in (None, user_id) or db.session.scalar(other) is not None:
        return False
    db.session.execute(update(Employee).where(Employee.id == employee_id).values(user_id=user_id))
    return True


def _still_open(invitation_id: UUID, expires_at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Invitation.id == invitation_id,
        Invitation.expires_at == expires_at,
        Invitation.expires_at > now(),
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
    )


def _inviter_still_may(invitation: Invitation) -> bool:
    """Somebody whose role was taken away leaves no open doors behind; the command line invites as nobody."""
    if invitation.invited_by_id is None:
        return True
    inviter = db.session.get_one(User, invitation.invited_by_id)
    return inviter.active and load_reach(inviter.id).covers(Permission.MANAGE_USERS, invitation.unit)
