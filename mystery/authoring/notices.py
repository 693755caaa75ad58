"""The notices that were given to staff, company by company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from mystery.access.permissions import Permission
from mystery.access.scopes import Reach
from mystery.database import db
from mystery.models import Notice, Unit, User


@dataclass(frozen=True)
class NoticeRow:
    """One record; ``in_force`` marks the latest, whose purpose is printed in reports."""

    given_on: date
    text: str
    purpose: str
    recorded_at: datetime
    recorded_by: str | None
    in_force: bool


@dataclass(frozen=True)
class NoticedCompany:
    """A company and its notices, the latest first."""

    id: UUID
    name: str
    notices: tuple[NoticeRow, ...]


def list_noticed_companies(reach: Reach) -> tuple[NoticedCompany, ...]:
    """The companies somewhere in which the person may read checklists, with their notices."""
    companies = db.session.execute(
        select(Unit.id, Unit.name)
        .where(Unit.id.in_(reach.companies(Permission.SEE_CHECKLISTS)))
        .order_by(Unit.name, Unit.id)
    ).all()
    return tuple(NoticedCompany(company, name, _list_notices(company)) for company, name in companies)


def _list_notices(company_id: UUID) -> tuple[NoticeRow, ...]:
    rows = db.session.execute(
        select(Notice, User.name)
        .outerjoin(User, Notice.recorded_by_id == User.id)
        .where(Notice.company_id == company_id)
        .order_by(Notice.given_on.desc(), Notice.recorded_at.desc())
    ).all()
    return tuple(
        NoticeRow(notice.given_on, notice.text, notice.purpose, notice.recorded_at, recorder, position == 0)
        for position, (notice, recorder) in enumerate(rows)
    )
