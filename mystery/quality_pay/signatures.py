"""What was signed: of whom, for which days, and computed again from the figures kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach
from mystery.database import db
from mystery.models import Employee, SignedPay, User
from mystery.quality_pay.agreements import Agreement, read_agreement
from mystery.quality_pay.terms import PayPeriod
from reports.lenses.pay_json import figures_from_json
from reports.lenses.quality_pay import PaySheet, compute_pay


@dataclass(frozen=True)
class SheetLine:
    """A signed sheet in a list: for which period, and what was signed, in percent of the whole pay."""

    id: UUID
    period: PayPeriod
    total: Fraction


@dataclass(frozen=True)
class SignedPeriod:
    """A period for which sheets were signed, and how many."""

    period: PayPeriod
    sheets: int


@dataclass(frozen=True)
class SignedSheet:
    """What was signed, computed again from the figures kept, and whether that still gives the total."""

    id: UUID
    employee_id: UUID
    name: str
    company_id: UUID
    period: PayPeriod
    agreement: Agreement
    sheet: PaySheet
    signed_at: datetime
    signed_by: str | None
    adds_up: bool


def list_signed_periods(company_id: UUID) -> list[SignedPeriod]:
    """The periods for which sheets of a company were signed, the latest first."""
    rows = db.session.execute(
        select(SignedPay.since, SignedPay.until, func.count())
        .join(Employee, Employee.id == SignedPay.employee_id)
        .where(Employee.company_id == company_id)
        .group_by(SignedPay.since, SignedPay.until)
        .order_by(SignedPay.until.desc(), SignedPay.since.desc())
    )
    return [SignedPeriod(PayPeriod(since, until), sheets) for since, until, sheets in rows]


def find_signed(company_id: UUID, period: PayPeriod) -> dict[UUID, SheetLine]:
    """Employee to the signed sheet that pays for days of a period, by whichever formula."""
    of_company = Employee.company_id == company_id
    return {employee: sheet for employee, sheet in _list_sheets(of_company, _shares_days(period))}


def find_standing(employee_id: UUID, period: PayPeriod) -> SheetLine | None:
    """The signed sheet that pays this employee for days of a period already.

    The employee is locked until the transaction ends: of two signatures at one moment the second sees the
    first.
    """
    db.session.execute(select(Employee.id).where(Employee.id == employee_id).with_for_update())
    sheets = _list_sheets(Employee.id == employee_id, _shares_days(period))
    return next((sheet for _employee, sheet in sheets), None)


def list_own(reach: Reach) -> list[SheetLine]:
    """What was signed about this person, the latest period first."""
    return [sheet for _employee, sheet in _list_sheets(_is_about(reach))][::-1]


def load_signed(reach: Reach, signed_id: UUID) -> SignedSheet:
    """What was signed, in this person's companies or about this person; raises NotYours for anything else."""
    row = db.session.execute(
        select(SignedPay, User.name)
        .join(Employee, Employee.id == SignedPay.employee_id)
        .outerjoin(User, User.id == SignedPay.signed_by_id)
        .where(
            SignedPay.id == signed_id,
            or_(
                Employee.company_id.in_(reach.whole_companies(Permission.PAY_QUALITY)),
                _is_about(reach),
            ),
        )
    ).one_or_none()
    if row is None:
        raise NotYours
    signed, signer = row
    agreement = read_agreement(signed.agreement)
    sheet = compute_pay(agreement.formula, figures_from_json(signed.figures))
    return SignedSheet(
        signed.id,
        signed.employee_id,
        signed.employee.name,
        agreement.company_id,
        PayPeriod(signed.since, signed.until),
        agreement,
        sheet,
        signed.signed_at,
        signer,
        adds_up=sheet.total == signed.total,
    )


def _is_about(reach: Reach) -> ColumnElement[bool]:
    """The condition on Employee that it is this very person, who may see what is about himself."""
    return Employee.user_id == reach.user_id if reach.may(Permission.SEE_OWN_VISITS) else false()


def _shares_days(period: PayPeriod) -> ColumnElement[bool]:
    """The condition on SignedPay that it pays for a day of a period."""
    return and_(SignedPay.since <= period.until, SignedPay.until >= period.since)


def _list_sheets(*conditions: ColumnElement[bool]) -> list[tuple[UUID, SheetLine]]:
    """Employee and signed sheet, the earliest period first."""
    rows = db.session.execute(
        select(SignedPay.employee_id, SignedPay.id, SignedPay.since, SignedPay.until, SignedPay.total)
        .join(Employee, Employee.id == SignedPay.employee_id)
        .where(*conditions)
        .order_by(SignedPay.until, SignedPay.signed_at)
    )
    return [
        (employee, SheetLine(signed, PayPeriod(since, until), total))
        for employee, signed, since, until, total in rows
    ]
