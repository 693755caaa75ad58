"""The comparison on paper: whose it is and what the programme is for, as its letterhead and feet say."""

from __future__ import annotations

from mystery.comparisons.queries import ComparisonScope
from mystery.database import db
from mystery.models import Unit
from mystery.printouts.dossier import read_look, read_purpose
from reports.comparison_print import BookFrame
from reports.period_rows import Period
from reports.rows import StaffVisit


def read_frame(
    scope: ComparisonScope, visits: tuple[StaffVisit, ...], *, unit: str, checklist: str
) -> BookFrame:
    """The frame of a comparison of these visits, the newest last; ``unit`` and ``checklist`` are titles."""
    last = visits[-1].visited_on if visits else None
    return BookFrame(
        company=db.session.get_one(Unit, scope.company_id).name,
        unit=unit,
        checklist=checklist,
        period=Period(scope.since, scope.until),
        dated=last,
        purpose=read_purpose(scope.company_id, last) if last else None,
        look=read_look(scope.company_id),
    )
