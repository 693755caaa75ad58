"""Quality pay: the formula agreed with staff, and what a person signed for an employee and a period."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mystery.clock import now
from mystery.database import Base, ExactFraction, UtcDateTime
from mystery.models.employee import Employee


class PayAgreement(Base):
    """A company's formula from the day it was agreed on; a new formula is a new row with the next number.

    ``content`` is the JSON of reports.lenses.pay_json; components are named after sections of the checklist.
    """

    __tablename__ = "pay_agreement"
    __table_args__ = (UniqueConstraint("company_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    checklist_id: Mapped[UUID] = mapped_column(ForeignKey("checklist.id"))
    number: Mapped[int]
    agreed_on: Mapped[date]
    content: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))


class SignedPay(Base):
    """The quality pay of one employee for one period as signed; its lines are computed from ``figures``."""

    __tablename__ = "signed_pay"
    __table_args__ = (
        UniqueConstraint("agreement_id", "employee_id", "since", "until"),
        CheckConstraint("until >= since", name="until_after_since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("pay_agreement.id"))
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"), index=True)
    since: Mapped[date]
    until: Mapped[date]
    figures: Mapped[str] = mapped_column(Text)
    # In percent of the whole pay.
    total: Mapped[Fraction] = mapped_column(ExactFraction)
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    signed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))

    agreement: Mapped[PayAgreement] = relationship()
    employee: Mapped[Employee] = relationship()


@event.listens_for(PayAgreement, "before_update")
def _refuse_new_terms(_mapper: object, _connection: object, agreement: PayAgreement) -> None:
    raise AssertionError(f"formula {agreement.number} was agreed on and may not change")
