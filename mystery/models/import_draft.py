"""Import draft: the checked content of an uploaded directory file, waiting for its person to apply it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mystery.clock import now
from mystery.database import Base, UtcDateTime


class ImportDraft(Base):
    """The rows of one file as they were checked; they expire, and are emptied once applied.

    ``sheets`` is compressed JSON and ``content_hash`` its SHA-256, so that exactly what was shown is
    applied, by the person to whom it was shown.
    """

    __tablename__ = "import_draft"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    file_name: Mapped[str] = mapped_column(String(120))
    sheets: Mapped[bytes]
    content_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
