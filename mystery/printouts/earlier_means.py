"""The means beside the sections of a printed visit: of its unit and of its programme, from earlier visits.

Only visits that were sent before this one count, so that a report says the same however late it is printed.
They are of the very same version: two versions share standards, but a section's percent over other questions
is another figure (SC-20). Visits of which too little was assessed are left out, as in any comparison (SC-08).
Whether so few visits may be shown as a mean at all is decided where they are printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from mystery.database import db
from mystery.models import Unit, Visit, VisitSection, VisitState
from reports.earlier_means import DAYS_BEFORE
from reports.rows import SectionMean, SectionMeans

LEAST_COVERAGE = 60.0  # percent
PLACES = 6  # sums of floats may differ behind that from one database to another


def read_earlier_means(visit: Visit) -> tuple[SectionMeans, SectionMeans]:
    """The means of the visit's own unit and of the whole programme, whatever unit a visit was in."""
    assert visit.submitted_at is not None, "a submitted visit has its moment"
    earlier = and_(
        Visit.version_id == visit.version_id,
        Visit.state == VisitState.SUBMITTED.value,
        Visit.submitted_at < visit.submitted_at,
        Visit.submitted_at >= visit.submitted_at - timedelta(days=DAYS_BEFORE),
        Visit.coverage_percent >= LEAST_COVERAGE,
        Unit.company_id == visit.unit.company_id,
    )
    own = Visit.unit_id == visit.unit_id
    group = db.session.execute(
        select(*_count(own), *_count(Visit.id.is_not(None))).join(Unit).where(earlier)
    ).one()
    rows = db.session.execute(
        select(VisitSection.section, *_measure(own), *_measure(Visit.id.is_not(None)))
        .select_from(Visit)
        .join(Unit)
        .join(VisitSection, VisitSection.visit_id == Visit.id)
        .where(earlier, VisitSection.percent.is_not(None))
        .group_by(VisitSection.section)
    ).all()
    return (
        SectionMeans(group[0], group[1], _list_means({row[0]: row[1:4] for row in rows})),
        SectionMeans(group[2], group[3], _list_means({row[0]: row[4:7] for row in rows})),
    )


def _count(which: ColumnElement[bool]) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """How many visits, and to how many people; a visit to a whole unit is to nobody."""
    return func.count(Visit.id).filter(which), func.count(Visit.employee_id.distinct()).filter(which)


def _measure(which: ColumnElement[bool]) -> tuple[ColumnElement[Any], ...]:
    return func.avg(VisitSection.percent).filter(which), *_count(which)


def _list_means(found: Mapping[str, Any]) -> dict[str, SectionMean]:
    return {
        section: SectionMean(round(percent, PLACES), visits, people)
        for section, (percent, visits, people) in sorted(found.items())
        if percent is not None
    }
