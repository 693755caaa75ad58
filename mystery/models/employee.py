"""Employee: the person whose service is assessed, and the placements that keep the history of moves."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mystery.database import Base
from mystery.models.unit import Unit


class Employee(Base):
    """A member of a company's staff; a sign-in is optional (``user_id``)."""

    __tablename__ = "employee"
    __table_args__ = (
        UniqueConstraint("company_id", "code"),
        UniqueConstraint("user_id"),
        CheckConstraint("left_on IS NULL OR left_on >= hired_on", name="left_after_hired"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    code: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    hired_on: Mapped[date]
    left_on: Mapped[date | None]

    placements: Mapped[list[Placement]] = relationship(
        back_populates="employee", order_by="Placement.since", cascade="all, delete-orphan"
    )

    def placement_on(self, day: date) -> Placement | None:
        """Where the employee worked on ``day``, or None."""
        for placement in self.placements:
            if placement.since <= day and (placement.until is None or day <= placement.until):
                return placement
        return None


class Placement(Base):
    """A stretch of time in one unit and position; ``until`` is the last day, None while it lasts."""

    __tablename__ = "placement"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"), index=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    position: Mapped[str] = mapped_column(String(120), default="")
    since: Mapped[date]
    until: Mapped[date | None]

    employee: Mapped[Employee] = relationship(back_populates="placements")
    unit: Mapped[Unit] = relationship()
