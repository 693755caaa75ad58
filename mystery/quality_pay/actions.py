"""Agreeing a formula of quality pay, opening what somebody is paid, and signing it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from sqlalchemy import func, select

from mystery.access.openings import Opened, record_opening
from mystery.access.scopes import NotYours, Reach
from mystery.database import allow_writing, db, stop_writing
from mystery.models import PayAgreement, SignedPay
from mystery.quality_pay.agreements import Agreement, find_agreement_for, find_first_free_day
from mystery.quality_pay.figures import PaidPerson, PayRoll, compute_roll
from mystery.quality_pay.queries import PayCompany, find_period_fault, list_checklists, load_company
from mystery.quality_pay.signatures import SignedSheet, find_standing, load_signed
from mystery.quality_pay.terms import AgreementDraft, PayPeriod, PeriodFault
from reports.lenses.pay_formula import PayProblem, find_formula_problems
from reports.lenses.pay_json import figures_to_json, formula_to_json


class AgreementFault(Enum):
    """What is wrong with a formula beside its numbers."""

    DAY_AHEAD = "day_ahead"
    DAY_TAKEN = "day_taken"
    UNKNOWN_SOURCE = "unknown_source"


@dataclass(frozen=True)
class OpenedPay:
    """What somebody is paid by the formula in force; ``digest`` names exactly this, for the signature."""

    company: PayCompany
    agreement: Agreement
    period: PayPeriod
    person: PaidPerson
    digest: str

    @property
    def is_over(self) -> bool:
        """Whether the period has ended: what is signed stands, and visits of its last days would be lost."""
        return self.period.until < self.company.today


def agree_formula(reach: Reach, draft: AgreementDraft) -> UUID | list[PayProblem] | AgreementFault:
    """Record a formula that was agreed on; the earlier ones stay. Raises NotYours for the company."""
    company = load_company(reach, draft.company_id)
    checklist = next((each for each in list_checklists(company.id) if each.id == draft.checklist_id), None)
    if checklist is None or any(each.id not in checklist.sources for each in draft.formula.components):
        return AgreementFault.UNKNOWN_SOURCE
    if draft.agreed_on > company.today:
        return AgreementFault.DAY_AHEAD
    first = find_first_free_day(company.id)
    if first is not None and draft.agreed_on < first:
        return AgreementFault.DAY_TAKEN
    if problems := find_formula_problems(draft.formula):
        return problems
    last = db.session.scalar(
        select(func.max(PayAgreement.number)).where(PayAgreement.company_id == company.id)
    )
    agreement = PayAgreement(
        company_id=company.id,
        checklist_id=checklist.id,
        number=(last or 0) + 1,
        agreed_on=draft.agreed_on,
        content=formula_to_json(draft.formula),
        recorded_by_id=reach.user_id,
    )
    db.session.add(agreement)
    db.session.flush()
    recorded = agreement.id
    db.session.commit()
    return recorded


def open_roll(reach: Reach, company: PayCompany, period: PayPeriod) -> PayRoll | PeriodFault:
    """Compute what everybody is paid for a period, and write down for each that this person looked."""
    agreement = find_agreement_for(company.id, period)
    fault = find_period_fault(company, agreement, period)
    if fault is not None or agreement is None:
        return fault or PeriodFault.NO_FORMULA
    roll = compute_roll(agreement, period)
    _record(reach, company, [person.employee_id for person in roll.people])
    return roll


def open_pay(reach: Reach, company: PayCompany, period: PayPeriod, employee_id: UUID) -> OpenedPay:
    """What one employee is paid for a period, line by line; raises NotYours where nothing can be paid."""
    opened = _compute(company, period, employee_id)
    _record(reach, company, [employee_id])
    return opened


def open_signed(reach: Reach, signed_id: UUID) -> SignedSheet:
    """Read a signed sheet and write down that this person did; raises NotYours."""
    allow_writing()
    signed = load_signed(reach, signed_id)
    opened = Opened(None, signed.company_id, signed.employee_id)
    record_opening(reach.user_id, "period_page", opened)
    db.session.commit()
    return signed


def sign_pay(
    reach: Reach, company: PayCompany, period: PayPeriod, employee_id: UUID, *, digest: str
) -> UUID | None:
    """Sign what was shown; None when it is no longer what it was, cannot be paid, or days of it are signed.

    None as well while the period is not over. Raises NotYours where nothing can be paid at all.
    """
    opened = _compute(company, period, employee_id)
    total = opened.person.sheet.total
    is_payable = total is not None and opened.is_over and find_standing(employee_id, period) is None
    if opened.digest != digest or not is_payable:
        return None
    signed = SignedPay(
        agreement_id=opened.agreement.id,
        employee_id=employee_id,
        since=period.since,
        until=period.until,
        figures=figures_to_json(opened.person.figures),
        total=total,
        signed_by_id=reach.user_id,
    )
    db.session.add(signed)
    db.session.flush()
    kept = signed.id
    db.session.commit()
    return kept


def _compute(company: PayCompany, period: PayPeriod, employee_id: UUID) -> OpenedPay:
    agreement = find_agreement_for(company.id, period)
    if agreement is None or find_period_fault(company, agreement, period):
        raise NotYours
    person = compute_roll(agreement, period).find(employee_id)
    if person is None:
        raise NotYours
    content = f"{agreement.id} {period.since} {period.until} {employee_id} {figures_to_json(person.figures)}"
    digest = hashlib.sha256(content.encode()).hexdigest()
    return OpenedPay(company, agreement, period, person, digest)


def _record(reach: Reach, company: PayCompany, employee_ids: list[UUID]) -> None:
    """Write the openings before anything is shown; the computing came first, so that it holds nobody up."""
    allow_writing()
    for employee_id in employee_ids:
        record_opening(reach.user_id, "period_page", Opened(None, company.id, employee_id))
        db.session.flush()
    db.session.commit()
    stop_writing()
