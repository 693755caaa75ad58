"""What the pages of accounts show: plain rows, narrowed to whom and what this person reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from mystery.access.permissions import Permission, Role
from mystery.access.scopes import (
    NotYours,
    Reach,
    employees_in_reach,
    grants_in_reach,
    units_in_reach,
    users_in_reach,
)
from mystery.accounts.lifetimes import Lifetimes, find_limits, sessions_alive
from mystery.clock import now
from mystery.database import db
from mystery.models import Employee, Grant, Placement, Unit, User, UserSession
from mystery.web.pagination import Page, read_page

MOST_EMPLOYEES_LISTED = 1000


@dataclass(frozen=True)
class SessionRow:
    """One sign-in that is still alive."""

    id: UUID
    device: str
    created_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True)
class GrantRow:
    """One role on one unit."""

    id: UUID
    role: Role
    unit: str


@dataclass(frozen=True)
class PersonRow:
    """Somebody who holds a role in reach; ``grants`` are only those in reach."""

    id: UUID
    name: str
    email: str
    active: bool
    grants: tuple[GrantRow, ...]


@dataclass(frozen=True)
class PeopleFilter:
    """Which people to list; None means all."""

    words: str = ""
    role: Role | None = None
    active: bool | None = None


def list_sessions(user_id: UUID, lifetimes: Lifetimes) -> list[SessionRow]:
    """The sessions of a person that are alive, the last used first."""
    rows = db.session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user_id, sessions_alive())
        .order_by(UserSession.last_seen_at.desc()),
        find_limits(lifetimes, now()),
    )
    return [SessionRow(row.id, row.device, row.created_at, row.last_seen_at) for row in rows]


def list_people(reach: Reach, wanted: PeopleFilter, number: int) -> Page[PersonRow]:
    """The people with a role in reach, by name."""
    statement = (
        select(User.id, User.name, User.email, User.active)
        .where(users_in_reach(reach), *_narrow(reach, wanted))
        .order_by(func.lower(User.name), User.id)
    )
    page = read_page(statement, number)
    grants = _read_grants(reach, [row.id for row in page.rows])
    people = [_to_person(row, grants) for row in page.rows]
    return Page(people, page.number, page.total, page.size)


def read_person(reach: Reach, user_id: UUID) -> PersonRow:
    """One person with his roles in reach; raises NotYours."""
    row = db.session.execute(
        select(User.id, User.name, User.email, User.active).where(User.id == user_id, users_in_reach(reach))
    ).one_or_none()
    if row is None:
        raise NotYours(user_id)
    return _to_person(row, _read_grants(reach, [user_id]))


def holds_role(reach: Reach, user_id: UUID) -> bool:
    """Whether a person still holds a role in reach."""
    return db.session.scalar(select(User.id).where(User.id == user_id, users_in_reach(reach))) is not None


def list_units(reach: Reach) -> list[tuple[UUID, str]]:
    """The units on which this person may grant roles, each with the name of the unit above it."""
    parent = select(Unit.id, Unit.name).subquery()
    rows = db.session.execute(
        select(Unit.id, Unit.name, parent.c.name)
        .join(parent, parent.c.id == Unit.parent_id, isouter=True)
        .where(units_in_reach(reach, Permission.MANAGE_USERS))
        .order_by(func.length(Unit.path), parent.c.name, Unit.name)
    )
    return [(unit_id, f"{name} ({above})" if above else name) for unit_id, name, above in rows]


def list_employees_without_account(reach: Reach, *, chosen: UUID | None = None) -> list[tuple[UUID, str]]:
    """Employees who may be invited to see the visits about themselves, ``chosen`` among them."""
    statement = (
        select(Employee.id, Employee.name, func.min(Unit.name))
        .join(Placement, and_(Placement.employee_id == Employee.id, Placement.until.is_(None)), isouter=True)
        .join(Unit, Unit.id == Placement.unit_id, isouter=True)
        .where(
            employees_in_reach(reach, Permission.MANAGE_USERS),
            Employee.user_id.is_(None),
            or_(Employee.left_on.is_(None), Employee.left_on >= now().date()),
        )
        .group_by(Employee.id, Employee.name)
        .order_by(Employee.id != chosen, func.lower(Employee.name))
        .limit(MOST_EMPLOYEES_LISTED)
    )
    rows = db.session.execute(statement)
    return [(employee_id, f"{name} ({unit})" if unit else name) for employee_id, name, unit in rows]


def _narrow(reach: Reach, wanted: PeopleFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for word in wanted.words.lower().split():
        conditions.append(
            or_(
                func.lower(User.name).contains(word, autoescape=True),
                User.email.contains(word, autoescape=True),
            )
        )
    if wanted.role is not None:
        holders: Select[Any] = select(Grant.user_id).where(
            Grant.role == wanted.role.value, grants_in_reach(reach)
        )
        conditions.append(User.id.in_(holders))
    if wanted.active is not None:
        conditions.append(User.active.is_(wanted.active))
    return conditions


def _read_grants(reach: Reach, user_ids: list[UUID]) -> dict[UUID, list[GrantRow]]:
    rows = db.session.execute(
        select(Grant.user_id, Grant.id, Grant.role, Unit.name)
        .join(Unit)
        .where(Grant.user_id.in_(user_ids), grants_in_reach(reach))
        .order_by(func.length(Unit.path), Unit.name, Grant.role)
    )
    grants: dict[UUID, list[GrantRow]] = {}
    for user_id, grant_id, role, unit in rows:
        grants.setdefault(user_id, []).append(GrantRow(grant_id, Role(role), unit))
    return grants


def _to_person(row: Any, grants: dict[UUID, list[GrantRow]]) -> PersonRow:
    return PersonRow(row.id, row.name, row.email, row.active, tuple(grants.get(row.id, ())))
