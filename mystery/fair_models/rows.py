"""Reading the visits of a scope as the model takes them: keys, not names, and what else moved a score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, select
from sqlalchemy.orm import InstrumentedAttribute

from checklists.definition import Checklist
from mystery.database import db
from mystery.fair_models.answers import list_unanswered, read_departures, read_not_applicable
from mystery.fair_models.scope import FairScope
from mystery.fair_models.spelling import Spellings, spell
from mystery.models import Assignment, ChecklistVersion, Unit, UnitKind, Visit, VisitSection, parse_version
from reports.common_rescoring import CommonScorer
from reports.common_scores import CommonPlan, choose_common
from reports.fair_rows import FairVisit

NEARLY_WHOLE: Final = 99.99
"""Percent; doubles may miss the whole by a hair."""


class VisitPlace(NamedTuple):
    """Where and when a visit was, by the id of the unit."""

    unit: str
    visited_on: date
    version: int
    knocked_out: bool


class FoundVisit(NamedTuple):
    """A row of the database about one visit; ids as the database spells them."""

    visit: str
    employee: str
    auditor: str
    unit: str
    scenario: str | None
    number: int
    visited_on: date
    base_percent: float | None
    coverage_percent: float | None
    knocked_out: bool | None


@dataclass(frozen=True)
class ReadVisits:
    """The visits of a scope; ``plan`` says how several versions were made comparable, None without visits.

    ``not_comparable`` has the visits of versions that share too little with the newest one (SC-20): they have
    no base here and so enter no figure.
    """

    visits: tuple[FairVisit, ...]
    places: Mapping[str, VisitPlace]
    plan: CommonPlan | None
    not_comparable: tuple[str, ...]


def read_visits(scope: FairScope) -> ReadVisits:
    """Read everything a model of ``scope`` needs, from the database as it is now."""
    rows = _select_rows(scope)
    if not rows:
        return ReadVisits((), {}, None, ())
    versions = _read_versions(scope.checklist_id, {row.number for row in rows})
    plan = choose_common([(str(number), versions[number]) for number in sorted(versions, reverse=True)])
    bases = _read_bases(scope, rows, versions, plan)
    not_applicable = read_not_applicable(scope, {row.visit: row.number for row in rows}, versions)
    visits = _make_visits(rows, bases, not_applicable, _read_regions(scope.company_id))
    return ReadVisits(
        visits=visits,
        places={
            visit.visit: VisitPlace(visit.shop, row.visited_on, row.number, bool(row.knocked_out))
            for visit, row in zip(visits, rows, strict=True)
        },
        plan=plan,
        not_comparable=tuple(visit.visit for visit in visits if visit.version in plan.broken),
    )


def _make_visits(
    rows: Sequence[FoundVisit],
    bases: Mapping[str, float | None],
    not_applicable: Mapping[str, float],
    regions: Mapping[str, str],
) -> tuple[FairVisit, ...]:
    spelled = Spellings()
    return tuple(
        FairVisit(
            visit=spell(row.visit),
            employee=spelled[row.employee],
            employee_name="",
            auditor=spelled[row.auditor],
            shop=spelled[row.unit],
            base=bases.get(row.visit),
            coverage=(row.coverage_percent or 0.0) / 100,
            na_share=not_applicable.get(row.visit, 0.0),
            region=regions.get(row.unit, ""),
            scenario=row.scenario or "",
            version=str(row.number),
        )
        for row in rows
    )


def _select_rows(scope: FairScope) -> list[FoundVisit]:
    statement = (
        select(
            _key(Visit.id, "visit"),
            _key(Visit.employee_id, "employee"),
            _key(Visit.auditor_id, "auditor"),
            _key(Visit.unit_id, "unit"),
            _key(Assignment.scenario_id, "scenario"),
            ChecklistVersion.number,
            Visit.visited_on,
            Visit.base_percent,
            Visit.coverage_percent,
            Visit.knocked_out,
        )
        .join(Assignment, Assignment.id == Visit.assignment_id)
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .where(*scope.conditions())
    )
    return [FoundVisit._make(row) for row in db.session.execute(statement)]


def _read_versions(checklist_id: UUID, numbers: Collection[int]) -> dict[int, Checklist]:
    rows = db.session.execute(
        select(ChecklistVersion.number, ChecklistVersion.content).where(
            ChecklistVersion.checklist_id == checklist_id, ChecklistVersion.number.in_(numbers)
        )
    )
    return {number: parse_version(content) for number, content in rows}


def _read_bases(
    scope: FairScope, rows: Sequence[FoundVisit], versions: Mapping[int, Checklist], plan: CommonPlan
) -> Mapping[str, float | None]:
    """What is compared: a section's percent, the own base, or the base on common standards (SC-20)."""
    included = [row for row in rows if str(row.number) in plan.included]
    if scope.section:
        percents = _read_section(scope)
        return {row.visit: percents.get(row.visit) for row in included}
    if not plan.is_needed:
        return {row.visit: row.base_percent for row in included}
    walked = {row.visit: row.number for row in included}
    bases = CommonScorer(walked, versions, plan).rescore(read_departures(scope, len(walked)))
    # Where nothing was lost, it may be that nothing was answered; only then it is worth asking.
    whole = [visit for visit, base in bases.items() if base is not None and base > NEARLY_WHOLE]
    return bases | dict.fromkeys(list_unanswered(whole))


def _read_section(scope: FairScope) -> dict[str, float | None]:
    found = (
        select(_key(VisitSection.visit_id, "visit"), VisitSection.percent)
        .join(Visit, Visit.id == VisitSection.visit_id)
        .where(VisitSection.section == scope.section, *scope.conditions())
    )
    return {visit: percent for visit, percent in db.session.execute(found)}


def _read_regions(company_id: UUID) -> dict[str, str]:
    """Unit to the region it lies in, by keys: the nearest one above it; empty directly under the company."""
    rows = db.session.execute(
        select(_key(Unit.id, "unit"), Unit.path, Unit.kind).where(Unit.company_id == company_id)
    ).all()
    are_regions = {path.strip("/").split("/")[-1] for _, path, kind in rows if kind == UnitKind.REGION.value}
    found: defaultdict[str, str] = defaultdict(str)
    for unit, path, _ in rows:
        above = [part for part in path.strip("/").split("/") if part in are_regions]
        found[unit] = spell(above[-1]) if above else ""
    return found


def _key(identity: ColumnElement[Any] | InstrumentedAttribute[Any], name: str) -> ColumnElement[str]:
    return cast(identity, String).label(name)
