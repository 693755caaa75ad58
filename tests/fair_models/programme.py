"""A checklist in several versions and visits by it, answered and sent as auditors do, for tests."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from mystery.access.scopes import load_reach
from mystery.capture.actions import Submitted, open_visit, submit_visit
from mystery.database import db
from mystery.fair_models.scope import FairScope
from mystery.models import ChecklistVersion
from tests.capture.checklists import publish as publish_checklist
from tests.cast import Cast
from tests.checklists.tables import lay_out
from tests.factories import MOSCOW, make_assignment

NEWEST = """
    section | W  | question | kind         | w | rules
    first   | 40 | a        | yes_no       | 1 | standard: GR-01@1
    first   | 40 | b        | scale 0..4   | 2 | standard: GR-02@1
    second  | 60 | c        | choice 4/2/0 | 3 | standard: ND-01@1
    second  | 60 | d        | yes_no       | 1 | standard: ND-02@2, not_applicable: true
"""
OLDER = NEWEST.replace("ND-02@2", "ND-02@1")
FOREIGN = NEWEST.replace("GR-02@1", "PR-02@1").replace("ND-01@1", "PR-01@1")
DAY = date(2026, 9, 1)
COMMENTS = dict.fromkeys("abcd", "…")


def publish(cast: Cast, table: str, number: int) -> UUID:
    """Publish a table as this version of our checklist "programme"; returns the version's id."""
    return publish_checklist(cast, lay_out(table, checklist="programme"), number=number)


def visit(cast: Cast, version: UUID, answers: dict[str, Any], **place: Any) -> str:
    """Send a visit with these answers, to Анна in N1 on the first of September unless told otherwise."""
    day = place.pop("day", DAY)
    assignment = make_assignment(cast, version=version, **place)
    reach = load_reach(cast.ours.users["auditor"])
    opened = open_visit(reach, assignment)
    raw = {"visit": {"date": f"{day.isoformat()}T14:30"}, "answers": answers, "comments": COMMENTS}
    sent = submit_visit(reach, opened, raw, at=datetime.combine(day, time(18), tzinfo=MOSCOW))
    assert isinstance(sent, Submitted), sent
    return str(opened)


def scope_of(version: UUID, **period: Any) -> FairScope:
    """All visits on the checklist of a version."""
    row = db.session.get_one(ChecklistVersion, version)
    return FairScope(row.checklist.company_id, row.checklist_id, **period)
