"""What belongs to printed reports: a company's look, the seal of a printout, and corrected answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mystery.clock import now
from mystery.database import Base, UtcDateTime


class CompanyLook(Base):
    """A company's logo and colour on its reports; without a row they are ours."""

    __tablename__ = "company_look"

    company_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    # Key of the prepared picture in the media store; empty without a logo.
    logo_key: Mapped[str] = mapped_column(String(120), default="")
    # "#0f5c63"; dark enough to be read on paper, checked when it is set.
    colour: Mapped[str] = mapped_column(String(7), default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))


class CompanyLookChange(Base):
    """One change of a company's look, as it was from then on: who set what, and when."""

    __tablename__ = "company_look_change"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    logo_key: Mapped[str] = mapped_column(String(120), default="")
    colour: Mapped[str] = mapped_column(String(7), default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))


class ReportSeal(Base):
    """The proof that a report was printed here: its stamp and score, and nothing about people.

    ``digest`` is the SHA-256 of the record embedded in the PDF, whose first letters are the printed stamp;
    ``shown_final`` is the score as page one prints it, in a language-free form such as "76.8", empty where
    nothing was scored.
    """

    __tablename__ = "report_seal"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    stamp: Mapped[str] = mapped_column(String(12), index=True)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    shown_final: Mapped[str] = mapped_column(String(20), default="")
    most: Mapped[str] = mapped_column(String(20), default="100")
    printed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class AnswerCorrection(Base):
    """An answer that was corrected after sending, with the reason; the answer as sent stays as evidence.

    Values are JSON as in ``answer.value``; NULL is no answer. ``number`` counts the corrections of the visit
    from 1, whatever question they are about; the last one of a question counts.
    """

    __tablename__ = "answer_correction"
    __table_args__ = (
        UniqueConstraint("visit_id", "question", "number"),
        CheckConstraint("occasion IN ('review', 'appeal')", name="occasion_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    question: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    occasion: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    corrected_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    corrected_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
