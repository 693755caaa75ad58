"""How long a session lives: shorter at a desk, longer on the phone of somebody who can only capture.

An auditor opens the application between two shops, sometimes days apart, and sees nothing but the visits
that were given to him. Whoever holds any other role sees other people's results, so his session ends the
same day, whatever device he uses. A role given or withdrawn counts at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select

from mystery.access.permissions import PERMISSIONS, Permission
from mystery.database import db
from mystery.models import Grant, UserSession
from mystery.settings import Settings

CAPTURING_ROLES = tuple(
    role.value for role, permissions in PERMISSIONS.items() if permissions == {Permission.CAPTURE_VISITS}
)


@dataclass(frozen=True)
class Lifetimes:
    """How long a session may be idle, idle for who can only capture, and old."""

    idle: timedelta
    idle_capturing: timedelta
    absolute: timedelta


def read_lifetimes(settings: Settings) -> Lifetimes:
    """The lifetimes that the settings give."""
    return Lifetimes(
        idle=timedelta(seconds=settings.session_idle_seconds),
        idle_capturing=timedelta(seconds=settings.session_idle_seconds_capturing),
        absolute=timedelta(seconds=settings.session_absolute_seconds),
    )


def sessions_alive() -> ColumnElement[bool]:
    """The condition on UserSession that it still opens pages; the values of `find_limits` go with it.

    It names no moment itself, so that a statement with it is made ready once and not for every page.
    """
    seen = UserSession.last_seen_at
    return and_(
        UserSession.ended_at.is_(None),
        UserSession.created_at > bindparam("created_after"),
        or_(
            seen > bindparam("seen_after"),
            and_(seen > bindparam("seen_capturing_after"), *_captures_only()),
        ),
    )


def find_limits(lifetimes: Lifetimes, moment: datetime) -> dict[str, datetime]:
    """After what a session alive at ``moment`` was begun and seen, by the names in `sessions_alive`."""
    return {
        "created_after": moment - lifetimes.absolute,
        "seen_after": moment - lifetimes.idle,
        "seen_capturing_after": moment - lifetimes.idle_capturing,
    }


def read_idle_limit(user_id: UUID, lifetimes: Lifetimes) -> timedelta:
    """After how long without use a session of this user ends."""
    longer = db.session.scalar(
        select(UserSession.id).where(UserSession.user_id == user_id, *_captures_only()).limit(1)
    )
    return lifetimes.idle if longer is None else max(lifetimes.idle, lifetimes.idle_capturing)


def _captures_only() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    # Somebody without any role is not an auditor either.
    theirs = Grant.user_id == UserSession.user_id
    return (
        exists().where(theirs, Grant.role.in_(CAPTURING_ROLES)),
        ~exists().where(theirs, Grant.role.not_in(CAPTURING_ROLES)),
    )
