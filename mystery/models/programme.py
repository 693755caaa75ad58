"""A company's programme: the notice given to staff, checklists, their frozen versions, scenarios."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from checklists.definition import Checklist
from checklists.loading import checklist_from_json
from mystery.clock import now
from mystery.database import Base, UtcDateTime


class Purpose(StrEnum):
    """What the results may be used for; printed in every report."""

    TRAINING = "training"
    BONUS = "bonus"


class Notice(Base):
    """The record that staff were told about the programme: when, in what words, for what purpose."""

    __tablename__ = "notice"
    __table_args__ = (CheckConstraint("purpose IN ('training', 'bonus')", name="purpose_known"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    given_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(String(20))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))


class CaptureSettings(Base):
    """What auditors of a company may record beyond answers and photos; without a row nothing more."""

    __tablename__ = "capture_settings"

    company_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    voice_memos: Mapped[bool] = mapped_column(default=False)
    position_fix: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))


class ChecklistRecord(Base):
    """A checklist of a company under its stable id; what it asks is in its versions."""

    __tablename__ = "checklist"
    __table_args__ = (UniqueConstraint("company_id", "slug"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    slug: Mapped[str] = mapped_column(String(40))

    versions: Mapped[list[ChecklistVersion]] = relationship(
        back_populates="checklist", order_by="ChecklistVersion.number"
    )


class ChecklistVersion(Base):
    """A published, frozen questionnaire: canonical JSON and its SHA-256; it never changes again."""

    __tablename__ = "checklist_version"
    __table_args__ = (
        UniqueConstraint("checklist_id", "number"),
        UniqueConstraint("checklist_id", "content_hash"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    checklist_id: Mapped[UUID] = mapped_column(ForeignKey("checklist.id"))
    number: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)
    title_ru: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    published_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))

    checklist: Mapped[ChecklistRecord] = relationship(back_populates="versions")


class ScenarioRecord(Base):
    """A legend a company plays; ``content`` is the JSON of checklists.scenarios.Scenario."""

    __tablename__ = "scenario"
    __table_args__ = (UniqueConstraint("company_id", "slug"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    slug: Mapped[str] = mapped_column(String(40))
    title_ru: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300))
    content: Mapped[str] = mapped_column(Text)


@lru_cache(maxsize=64)
def parse_version(content: str) -> Checklist:
    """The checklist in a version's ``content``; parsed once a process, since it never changes."""
    return checklist_from_json(content)


@event.listens_for(ChecklistVersion, "before_update")
def _refuse_change(_mapper: object, _connection: object, version: ChecklistVersion) -> None:
    raise AssertionError(f"published version {version.number} of a checklist may not change")
