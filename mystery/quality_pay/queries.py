"""The companies whose quality pay a person looks after, their checklists, and what may be paid by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from checklists.localtext import LocalText
from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach
from mystery.clock import now
from mystery.database import db
from mystery.models import (
    ChecklistRecord,
    ChecklistVersion,
    Notice,
    Purpose,
    Unit,
    Visit,
    parse_version,
)
from mystery.quality_pay.agreements import Agreement, list_agreements
from mystery.quality_pay.signatures import list_signed_periods
from mystery.quality_pay.terms import PayPeriod, PeriodFault, find_last_half_year, list_sources


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


def read_days(visits: Iterable[UUID]) -> dict[str, date]:
    """The day of each of these visits that is here, the earliest first."""
    rows = db.session.execute(
        select(Visit.id, Visit.visited_on).where(Visit.id.in_(visits)).order_by(Visit.visited_on, Visit.id)
    )
    return {str(visit): day for visit, day in rows if day is not None}


def find_usual_period(company: PayCompany) -> PayPeriod:
    """What a company pays for when nobody has said: the half-year that is over, from when it may be paid for.

    Where sheets were signed for days of that half-year, it is the period that was signed last.
    """
    usual = find_last_half_year(company.today)
    signed = next((each.period for each in list_signed_periods(company.id)), None)
    if signed is not None and signed.until >= usual.since:
        return signed
    agreed = [each.agreement.agreed_on for each in list_agreements(company.id)]
    since = max(day for day in (usual.since, company.told_on, min(agreed, default=None)) if day)
    return PayPeriod(since, usual.until if since <= usual.until else company.today)


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


def _find_notice(company_id: UUID) -> date | None:
    """Since when staff know, without a break, that results may count towards pay."""
    notices = db.session.execute(
        select(Notice.given_on, Notice.purpose)
        .where(Notice.company_id == company_id)
        .order_by(Notice.given_on.desc(), Notice.recorded_at.desc())
    )
    unbroken = takewhile(lambda notice: notice.purpose == Purpose.BONUS, notices)
    return min((notice.given_on for notice in unbroken), default=None)
