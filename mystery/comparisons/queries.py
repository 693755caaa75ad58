"""The visits a comparison is made of, narrowed to what the reader may compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute

from mystery.access.permissions import Permission
from mystery.access.scopes import Reach, units_in_reach
from mystery.database import db
from mystery.models import (
    ChecklistRecord,
    ChecklistVersion,
    Employee,
    Unit,
    Visit,
    VisitSection,
    VisitState,
    parse_version,
)
from reports.comparison import StaffComparison, compare_staff
from reports.rows import StaffVisit


@dataclass(frozen=True)
class ComparedChecklist:
    """A checklist that has visits in reach; ``content`` is its newest version, for section titles."""

    checklist_id: UUID
    slug: str
    content: str
    visits: int


@dataclass(frozen=True)
class ComparisonScope:
    """Which visits are compared: one checklist, a subtree of units (None: all in reach) and a period."""

    checklist_id: UUID
    unit_id: UUID | None
    since: date | None
    until: date | None


def list_checklists(reach: Reach) -> list[ComparedChecklist]:
    """The checklists with comparable visits in reach, the most used first."""
    rows = db.session.execute(
        select(ChecklistVersion.checklist_id, ChecklistRecord.slug, func.count(Visit.id))
        .join(ChecklistRecord)
        .join(Visit, Visit.version_id == ChecklistVersion.id)
        .where(_comparable(reach))
        .group_by(ChecklistVersion.checklist_id, ChecklistRecord.slug)
    )
    found = [ComparedChecklist(each, slug, _newest_content(each), count) for each, slug, count in rows]
    return sorted(found, key=lambda each: (-each.visits, each.slug))


def compare_scope(reach: Reach, scope: ComparisonScope) -> StaffComparison:
    """Compare the staff of ``scope`` as far as the reader may see."""
    return compare_staff(list_staff_visits(reach, scope))


def list_staff_visits(reach: Reach, scope: ComparisonScope) -> list[StaffVisit]:
    """One row per submitted visit about an employee, with the percent of each section."""
    conditions = [_comparable(reach), ChecklistVersion.checklist_id == scope.checklist_id, *_narrow(scope)]
    sections = _read_sections(conditions)
    rows = db.session.execute(
        select(
            _key(Visit.id),
            Visit.employee_id,
            Employee.name,
            Unit.name,
            Visit.visited_on,
            ChecklistRecord.slug,
            ChecklistVersion.number,
            Visit.base_percent,
            Visit.final_percent,
            Visit.coverage_percent,
            Visit.knocked_out,
        )
        .join(Employee, Employee.id == Visit.employee_id)
        .join(Unit, Unit.id == Visit.unit_id)
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .join(ChecklistRecord)
        .where(*conditions)
    )
    return [
        StaffVisit(
            visit=str(UUID(visit)),
            employee=str(employee),
            employee_name=name,
            unit=unit,
            visited_on=_known(day),
            checklist=slug,
            version=number,
            base=base,
            final=final,
            coverage=(coverage or 0) / 100,
            knocked_out=bool(knocked_out),
            sections=sections.get(visit, {}),
        )
        for visit, employee, name, unit, day, slug, number, base, final, coverage, knocked_out in rows
    ]


def section_titles(checklist: ComparedChecklist) -> dict[str, tuple[str, str]]:
    """Section id to (Russian, English) title, as the newest version calls it."""
    version = parse_version(checklist.content)
    return {section.id: (section.title.ru, section.title.en) for section in version.sections}


def checklist_title(checklist: ComparedChecklist) -> tuple[str, str]:
    """The (Russian, English) title of the newest version."""
    title = parse_version(checklist.content).title
    return title.ru, title.en


def _read_sections(conditions: Sequence[ColumnElement[bool]]) -> dict[str, dict[str, float | None]]:
    """Section to percent for every visit, by the key of the visit."""
    rows = db.session.execute(
        select(_key(VisitSection.visit_id), VisitSection.section, VisitSection.percent)
        .join(Visit, Visit.id == VisitSection.visit_id)
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .where(*conditions)
        .order_by(VisitSection.visit_id, VisitSection.position)
    )
    found: defaultdict[str, dict[str, float | None]] = defaultdict(dict)
    for visit, section, percent in rows:
        found[visit][section] = percent
    return found


def _key(identity: ColumnElement[UUID] | InstrumentedAttribute[UUID]) -> ColumnElement[str]:
    """An id as the database spells it: making UUIDs of a hundred thousand takes longer than reading them."""
    return cast(identity, String).label("key")


def _comparable(reach: Reach) -> ColumnElement[bool]:
    submitted = Visit.state == VisitState.SUBMITTED.value
    units = select(Unit.id).where(units_in_reach(reach, Permission.COMPARE_STAFF))
    return submitted & Visit.employee_id.is_not(None) & Visit.unit_id.in_(units)


def _narrow(scope: ComparisonScope) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if scope.unit_id:
        path = select(Unit.path).where(Unit.id == scope.unit_id).scalar_subquery()
        conditions.append(Visit.unit_id.in_(select(Unit.id).where(Unit.path.startswith(path))))
    if scope.since:
        conditions.append(Visit.visited_on >= scope.since)
    if scope.until:
        conditions.append(Visit.visited_on <= scope.until)
    return conditions


def _newest_content(checklist_id: UUID) -> str:
    newest = (
        select(ChecklistVersion.content)
        .where(ChecklistVersion.checklist_id == checklist_id)
        .order_by(ChecklistVersion.number.desc())
        .limit(1)
    )
    return db.session.scalars(newest).one()


def _known(day: date | None) -> date:
    assert day is not None, "a submitted visit has its day"
    return day
