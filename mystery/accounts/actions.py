"""Actions on accounts: one's own profile, password and sessions; other people's roles and access."""

from __future__ import annotations

from enum import Enum, auto
from uuid import UUID

from sqlalchemy import delete, select, update

from mystery.access.permissions import Permission, Role
from mystery.access.scopes import NotYours, Reach, grants_in_reach, units_in_reach, users_in_reach
from mystery.accounts.administrators import is_last_administrator
from mystery.accounts.sessions import end_all_sessions
from mystery.clock import now
from mystery.database import db
from mystery.models import Employee, Grant, Unit, User, UserSession


class AccountProblem(Enum):
    """Why something cannot be done to an account; the page says it in words."""

    UNKNOWN_UNIT = auto()
    ALREADY_GRANTED = auto()
    NO_EMPLOYEE = auto()
    LAST_ADMINISTRATOR = auto()
    ONESELF = auto()
    ROLES_ELSEWHERE = auto()


def save_profile(user_id: UUID, *, name: str, language: str, time_zone: str) -> None:
    """Change how a person is called and in which language and time zone he reads."""
    user = db.session.get_one(User, user_id)
    user.name, user.language, user.time_zone = name, language, time_zone
    db.session.commit()


def change_password(user_id: UUID, password_hash: str) -> None:
    """Set a new password and end all sessions of the account; the caller begins a new one."""
    user = db.session.get_one(User, user_id)
    user.password = password_hash
    end_all_sessions(user)
    db.session.commit()


def end_session(user_id: UUID, session_id: UUID) -> None:
    """End one of a person's own sessions; raises NotYours when it is not his."""
    row = db.session.scalar(
        select(UserSession).where(UserSession.id == session_id, UserSession.user_id == user_id)
    )
    if row is None:
        raise NotYours(session_id)
    row.ended_at = row.ended_at or now()
    db.session.commit()


def end_other_sessions(user_id: UUID, kept: UUID | None) -> None:
    """End every session of a person but the one at hand."""
    db.session.execute(
        update(UserSession)
        .where(UserSession.user_id == user_id, UserSession.ended_at.is_(None), UserSession.id != kept)
        .values(ended_at=now())
    )
    db.session.commit()


def grant_role(reach: Reach, user_id: UUID, *, role: Role, unit_id: UUID | None) -> AccountProblem | None:
    """Give somebody in reach a role on a unit in reach; raises NotYours for a user out of reach."""
    user = _load_user(reach, user_id)
    unit = db.session.scalar(
        select(Unit).where(Unit.id == unit_id, units_in_reach(reach, Permission.MANAGE_USERS))
    )
    if unit is None:
        return AccountProblem.UNKNOWN_UNIT
    if any(grant.role == role.value and grant.unit_id == unit.id for grant in user.grants):
        return AccountProblem.ALREADY_GRANTED
    if role is Role.EMPLOYEE and not _is_employee(user, unit.company_id):
        return AccountProblem.NO_EMPLOYEE
    db.session.add(Grant(user_id=user.id, role=role.value, unit_id=unit.id))
    db.session.commit()
    return None


def withdraw_grant(reach: Reach, user_id: UUID, grant_id: UUID) -> AccountProblem | None:
    """Take a role away; raises NotYours when the grant is out of reach."""
    grant = db.session.scalar(
        select(Grant).where(Grant.id == grant_id, Grant.user_id == user_id, grants_in_reach(reach))
    )
    if grant is None:
        raise NotYours(grant_id)
    if is_last_administrator([grant]):
        return AccountProblem.LAST_ADMINISTRATOR
    db.session.execute(delete(Grant).where(Grant.id == grant.id))
    db.session.commit()
    return None


def switch_off(reach: Reach, user_id: UUID) -> AccountProblem | None:
    """Close an account to its owner at once, his roles and his work kept; raises NotYours.

    Only somebody who reaches all of the account's roles may: an account that also serves another
    company is not ours to close.
    """
    user = _load_user(reach, user_id)
    if user.id == reach.user_id:
        return AccountProblem.ONESELF
    if _holds_roles_elsewhere(reach, user):
        return AccountProblem.ROLES_ELSEWHERE
    if is_last_administrator(user.grants):
        return AccountProblem.LAST_ADMINISTRATOR
    user.active = False
    end_all_sessions(user)
    db.session.commit()
    return None


def switch_on(reach: Reach, user_id: UUID) -> AccountProblem | None:
    """Open an account again to its owner, with the password he had; raises NotYours."""
    user = _load_user(reach, user_id)
    if _holds_roles_elsewhere(reach, user):
        return AccountProblem.ROLES_ELSEWHERE
    user.active = True
    db.session.commit()
    return None


def _load_user(reach: Reach, user_id: UUID) -> User:
    user = db.session.scalar(select(User).where(User.id == user_id, users_in_reach(reach)))
    if user is None:
        raise NotYours(user_id)
    return user


def _holds_roles_elsewhere(reach: Reach, user: User) -> bool:
    elsewhere = select(Grant.id).where(Grant.user_id == user.id, ~grants_in_reach(reach)).limit(1)
    return db.session.scalar(elsewhere) is not None


def _is_employee(user: User, company_id: UUID) -> bool:
    found = select(Employee.id).where(Employee.user_id == user.id, Employee.company_id == company_id)
    return db.session.scalar(found) is not None
