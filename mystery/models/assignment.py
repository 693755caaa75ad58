"""Assignment: one planned visit for one auditor."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mystery.clock import now
from mystery.database import Base, UtcDateTime
from mystery.models.employee import Employee
from mystery.models.programme import ChecklistVersion, ScenarioRecord
from mystery.models.unit import Unit
from mystery.models.user import User


class Assignment(Base):
    """A visit the lead asks an auditor for: what, where, of whom (optionally), and between which days."""

    __tablename__ = "assignment"
    __table_args__ = (CheckConstraint("window_end >= window_start", name="window_in_order"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("checklist_version.id"), index=True)
    scenario_id: Mapped[UUID | None] = mapped_column(ForeignKey("scenario.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    employee_id: Mapped[UUID | None] = mapped_column(ForeignKey("employee.id"), index=True)
    auditor_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    window_start: Mapped[date]
    window_end: Mapped[date]
    briefing: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    created_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    version: Mapped[ChecklistVersion] = relationship()
    scenario: Mapped[ScenarioRecord | None] = relationship()
    unit: Mapped[Unit] = relationship()
    employee: Mapped[Employee | None] = relationship()
    auditor: Mapped[User] = relationship(foreign_keys=[auditor_id])
