"""The list of visits a person may read, narrowed and searched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from checklists.definition import Checklist
from checklists.localtext import Language
from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, reviewed_visits, visits_in_reach
from mystery.database import db
from mystery.models import AccessEvent, ChecklistRecord, ChecklistVersion, Employee, Photo, Unit, User, Visit
from mystery.printouts.period_visits import read_walked
from mystery.web.pagination import Page, read_page
from reports.headline import show_score


@dataclass(frozen=True)
class VisitFilter:
    """What the reader narrows the list to; None or an empty text means all."""

    text: str = ""
    unit_id: UUID | None = None
    employee_id: UUID | None = None
    checklist_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    outcome: str = ""


@dataclass(frozen=True)
class VisitLine:
    """One visit in the list; scores are exact percents, None where nothing was scored.

    ``version`` is the one that the visit was walked on.
    """

    visit_id: UUID
    visited_on: date
    unit: str
    employee: str | None
    employee_id: UUID | None
    checklist_ru: str
    checklist_en: str
    version_number: int
    base: Fraction | None
    final: Fraction | None
    coverage_percent: float
    passed: bool | None
    band: str | None
    knocked_out: bool
    version: Checklist

    def show_base(self, language: Language) -> str:
        """The base score as the page of the visit shows it (SC-09); empty where nothing was scored."""
        return show_score(self.version, self.base, language)

    def show_final(self, language: Language) -> str:
        """The result as the page of the visit shows it (SC-09); empty where nothing was scored."""
        return show_score(self.version, self.final, language)


@dataclass(frozen=True)
class Opening:
    """Somebody opened an identifiable report.

    The reader is named, his roles are not: that he also works as an auditor is nobody's business.
    """

    happened_at: datetime
    reader: str | None
    kind: str


def list_visits(reach: Reach, wanted: VisitFilter, page: int) -> Page[VisitLine]:
    """One page of the visits this person may read, newest first."""
    chosen = (visits_in_reach(reach), *_narrow(wanted))
    found = read_page(_select_lines().where(*chosen), page, counted=select(Visit.id).where(*chosen))
    versions = read_walked(row[-1] for row in found.rows)
    lines = [VisitLine(*(*row[:-1], versions[row[-1]])) for row in found.rows]
    return Page(lines, found.number, found.total, found.size)


def list_visit_ids(reach: Reach, wanted: VisitFilter, *, most: int) -> list[UUID]:
    """The visits this person may read and wants, the newest first; no more than ``most`` of them."""
    found = select(Visit.id).where(visits_in_reach(reach), *_narrow(wanted))
    newest_first = found.order_by(Visit.visited_on.desc(), Visit.submitted_at.desc(), Visit.id)
    return list(db.session.scalars(newest_first.limit(most)))


def list_filter_checklists(reach: Reach) -> list[tuple[UUID, str, str]]:
    """(id, Russian title, English title) of the checklists of the person's companies, newest titles."""
    companies = {unit.company_id for unit in reach.units}
    rows = db.session.execute(
        select(ChecklistRecord.id, ChecklistVersion.title_ru, ChecklistVersion.title_en)
        .join(ChecklistVersion)
        .where(ChecklistRecord.company_id.in_(companies))
        .order_by(ChecklistRecord.slug, ChecklistVersion.number)
    )
    newest = {checklist_id: (ru, en) for checklist_id, ru, en in rows}
    return [(checklist_id, ru, en) for checklist_id, (ru, en) in newest.items()]


def list_outcomes(reach: Reach) -> set[str]:
    """The results that at least one visit in reach has, so that no choice leads to an empty list."""
    return {
        outcome
        for outcome, conditions in OUTCOMES.items()
        if db.session.scalar(select(Visit.id).where(visits_in_reach(reach), *conditions).limit(1))
    }


def name_employee(reach: Reach, employee_id: UUID) -> str | None:
    """The name of an employee about whom the person may read at least one visit."""
    return db.session.scalar(
        select(Employee.name)
        .join(Visit, Visit.employee_id == Employee.id)
        .where(Employee.id == employee_id, visits_in_reach(reach))
        .limit(1)
    )


def list_openings(visit_id: UUID, employee_user_id: UUID | None) -> list[Opening]:
    """Who opened the report of a visit, newest first; the employee's own openings are left out."""
    rows = db.session.execute(
        select(AccessEvent.happened_at, User.name, AccessEvent.kind)
        .outerjoin(User, User.id == AccessEvent.reader_id)
        .where(AccessEvent.visit_id == visit_id, AccessEvent.reader_id.is_distinct_from(employee_user_id))
        .order_by(AccessEvent.id.desc())
        .limit(50)
    )
    return [Opening(*row) for row in rows]


def may_review(reach: Reach, visit_id: UUID) -> bool:
    """Whether the person may look at this visit on the review desk, where answers are corrected."""
    if not reach.may(Permission.REVIEW_VISITS):
        return False
    found = select(Visit.id).where(Visit.id == visit_id, reviewed_visits(reach))
    return db.session.scalar(found) is not None


def find_photo(reach: Reach, visit_id: UUID, photo_id: UUID) -> str:
    """The storage key of a photo of a visit this person may read; raises NotYours for any other."""
    key = db.session.scalar(
        select(Photo.storage_key)
        .join(Visit, Visit.id == Photo.visit_id)
        .where(Photo.id == photo_id, Visit.id == visit_id, visits_in_reach(reach))
    )
    if key is None:
        raise NotYours
    return key


def _select_lines() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Visit.id,
            Visit.visited_on,
            Unit.name,
            func.coalesce(Employee.name, func.nullif(Visit.employee_note, "")),
            Visit.employee_id,
            ChecklistVersion.title_ru,
            ChecklistVersion.title_en,
            ChecklistVersion.number,
            Visit.base,
            Visit.final,
            Visit.coverage_percent,
            Visit.passed,
            Visit.band,
            Visit.knocked_out,
            Visit.version_id,
        )
        .join(Unit, Unit.id == Visit.unit_id)
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .outerjoin(Employee, Employee.id == Visit.employee_id)
        .order_by(Visit.visited_on.desc(), Visit.submitted_at.desc(), Visit.id)
    )


def _narrow(wanted: VisitFilter) -> list[ColumnElement[bool]]:
    """The conditions on Visit alone: names and paths are looked up once, not once a visit."""
    # Each word may stand anywhere: people write "Анна Лебедева" of whom the register calls "Лебедева Анна".
    conditions = [_find_word(word) for word in dict.fromkeys(wanted.text.lower().split())]
    if wanted.unit_id:
        path = select(Unit.path).where(Unit.id == wanted.unit_id).scalar_subquery()
        conditions.append(Visit.unit_id.in_(select(Unit.id).where(Unit.path.startswith(path))))
    if wanted.employee_id:
        conditions.append(Visit.employee_id == wanted.employee_id)
    if wanted.checklist_id:
        versions = select(ChecklistVersion.id).where(ChecklistVersion.checklist_id == wanted.checklist_id)
        conditions.append(Visit.version_id.in_(versions))
    if wanted.since:
        conditions.append(Visit.visited_on >= wanted.since)
    if wanted.until:
        conditions.append(Visit.visited_on <= wanted.until)
    return conditions + OUTCOMES.get(wanted.outcome, [])


def _find_word(word: str) -> ColumnElement[bool]:
    employees = select(Employee.id).where(func.lower(Employee.name).contains(word, autoescape=True))
    units = select(Unit.id).where(func.lower(Unit.name).contains(word, autoescape=True))
    return or_(Visit.employee_id.in_(employees), Visit.unit_id.in_(units))


OUTCOMES: dict[str, list[ColumnElement[bool]]] = {
    "knocked_out": [Visit.knocked_out.is_(True)],
    "passed": [Visit.passed.is_(True)],
    "not_passed": [Visit.passed.is_(False)],
    "not_scored": [Visit.final_percent.is_(None)],
}
