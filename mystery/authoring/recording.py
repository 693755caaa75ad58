"""What auditors of a company may record beyond answers and photos: voice memos, and where they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach
from mystery.clock import now
from mystery.database import db
from mystery.models import CaptureSettings, Unit, User


class Recordable(StrEnum):
    """What can be switched on; the names are those of the columns of CaptureSettings."""

    VOICE_MEMOS = "voice_memos"
    POSITION_FIX = "position_fix"


@dataclass(frozen=True)
class RecordingCompany:
    """A company and what its auditors may record; the last change is None while nothing was ever switched."""

    id: UUID
    name: str
    allowed: Mapping[Recordable, bool]
    may_switch: bool
    changed_at: datetime | None
    changed_by: str | None


def list_recording_companies(reach: Reach) -> tuple[RecordingCompany, ...]:
    """The companies somewhere in which the person may read checklists, with what is recorded there."""
    rows = db.session.execute(
        select(Unit.id, Unit.name, CaptureSettings, User.name)
        .outerjoin(CaptureSettings, CaptureSettings.company_id == Unit.id)
        .outerjoin(User, User.id == CaptureSettings.changed_by_id)
        .where(Unit.id.in_(reach.companies(Permission.SEE_CHECKLISTS)))
        .order_by(Unit.name, Unit.id)
    )
    led = reach.whole_companies(Permission.PUBLISH_CHECKLISTS)
    return tuple(
        RecordingCompany(
            company_id,
            name,
            allowed={each: settings is not None and getattr(settings, each) for each in Recordable},
            may_switch=company_id in led,
            changed_at=settings.changed_at if settings is not None else None,
            changed_by=changed_by if company_id in led else None,
        )
        for company_id, name, settings, changed_by in rows
    )


def switch_recording(reach: Reach, company_id: UUID, what: Recordable, *, allowed: bool) -> None:
    """Allow auditors of a company to record something, or stop it; raises NotYours for another's company."""
    if company_id not in reach.whole_companies(Permission.PUBLISH_CHECKLISTS):
        raise NotYours
    # The company's row is held, so that two leads who switch at once do not both make the settings.
    db.session.execute(select(Unit.id).where(Unit.id == company_id).with_for_update())
    settings = db.session.get(CaptureSettings, company_id)
    if settings is None:
        settings = CaptureSettings(company_id=company_id)
        db.session.add(settings)
    setattr(settings, what, allowed)
    settings.changed_at, settings.changed_by_id = now(), reach.user_id
    db.session.commit()
