"""Upload: a photo or a voice memo on its way from a phone, piece by piece."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mystery.clock import now
from mystery.database import Base, UtcDateTime


class UploadState(StrEnum):
    """An upload is received in pieces, then kept as photo or recording; what is unreadable waits."""

    RECEIVING = "receiving"
    KEPT = "kept"
    UNREADABLE = "unreadable"
    REMOVED = "removed"


class Upload(Base):
    """A file that a phone sends under an id of its own; ``received`` bytes of ``byte_size`` are here.

    ``sha256`` is that of the bytes sent, checked when they are all here; ``original_sha256`` is what the
    phone says of the picture before it made it smaller. The row stays when the file is kept: it is how the
    phone learns, however often it asks, that the file has arrived whole.
    """

    __tablename__ = "upload"
    __table_args__ = (
        CheckConstraint("state IN ('receiving', 'kept', 'unreadable', 'removed')", name="state_known"),
        CheckConstraint("received BETWEEN 0 AND byte_size", name="received_within"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    question: Mapped[str] = mapped_column(String(40))
    media_type: Mapped[str] = mapped_column(String(40))
    byte_size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    original_sha256: Mapped[str] = mapped_column(String(64))
    received: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(20), default=UploadState.RECEIVING.value)
    # The photo or the recording that came of it; of an unreadable file the key in the media store.
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("photo.id", ondelete="SET NULL"))
    recording_id: Mapped[UUID | None] = mapped_column(ForeignKey("recording.id", ondelete="SET NULL"))
    storage_key: Mapped[str] = mapped_column(String(120), default="")
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
