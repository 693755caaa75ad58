"""The report: one visit, however often, from wherever and in whatever order it comes."""

from __future__ import annotations

import json
from uuid import UUID

from sqlalchemy import select

from mystery.database import db
from mystery.models import Visit, VisitFlag, VisitState
from tests.phone.device import Device


def load_visit(visit_id: UUID) -> Visit:
    """The visit as the database has it now."""
    db.session.rollback()
    return db.session.get_one(Visit, visit_id, populate_existing=True)


def list_flags(visit_id: UUID) -> list[tuple[str, dict[str, object]]]:
    """What was raised about a visit: (kind, detail)."""
    db.session.rollback()
    rows = db.session.scalars(select(VisitFlag).where(VisitFlag.visit_id == visit_id))
    return [(flag.kind, json.loads(flag.detail)) for flag in rows]


def test_it_takes_a_visit_that_nobody_had_begun_here(device: Device) -> None:
    answer = device.report()
    assert answer.status_code == 200, answer.text
    assert answer.get_json() == {"state": "submitted", "again": False, "differs": False, "photos": []}
    visit = load_visit(device.visit)
    assert (visit.state, len(visit.answers)) == (VisitState.SUBMITTED.value, 16)
