"""Access event: who opened whose report, appended for ever in a chain that shows any gap."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mystery.clock import now
from mystery.database import Base, UtcDateTime


class AccessEvent(Base):
    """One opening of an identifiable report.

    ``mac`` chains over the previous mac and ``content_digest``, not over the columns themselves, so
    that erasing a person's identity later leaves the chain intact.
    """

    __tablename__ = "access_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"), index=True)
    employee_id: Mapped[UUID | None] = mapped_column(ForeignKey("employee.id"), index=True)
    reader_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str] = mapped_column(String(20))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    content_digest: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64), unique=True)
