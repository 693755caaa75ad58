"""Visit: one filled checklist; a draft until it is sent, then evidence with a frozen score."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mystery.clock import now
from mystery.database import Base, ExactFraction, UtcDateTime
from mystery.models.assignment import Assignment
from mystery.models.employee import Employee
from mystery.models.printout import AnswerCorrection
from mystery.models.programme import ChecklistVersion
from mystery.models.unit import Unit


class VisitState(StrEnum):
    """A draft belongs to its auditor alone; a submitted visit is seen by those in whose scope it lies.

    A visit is held when it arrived from a phone with something still to be mended: it is kept exactly as
    sent, has no score yet, and waits for a reviewer, who takes it as it is or returns it to the auditor.
    A visit is set aside when its assignment already had a submitted visit as it arrived: it is complete
    and kept, but counts nowhere until a person decides.
    """

    DRAFT = "draft"
    HELD = "held"
    SUBMITTED = "submitted"
    SET_ASIDE = "set_aside"


class Visit(Base):
    """One contact with one employee (or a unit), answered on one checklist version.

    Percents are 0-100 and doubles, for sums in SQL; the exact score is in ``base``, ``final`` and
    ``coverage`` as fractions. All score columns are NULL in a draft and in a held visit, and base and final
    also in a visit in which nothing could be scored. Where an answer was corrected, the score, the sections
    and the answers are those that count now; those as sent follow from ``raw_answers``, which stays.
    """

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'held', 'submitted', 'set_aside')", name="state_known"),
        CheckConstraint("(state = 'draft') = (submitted_at IS NULL)", name="submitted_has_moment"),
        CheckConstraint("(state = 'draft') = (raw_answers IS NULL)", name="submitted_has_answers"),
        CheckConstraint("state IN ('draft', 'held') OR visited_on IS NOT NULL", name="submitted_has_day"),
        # One assignment yields one submitted visit, however many phones and tabs send at once.
        Index(
            "uq_visit_assignment_id_submitted",
            "assignment_id",
            unique=True,
            sqlite_where=text("state = 'submitted'"),
            postgresql_where=text("state = 'submitted'"),
        ),
        # An auditor has one draft of an assignment, on whatever devices it was opened.
        Index(
            "uq_visit_assignment_id_auditor_id_draft",
            "assignment_id",
            "auditor_id",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
        Index(None, "unit_id", "visited_on"),
        Index(None, "employee_id", "visited_on"),
        # Lists are counted and narrowed from this index alone; the rows are wide, with all answers in them.
        Index(
            "ix_visit_list",
            "state",
            "visited_on",
            "unit_id",
            "employee_id",
            "passed",
            "knocked_out",
            "final_percent",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("checklist_version.id"), index=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    employee_id: Mapped[UUID | None] = mapped_column(ForeignKey("employee.id"))
    # What the badge said, where the auditor could not name the person from the list.
    employee_note: Mapped[str] = mapped_column(String(200), default="")
    auditor_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default=VisitState.DRAFT.value)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    visited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The same moment as a calendar day in the unit's time zone: what lists and periods go by.
    visited_on: Mapped[date | None]
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The draft as last saved, JSON in the answers-file format; the revision grows with every save.
    draft: Mapped[str] = mapped_column(Text, default="{}")
    draft_revision: Mapped[int] = mapped_column(default=0)
    # The answers exactly as they were sent: evidence, never rewritten.
    raw_answers: Mapped[str | None] = mapped_column(Text)
    # Where the visit was sent again with other content, and a reviewer lets that count: that content, as a
    # DraftCopy has it too. NULL wherever ``raw_answers`` count.
    chosen_answers: Mapped[str | None] = mapped_column(Text)
    # By how many seconds the phone's clock was ahead of ours when it sent; NULL where no phone said its time.
    clock_skew_seconds: Mapped[int | None]
    # Why a reviewer gave the visit back to its auditor; empty unless it was.
    returned_reason: Mapped[str] = mapped_column(Text, default="")

    base: Mapped[Fraction | None] = mapped_column(ExactFraction)
    final: Mapped[Fraction | None] = mapped_column(ExactFraction)
    coverage: Mapped[Fraction | None] = mapped_column(ExactFraction)
    base_percent: Mapped[float | None]
    final_percent: Mapped[float | None]
    coverage_percent: Mapped[float | None]
    passed: Mapped[bool | None]
    band: Mapped[str | None] = mapped_column(String(40))
    knocked_out: Mapped[bool | None]

    assignment: Mapped[Assignment] = relationship()
    version: Mapped[ChecklistVersion] = relationship()
    unit: Mapped[Unit] = relationship()
    employee: Mapped[Employee | None] = relationship()
    sections: Mapped[list[VisitSection]] = relationship(order_by="VisitSection.position")
    answers: Mapped[list[Answer]] = relationship(order_by="Answer.position")
    photos: Mapped[list[Photo]] = relationship(order_by="Photo.created_at")
    # Oldest first; the last one of a question counts.
    corrections: Mapped[list[AnswerCorrection]] = relationship(
        order_by=AnswerCorrection.number, viewonly=True
    )

    @property
    def counted_answers(self) -> str:
        """The raw answers from which the score is made: those sent first, unless others were chosen."""
        return self.chosen_answers or self.raw_answers or "{}"


class VisitSection(Base):
    """The points of one section of a submitted visit; ``percent`` is None when nothing was assessed."""

    __tablename__ = "visit_section"

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    section: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    earned: Mapped[Fraction] = mapped_column(ExactFraction)
    possible: Mapped[Fraction] = mapped_column(ExactFraction)
    percent: Mapped[float | None]


class Answer(Base):
    """One answer of a submitted visit, for analysis; ``share`` is SC-01's value, 0 to 1.

    Every question of the version has a row. ``value`` is JSON as in an answers file ('"yes"', '240',
    '["a","b"]', '"n/a"'), NULL where there is no answer or its question was hidden; ``state`` is that of
    checklists.scorecard.QuestionScore.
    """

    __tablename__ = "answer"
    __table_args__ = (
        Index(None, "standard_code", "standard_revision"),
        # A comparison of staff reads what was not kept in full from this index alone.
        Index(
            "ix_answer_lost",
            "visit_id",
            "question",
            "state",
            "share",
            "standard_code",
            sqlite_where=text("share IS NULL OR share < 1"),
            postgresql_where=text("share IS NULL OR share < 1"),
        ),
    )

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    value: Mapped[str | None] = mapped_column(Text)
    share: Mapped[float | None]
    earned: Mapped[Fraction] = mapped_column(ExactFraction)
    possible: Mapped[Fraction] = mapped_column(ExactFraction)
    knocked_out: Mapped[bool] = mapped_column(default=False)
    standard_code: Mapped[str | None] = mapped_column(String(20))
    standard_revision: Mapped[int | None]
    comment: Mapped[str] = mapped_column(Text, default="")
    # Minutes from the event to its answer on the phone; NULL where the phone recorded no moments.
    recall_minutes: Mapped[int | None]


class Photo(Base):
    """A photo of a visit: the prepared picture's key in the media store and the original's hash."""

    __tablename__ = "photo"
    # The same picture sent twice to the same question is one photo.
    __table_args__ = (UniqueConstraint("visit_id", "question", "original_sha256"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    question: Mapped[str] = mapped_column(String(40))
    original_sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(120))
    width: Mapped[int]
    height: Mapped[int]
    byte_size: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class DraftCopy(Base):
    """What somebody entered and could not be taken over: kept, so that a clash of pages loses nothing.

    ``revision`` is the draft revision its page was opened with, None when it came after the visit was sent.
    """

    __tablename__ = "draft_copy"
    __table_args__ = (UniqueConstraint("visit_id", "content_hash"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    content: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int | None]
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Recording(Base):
    """A voice memo of a visit: the sound as the phone recorded it, for the reviewer's ears only."""

    __tablename__ = "recording"
    __table_args__ = (UniqueConstraint("visit_id", "question", "sha256"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    # Empty where the memo belongs to the visit and to no question.
    question: Mapped[str] = mapped_column(String(40), default="")
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(40))
    byte_size: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
