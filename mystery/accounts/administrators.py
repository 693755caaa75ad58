"""Administrators: a company must never be left without one, or nobody could ever invite one again."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select

from mystery.access.permissions import Role
from mystery.database import db
from mystery.models import Grant, Unit, User


def is_last_administrator(grants: Iterable[Grant]) -> bool:
    """Whether without these grants some company would have no active administrator of the whole of it."""
    return any(
        not _count_others(grant)
        for grant in grants
        if grant.role == Role.ADMINISTRATOR.value and grant.unit.parent_id is None
    )


def _count_others(grant: Grant) -> int:
    _lock_company(grant.unit_id)
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Grant)
            .join(User)
            .where(
                Grant.role == Role.ADMINISTRATOR.value,
                Grant.unit_id == grant.unit_id,
                Grant.user_id != grant.user_id,
                User.active.is_(True),
                User.password.is_not(None),
            )
        )
        or 0
    )


def _lock_company(company_id: UUID) -> None:
    # Two administrators who withdraw each other at the same moment must take turns. SQLite has already
    # let only one of them in (BEGIN IMMEDIATE) and leaves FOR UPDATE out.
    db.session.execute(select(Unit.id).where(Unit.id == company_id).with_for_update())
