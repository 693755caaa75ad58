"""Sessions: each sign-in is a row on the server, and the signed cookie only names it.

So a session ends when its row does: by signing out, from the list on the account page, when the
password changes, after a time without use, and in any case after the longest time the settings allow.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import structlog
from flask import g, request, session
from flask_security import current_user, login_user
from sqlalchemy import Select, bindparam, delete, select, update
from sqlalchemy.exc import OperationalError

from mystery.accounts.devices import describe_device
from mystery.accounts.lifetimes import find_limits, read_lifetimes, sessions_alive
from mystery.clock import now
from mystery.database import allow_writing, db, stop_writing
from mystery.models import User, UserSession
from mystery.settings import current_settings
from mystery.web.headers import STATIC_ENDPOINTS

log = structlog.get_logger(__name__)

SESSION_KEY = "sign_in"
# Writing the last use on every request would make every page a write; minutes are exact enough.
USE_NOTED_EVERY = timedelta(minutes=5)


def sign_in(user_id: UUID) -> None:
    """Sign in somebody who has proved who he is in another way than by his password."""
    login_user(db.session.get_one(User, user_id))


def begin_session(_app: object, *, user: User, **_rest: object) -> None:
    """Open a row for somebody who has just proved who he is, and forget what the cookie held before.

    The identity of the session is new, so one that was planted before the sign-in opens nothing.
    """
    _end_row(current_session_id())
    _sweep_rows(user.id)
    row = UserSession(user_id=user.id, device=describe_device(request.user_agent.string))
    db.session.add(row)
    db.session.commit()
    identity = session["_user_id"]
    session.clear()
    session["_user_id"] = identity
    session[SESSION_KEY] = row.id.hex
    # Kept for as long as the row may live: phones close the browser between two visits.
    session.permanent = True


def load_user(uniquifier: str) -> User | None:
    """The active user whose session the cookie names, when its row is alive; one query."""
    session_id = current_session_id()
    if session_id is None:
        return None
    limits = find_limits(read_lifetimes(current_settings()), now())
    named = {"uniquifier": uniquifier, "session": session_id}
    found = db.session.execute(_select_signed_in(), named | limits).one_or_none()
    if found is None:
        return None
    g.session_last_seen = found.last_seen_at
    user: User = found.User
    return user


@cache
def _select_signed_in() -> Select[User, datetime]:
    """Every page asks this; made anew for each, it would take longer than its answer."""
    return (
        select(User, UserSession.last_seen_at)
        .join(UserSession, UserSession.user_id == User.id)
        .where(
            User.fs_uniquifier == bindparam("uniquifier"),
            User.active.is_(True),
            UserSession.id == bindparam("session"),
            sessions_alive(),
        )
    )


def note_use() -> None:
    """Write down that the session is in use, at most once in a few minutes; before the view begins.

    A page is never refused because this could not be written.
    """
    # Files of the package are asked for without looking at the session, so that caches may share them.
    if request.endpoint is None or request.endpoint in STATIC_ENDPOINTS:
        return
    session_id = current_session_id()
    if session_id is None:
        return
    if not current_user.is_authenticated:
        return
    seen, moment = _last_seen(), now()
    if seen is None or moment - seen < USE_NOTED_EVERY:
        return
    allow_writing()
    try:
        db.session.execute(
            update(UserSession)
            .where(UserSession.id == session_id, UserSession.last_seen_at <= seen)
            .values(last_seen_at=moment)
        )
        db.session.commit()
    except OperationalError as error:
        db.session.rollback()
        log.warning("the last use of a session was not noted", error=str(error.orig))
    finally:
        stop_writing()


def forget_session(_app: object, **_rest: Any) -> None:
    """End the row of somebody who signs out, and empty the cookie."""
    _end_row(current_session_id())
    db.session.commit()
    session.clear()


def end_all_sessions(user: User) -> None:
    """End every session of a user, and every reset link with them; commits nothing."""
    # The identity signed into cookies and reset links is another one from now on.
    user.fs_uniquifier = uuid4().hex
    db.session.execute(
        update(UserSession)
        .where(UserSession.user_id == user.id, UserSession.ended_at.is_(None))
        .values(ended_at=now())
    )


def current_session_id() -> UUID | None:
    """The row that this browser's cookie names, or None."""
    named = session.get(SESSION_KEY)
    return UUID(hex=named) if isinstance(named, str) else None


def _end_row(session_id: UUID | None) -> None:
    if session_id is not None:
        db.session.execute(
            update(UserSession)
            .where(UserSession.id == session_id, UserSession.ended_at.is_(None))
            .values(ended_at=now())
        )


def _sweep_rows(user_id: UUID) -> None:
    """Delete the rows of a user that are too old to open anything, so that the table stays small."""
    oldest = now() - timedelta(seconds=current_settings().session_absolute_seconds)
    db.session.execute(
        delete(UserSession).where(UserSession.user_id == user_id, UserSession.created_at < oldest)
    )


def _last_seen() -> datetime | None:
    seen: datetime | None = g.get("session_last_seen")
    return seen
