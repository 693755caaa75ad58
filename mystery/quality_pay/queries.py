"""The companies whose quality pay a person looks after, their formulas, and what may be paid by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from itertools import takewhile
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, false, or_, select

from checklists.localtext import LocalText
from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach
from mystery.clock import now
from mystery.database import db
from mystery.models import (
    ChecklistRecord,
    ChecklistVersion,
    Employee,
    Notice,
    PayAgreement,
    Purpose,
    SignedPay,
    Unit,
    User,
    parse_version,
)
from mystery.quality_pay.terms import PeriodFault, list_sources
from reports.lenses.pay_json import figures_from_json, formula_from_json
from reports.lenses.quality_pay import PayFormula, PaySheet, compute_pay


@dataclass(frozen=True)
class PayCompany:
    """A company; ``told_on`` is when staff were told that results count towards pay, None if never."""

    id: UUID
    name: str
    today: date
    told_on: date | None


@dataclass(frozen=True)
class PaidChecklist:
    """A checklist of a company, and what its newest version lets a component be paid by."""

    id: UUID
    title: LocalText
    sources: dict[str, LocalText]


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
class PayPeriod:
    """The days, both included, whose visits are paid by."""

    since: date
    until: date


@dataclass(frozen=True)
class OwnSheet:
    """A line of one's own list: what was signed for which period, in percent of the whole pay."""

    id: UUID
    period: PayPeriod
    total: Fraction


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


def list_companies(reach: Reach) -> list[PayCompany]:
    """The companies over the whole of which the person looks after quality pay, by name."""
    rows = db.session.execute(
        select(Unit.id, Unit.name, Unit.time_zone)
        .where(Unit.id.in_(reach.whole_companies(Permission.PAY_QUALITY)))
        .order_by(Unit.name, Unit.id)
    )
    return [
        PayCompany(company, name, now().astimezone(ZoneInfo(zone)).date(), _find_notice(company))
        for company, name, zone in rows
    ]


def load_company(reach: Reach, company_id: UUID | None) -> PayCompany:
    """One of these companies, the first without an id; raises NotYours."""
    for company in list_companies(reach):
        if company_id in (None, company.id):
            return company
    raise NotYours


def list_checklists(company_id: UUID) -> list[PaidChecklist]:
    """The checklists of a company in alphabetical order of their ids."""
    records = db.session.execute(
        select(ChecklistRecord.id, ChecklistVersion.content)
        .join(ChecklistVersion)
        .where(ChecklistRecord.company_id == company_id)
        .order_by(ChecklistRecord.slug, ChecklistVersion.number)
    )
    newest = {record: parse_version(content) for record, content in records}
    return [PaidChecklist(record, each.title, list_sources(each)) for record, each in newest.items()]


def find_agreement(company_id: UUID, on: date | None = None) -> Agreement | None:
    """The formula in force on a day: the last recorded of those agreed on by then; else the last of all."""
    agreed = select(PayAgreement).where(PayAgreement.company_id == company_id)
    if on is not None:
        agreed = agreed.where(PayAgreement.agreed_on <= on)
    found = db.session.scalar(agreed.order_by(PayAgreement.number.desc()).limit(1))
    return None if found is None else _read_agreement(found)


def find_agreement_for(company: PayCompany, period: PayPeriod) -> Agreement | None:
    """The formula by which a period is paid: that of its first day, else the last, which came too late."""
    return find_agreement(company.id, period.since) or find_agreement(company.id)


def find_period_fault(
    company: PayCompany, agreement: Agreement | None, period: PayPeriod
) -> PeriodFault | None:
    """Why nobody may be paid for a period: staff must have been told of it, and of the formula, before."""
    if company.told_on is None:
        return PeriodFault.NO_BONUS_NOTICE
    if agreement is None:
        return PeriodFault.NO_FORMULA
    if period.until < period.since:
        return PeriodFault.ENDS_BEFORE_IT_BEGINS
    if period.since < company.told_on:
        return PeriodFault.BEFORE_NOTICE
    return PeriodFault.BEFORE_AGREED if period.since < agreement.agreed_on else None


def find_signed(agreement: Agreement, period: PayPeriod) -> dict[UUID, UUID]:
    """Employee to what was signed by this formula for this very period."""
    rows = db.session.execute(
        select(SignedPay.employee_id, SignedPay.id).where(
            SignedPay.agreement_id == agreement.id,
            SignedPay.since == period.since,
            SignedPay.until == period.until,
        )
    )
    return {employee: signed for employee, signed in rows}


def list_own(reach: Reach) -> list[OwnSheet]:
    """What was signed about this person, the latest period first."""
    rows = db.session.execute(
        select(SignedPay.id, SignedPay.since, SignedPay.until, SignedPay.total)
        .join(Employee, Employee.id == SignedPay.employee_id)
        .where(_is_about(reach))
        .order_by(SignedPay.until.desc(), SignedPay.signed_at.desc())
    )
    return [OwnSheet(signed, PayPeriod(since, until), total) for signed, since, until, total in rows]


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
    agreement = _read_agreement(signed.agreement)
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


def _find_notice(company_id: UUID) -> date | None:
    """Since when staff know, without a break, that results may count towards pay."""
    notices = db.session.execute(
        select(Notice.given_on, Notice.purpose)
        .where(Notice.company_id == company_id)
        .order_by(Notice.given_on.desc(), Notice.recorded_at.desc())
    )
    unbroken = takewhile(lambda notice: notice.purpose == Purpose.BONUS, notices)
    return min((notice.given_on for notice in unbroken), default=None)


def _read_agreement(found: PayAgreement) -> Agreement:
    return Agreement(
        found.id,
        found.company_id,
        found.number,
        found.agreed_on,
        found.checklist_id,
        formula_from_json(found.content),
    )
