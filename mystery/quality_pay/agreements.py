"""The formulas of a company in the order in which they were agreed on, and which of them pays a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest
from uuid import UUID

from sqlalchemy import func, select

from mystery.database import db
from mystery.models import PayAgreement, SignedPay, User
from mystery.quality_pay.terms import PayPeriod
from reports.lenses.pay_json import formula_from_json
from reports.lenses.quality_pay import PayFormula

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Agreement:
    """A formula as agreed on."""

    id: UUID
    company_id: UUID
    number: int
    agreed_on: date
    checklist_id: UUID
    formula: PayFormula


@dataclass(frozen=True)
class AgreedFormula:
    """A line of a company's list of formulas: it pays periods that begin from ``agreed_on`` to ``until``.

    ``until`` is None for the formula in force; where it lies before ``agreed_on``, the formula was replaced
    on the very day and pays nothing.
    """

    agreement: Agreement
    until: date | None
    recorded_at: datetime
    recorded_by: str | None

    @property
    def is_replaced(self) -> bool:
        """Whether another formula was agreed on the same day and holds instead."""
        return self.until is not None and self.until < self.agreement.agreed_on


def list_agreements(company_id: UUID) -> list[AgreedFormula]:
    """The formulas of a company by the day they were agreed on, of one day as recorded; the latest first."""
    rows = db.session.execute(
        select(PayAgreement, User.name)
        .outerjoin(User, User.id == PayAgreement.recorded_by_id)
        .where(PayAgreement.company_id == company_id)
        .order_by(PayAgreement.agreed_on, PayAgreement.number)
    ).all()
    formulas = [
        AgreedFormula(
            read_agreement(found),
            following[0].agreed_on - ONE_DAY if following else None,
            found.recorded_at,
            recorder,
        )
        for (found, recorder), following in zip_longest(rows, rows[1:])
    ]
    return formulas[::-1]


def find_agreement(company_id: UUID) -> Agreement | None:
    """The formula in force: the one agreed on last, of one day the one recorded last."""
    return next((each.agreement for each in list_agreements(company_id)), None)


def find_agreement_for(company_id: UUID, period: PayPeriod) -> Agreement | None:
    """The formula that held on a period's first day, else the first of all, which came too late for it."""
    agreed = [each.agreement for each in list_agreements(company_id)]
    held = (each for each in agreed if each.agreed_on <= period.since)
    return next(held, agreed[-1] if agreed else None)


def find_first_free_day(company_id: UUID) -> date | None:
    """The first day that a further formula may have been agreed on; None where it may be any.

    A formula holds from its day on, so an earlier day would change by what a period is paid that has passed
    under the formula before, and perhaps been signed for some of its people.
    """
    agreed = select(func.max(PayAgreement.agreed_on)).where(PayAgreement.company_id == company_id)
    signed = select(func.max(SignedPay.since)).join(PayAgreement).where(PayAgreement.company_id == company_id)
    last, begun = db.session.scalar(agreed), db.session.scalar(signed)
    return max((day for day in (last, begun and begun + ONE_DAY) if day), default=None)


def read_agreement(found: PayAgreement) -> Agreement:
    """The formula as agreed on, read from its row."""
    return Agreement(
        found.id,
        found.company_id,
        found.number,
        found.agreed_on,
        found.checklist_id,
        formula_from_json(found.content),
    )
