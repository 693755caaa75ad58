"""Visit flag: something about a visit that a reviewer has to look at and settle."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mystery.clock import now
from mystery.database import Base, UtcDateTime


class FlagKind(StrEnum):
    """Why a visit needs a reviewer."""

    INCOMPLETE = "incomplete"
    DIFFERS = "differs"
    SET_ASIDE = "set_aside"
    CLOCK = "clock"
    UNREADABLE_FILE = "unreadable_file"


class VisitFlag(Base):
    """One reason to look; open until somebody has settled it, and kept afterwards.

    ``detail`` is a JSON object of what the kind needs: a DraftCopy's content hash, seconds, an upload id.
    """

    __tablename__ = "visit_flag"
    # The same thing arriving again raises no second flag.
    __table_args__ = (UniqueConstraint("visit_id", "kind", "detail"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(Text, default="{}")
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    # What was decided: a word of the review desk, e.g. "accepted", "returned", "seen".
    decision: Mapped[str] = mapped_column(String(20), default="")
