"""The invitations of one's reach, as rows for pages, each in one of four states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select

from mystery.access.permissions import Permission, Role
from mystery.access.scopes import NotYours, Reach, units_in_reach
from mystery.clock import now
from mystery.database import db
from mystery.models import Invitation, Unit
from mystery.web.pagination import Page, read_page


class InvitationState(StrEnum):
    """Where an invitation stands."""

    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class InvitationRow:
    """One invitation; ``state`` is as of now."""

    id: UUID
    email: str
    name: str
    role: Role
    unit: str
    created_at: datetime
    expires_at: datetime
    state: InvitationState


def list_invitations(reach: Reach, number: int) -> Page[InvitationRow]:
    """The invitations to units in reach, the newest first."""
    page = read_page(
        _select()
        .where(units_in_reach(reach, Permission.MANAGE_USERS))
        .order_by(Invitation.created_at.desc()),
        number,
    )
    return Page([_to_row(row.Invitation, row.name) for row in page.rows], page.number, page.total, page.size)


def read_invitation(reach: Reach, invitation_id: UUID) -> InvitationRow:
    """One invitation; raises NotYours."""
    row = db.session.execute(
        _select().where(Invitation.id == invitation_id, units_in_reach(reach, Permission.MANAGE_USERS))
    ).one_or_none()
    if row is None:
        raise NotYours(invitation_id)
    return _to_row(row.Invitation, row.name)


def _select() -> Any:
    return select(Invitation, Unit.name).join(Unit)


def _to_row(invitation: Invitation, unit: str) -> InvitationRow:
    return InvitationRow(
        id=invitation.id,
        email=invitation.email,
        name=invitation.name,
        role=Role(invitation.role),
        unit=unit,
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
        state=_state_of(invitation),
    )


def _state_of(invitation: Invitation) -> InvitationState:
    if invitation.accepted_at is not None:
        return InvitationState.ACCEPTED
    if invitation.withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.OPEN if invitation.expires_at > now() else InvitationState.EXPIRED
