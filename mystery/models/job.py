"""Job: work that outlives a request, written down in the transaction that asked for it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mystery.clock import now
from mystery.database import Base, UtcDateTime


class JobState(StrEnum):
    """A job waits, is worked on under a lease, and ends in one of three ways."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Base):
    """One piece of work; the row is the truth, a queue only carries the wake-up.

    ``subject`` is a JSON object of ids, never content. ``key`` names the effect, so that the same work is
    written down once. A worker owns a running row until ``lease_until``; then another may take it. A waiting
    row with such a moment is to be tried again then. ``attempts`` numbers the claims, so that a
    worker that comes too late changes nothing.
    ``done_count`` of ``total_count`` steps are finished; ``result`` is a JSON object of what came of it.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed', 'cancelled')", name="state_known"),
        CheckConstraint("done_count BETWEEN 0 AND total_count", name="done_within"),
        Index(None, "state", "lease_until"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(200), unique=True)
    subject: Mapped[str] = mapped_column(Text, default="{}")
    state: Mapped[str] = mapped_column(String(20), default=JobState.WAITING.value)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_count: Mapped[int] = mapped_column(default=0)
    total_count: Mapped[int] = mapped_column(default=0)
    result: Mapped[str] = mapped_column(Text, default="{}")
    # For people who look into a failure; never shown to whoever asked for the job.
    error: Mapped[str] = mapped_column(Text, default="")
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
