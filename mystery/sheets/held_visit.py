"""Holding a visit: it has arrived with something to be mended, and waits for a reviewer as it was sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from mystery.database import db
from mystery.models import FlagKind, Visit, VisitState
from mystery.sheets.flags import raise_flag
from mystery.sheets.raw_sheet import RawSheet, write_raw
from mystery.sheets.submission import check_facts
from mystery.sheets.visit_facts import FactFault


def hold_visit(visit: Visit, raw: RawSheet, *, submitted_at: datetime) -> bool:
    """Turn a draft into a held visit and flag it; False when it was no draft any more. Commits nothing.

    Of the facts only those are taken that hold; nothing is made up for the others.
    """
    values = _list_facts(visit, raw, submitted_at) | {
        "state": VisitState.HELD.value,
        "raw_answers": write_raw(raw),
        "submitted_at": submitted_at,
        "returned_reason": "",
    }
    statement = (
        update(Visit)
        .where(Visit.id == visit.id, Visit.state == VisitState.DRAFT.value)
        .values(**values)
        .returning(Visit.draft_revision)
        .execution_options(synchronize_session=False)
    )
    revision = db.session.scalar(statement)
    if revision is None:
        return False
    # A visit that comes back from its auditor has a later revision, and so a flag of its own.
    raise_flag(visit.id, FlagKind.INCOMPLETE, revision=revision)
    return True


def _list_facts(visit: Visit, raw: RawSheet, submitted_at: datetime) -> dict[str, Any]:
    visited_at, employee = check_facts(visit, raw, received_at=submitted_at)
    facts: dict[str, Any] = {"visited_at": None, "visited_on": None}
    if not isinstance(visited_at, FactFault):
        facts = {"visited_at": visited_at, "visited_on": visited_at.date()}
    if not isinstance(employee, FactFault):
        facts |= {"employee_id": employee.id, "employee_note": employee.note}
    return facts
