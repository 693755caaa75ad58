"""The visits a comparison is made of, narrowed to what the reader may compare."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute

from checklists.definition import Checklist
from checklists.localtext import Language
from mystery.access.permissions import Permission
from mystery.access.scopes import Reach, units_in_reach
from mystery.database import db
from mystery.fair_models.keeping import KeptModel, find_model
from mystery.fair_models.scope import FairScope
from mystery.fair_models.spelling import spell
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
from mystery.printouts.period_visits import known_day
from reports.comparison import StaffComparison, collation_key, compare_staff
from reports.fair_rows import FairComparison, FairVisit, Figure
from reports.rows import StaffVisit

FEW_PEOPLE = 100
"""Up to so many are looked up one by one; of more, all visits are read and theirs kept."""


@dataclass(frozen=True)
class ComparedChecklist:
    """A checklist that has visits in reach, with its newest version."""

    checklist_id: UUID
    company_id: UUID
    slug: str
    newest: Checklist
    visits: int

    def title_in(self, language: Language) -> str:
        """The title of the newest version."""
        return self.newest.title.in_language(language)


@dataclass(frozen=True)
class ComparisonScope:
    """Which visits are compared: one checklist, a subtree of units (None: all in reach) and a period."""

    company_id: UUID
    checklist_id: UUID
    unit_id: UUID | None = None
    since: date | None = None
    until: date | None = None

    @property
    def fair_scope(self) -> FairScope:
        """What the model is fitted to: the whole company, whatever unit is shown."""
        return FairScope(self.company_id, self.checklist_id, self.since, self.until)


@dataclass(frozen=True)
class Staff:
    """The fitted model with the people of a scope whom the reader may compare, by the ids of employees.

    ``names`` are in their own order, which is that of every list. ``units`` has the units of the scope within
    the reader's reach, by id. ``everybody`` are all employees of the company, which only pseudonyms need.
    """

    kept: KeptModel
    names: Mapping[str, str]
    units: Mapping[str, str]
    everybody: Collection[str]

    @cached_property
    def visits(self) -> tuple[FairVisit, ...]:
        """The visits in the units of the scope, counted or not."""
        return tuple(visit for visit in self.kept.model.visits if visit.shop in self.units)

    @cached_property
    def counted(self) -> tuple[FairVisit, ...]:
        """Those of them that count."""
        return tuple(visit for visit in self.kept.model.counted if visit.shop in self.units)

    def describe(self, figure: Figure, people: Collection[str] | None = None) -> FairComparison:
        """The fair figures of these people, or of some of them, in the order of their names."""
        return self.kept.describe(figure, self.names, people=people)


def list_checklists(reach: Reach) -> list[ComparedChecklist]:
    """The checklists with comparable visits in reach, the most used first."""
    used = _count_uses(reach)
    rows = db.session.execute(
        select(ChecklistVersion.id, ChecklistRecord.id, ChecklistRecord.company_id, ChecklistRecord.slug)
        .join(ChecklistVersion, ChecklistVersion.checklist_id == ChecklistRecord.id)
        .where(
            ChecklistVersion.id.in_(used),
            select(Visit.id).where(Visit.version_id == ChecklistVersion.id, _comparable(reach)).exists(),
        )
    ).all()
    visits: Counter[UUID] = Counter()
    for version, checklist, _, _ in rows:
        visits[checklist] += used[version]
    kept = {checklist: (company, slug) for _, checklist, company, slug in rows}
    found = [
        ComparedChecklist(each, company, slug, _read_newest(each), visits[each])
        for each, (company, slug) in kept.items()
    ]
    return sorted(found, key=lambda each: (-each.visits, each.slug))


def _count_uses(reach: Reach) -> dict[UUID, int]:
    """How many visits, drafts included, walked each version in the reader's companies: for their order.

    It is counted from an index alone; whether there is anything to compare is asked of each version apart.
    """
    versions = (
        select(ChecklistVersion.id)
        .join(ChecklistRecord)
        .where(ChecklistRecord.company_id.in_(reach.companies(Permission.COMPARE_STAFF)))
    )
    rows = db.session.execute(
        select(Visit.version_id, func.count())
        .where(Visit.version_id.in_(versions))
        .group_by(Visit.version_id)
    )
    return {version: count for version, count in rows}


def read_staff(reach: Reach, scope: ComparisonScope) -> Staff:
    """The people visited in ``scope`` as far as the reader may compare, with the model of their company.

    Ends the transaction where the model has to be fitted first.
    """
    kept = find_model(scope.fair_scope)
    units = _read_units(reach, scope)
    visited = {visit.employee for visit in kept.model.visits if visit.shop in units}
    rows = db.session.execute(
        select(_key(Employee.id), Employee.name).where(Employee.company_id == scope.company_id)
    )
    everybody = {spell(employee): name for employee, name in rows}
    names = {employee: everybody[employee] for employee in visited if employee in everybody}
    return Staff(kept, sort_names(names), units, everybody.keys())


def sort_names(names: Mapping[str, str]) -> dict[str, str]:
    """Employee id to name in the order of the names."""
    return dict(sorted(names.items(), key=lambda each: (collation_key(each[1]), each[0])))


def compare_scope(
    reach: Reach, scope: ComparisonScope, kept: KeptModel, *, names: Mapping[str, str]
) -> StaffComparison:
    """Compare the employees in ``names`` by plain means, as far as the reader may see.

    The bases are those in ``kept`` that fair figures are made from: on common standards where versions differ
    (SC-20).
    """
    visits = list_staff_visits(reach, scope, names=names)
    if kept.plan is not None and (kept.plan.is_needed or kept.plan.broken):
        bases = {each.visit: each.base for employee in names for each in kept.by_employee.get(employee, ())}
        visits = [replace(visit, base=bases.get(visit.visit), own_base=visit.base) for visit in visits]
    return compare_staff(visits)


def list_staff_visits(
    reach: Reach, scope: ComparisonScope, *, names: Mapping[str, str] | None = None
) -> list[StaffVisit]:
    """One row per submitted visit about an employee, with the percent of each section.

    With ``names`` only about the employees in it, and under those names.
    """
    conditions = [_comparable(reach), ChecklistVersion.checklist_id == scope.checklist_id, *_narrow(scope)]
    if names is not None and len(names) <= FEW_PEOPLE:
        conditions.append(Visit.employee_id.in_([UUID(employee) for employee in names]))
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
    found = [
        StaffVisit(
            visit=str(UUID(visit)),
            employee=str(employee),
            employee_name=name,
            unit=unit,
            visited_on=known_day(day),
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
    if names is None:
        return found
    return [replace(visit, employee_name=names[visit.employee]) for visit in found if visit.employee in names]


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


def _read_units(reach: Reach, scope: ComparisonScope) -> dict[str, str]:
    conditions = [Unit.company_id == scope.company_id, units_in_reach(reach, Permission.COMPARE_STAFF)]
    if scope.unit_id:
        path = select(Unit.path).where(Unit.id == scope.unit_id).scalar_subquery()
        conditions.append(Unit.path.startswith(path))
    rows = db.session.execute(select(Unit.id, Unit.name).where(*conditions))
    return {str(unit): name for unit, name in rows}


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


def _read_newest(checklist_id: UUID) -> Checklist:
    newest = (
        select(ChecklistVersion.content)
        .where(ChecklistVersion.checklist_id == checklist_id)
        .order_by(ChecklistVersion.number.desc())
        .limit(1)
    )
    return parse_version(db.session.scalars(newest).one())
