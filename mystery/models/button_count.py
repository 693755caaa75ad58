"""Button count: how often a shop's loyalty button was pressed in a month, of how many who could have."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mystery.clock import now
from mystery.database import Base, UtcDateTime
from mystery.models.unit import Unit


class ButtonCount(Base):
    """One shop and month; ``customers`` are its receipts, None where nobody counted them."""

    __tablename__ = "button_count"
    __table_args__ = (
        UniqueConstraint("unit_id", "month"),
        CheckConstraint("dissatisfied BETWEEN 0 AND presses", name="dissatisfied_pressed"),
        CheckConstraint("customers >= presses", name="customers_pressed"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    # The first day of the month.
    month: Mapped[date]
    presses: Mapped[int]
    dissatisfied: Mapped[int]
    customers: Mapped[int | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))

    unit: Mapped[Unit] = relationship()
