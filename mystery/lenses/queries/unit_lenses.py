"""Everything that the page of the lenses shows of a unit's visits on one checklist over some days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select

from mystery.access.permissions import Permission
from mystery.access.scopes import Reach, units_in_reach
from mystery.database import db
from mystery.lenses.queries.impressions import read_rated_visits
from mystery.lenses.queries.judged_visits import read_judged_visits
from mystery.lenses.queries.keeping import Keeper
from mystery.lenses.queries.levels import read_levels
from mystery.lenses.queries.matters import read_matters
from mystery.models import Unit, Visit
from mystery.printouts.dossier import list_unit_names
from mystery.printouts.period_visits import read_versions
from mystery.printouts.reported_visits import SUBMITTED, PeriodScope
from reports.consistency import measure_consistency
from reports.lenses.effort import measure_effort
from reports.lenses.impressions import measure_impressions
from reports.lenses.page import UnitLenses
from reports.lenses.tags import list_waits

MOST_NAMED = 20


@dataclass(frozen=True)
class NamedVisit:
    """A visit to lead to: its day and its shop."""

    id: str
    visited_on: date
    unit: str


@dataclass(frozen=True)
class ReadLenses:
    """The lenses over a unit's visits, and the day of each visit by its id."""

    unit: str
    lenses: UnitLenses
    days: Mapping[str, date]


MeasuredLenses = tuple[UnitLenses, Mapping[str, date]]
KEPT: Keeper[MeasuredLenses | None] = Keeper()


def read_lenses(reach: Reach, unit_id: UUID, scope: PeriodScope) -> ReadLenses | None:
    """The lenses over a unit in which this person compares staff; None when the period has no visit there."""
    unit = db.session.scalars(
        select(Unit).where(Unit.id == unit_id, units_in_reach(reach, Permission.COMPARE_STAFF))
    ).one_or_none()
    if unit is None:
        return None
    names = list_unit_names(unit)
    own = [
        SUBMITTED,
        Visit.unit_id.in_(select(Unit.id).where(Unit.path.startswith(unit.path))),
        *scope.conditions(),
    ]
    measured = KEPT.find(unit.company_id, unit.id, scope, lambda: _measure(own))
    return measured and ReadLenses(" / ".join(names[1:]) or names[0], *measured)


def name_visits(
    visits: Sequence[str], days: Mapping[str, date], *, most: int = MOST_NAMED
) -> list[NamedVisit]:
    """The latest of these visits with their shops, the newest first."""
    latest = sorted(visits, key=lambda each: (days[each], each), reverse=True)[:most]
    rows = db.session.execute(
        select(Visit.id, Unit.name)
        .join(Unit, Unit.id == Visit.unit_id)
        .where(Visit.id.in_([UUID(each) for each in latest]))
    )
    units = {str(visit): name for visit, name in rows}
    return [NamedVisit(each, days[each], units[each]) for each in latest]


def _measure(own: Sequence[ColumnElement[bool]]) -> MeasuredLenses | None:
    versions = read_versions(own)
    if not versions:
        return None
    judged = read_judged_visits(own, versions)
    levels = read_levels(own, versions)
    lenses = UnitLenses(
        visits=len(judged),
        consistency=measure_consistency(judged),
        pyramid=levels.pyramid,
        questions=levels.questions,
        impressions=measure_impressions(read_rated_visits(own, versions)),
        effort=measure_effort(read_matters(own, versions)),
        waits=list_waits(versions[max(versions)]),
    )
    return lenses, {each.visit: each.visited_on for each in judged}
