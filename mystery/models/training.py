"""Training: what staff were taught, who took part and when, and who stayed out of it to compare with."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mystery.clock import now
from mystery.database import Base, UtcDateTime
from mystery.models.unit import Unit


class Training(Base):
    """One training of the staff of a unit and everything below it."""

    __tablename__ = "training"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))

    unit: Mapped[Unit] = relationship()
    people: Mapped[list[TrainingPlace]] = relationship(cascade="all, delete-orphan")


class TrainingPlace(Base):
    """One person's place: trained on a day, or without a day in the group to compare with."""

    __tablename__ = "training_place"

    training_id: Mapped[UUID] = mapped_column(ForeignKey("training.id"), primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"), primary_key=True, index=True)
    trained_on: Mapped[date | None]
