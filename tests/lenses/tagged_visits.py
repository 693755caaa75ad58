"""Visits on a checklist of the library whose questions have the tags that the lenses read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from checklists.definition import Checklist
from checklists.loading import load_library_checklist
from mystery.access.scopes import load_reach
from mystery.capture.actions import Submitted, open_visit, submit_visit
from mystery.demonstration.answering import SimulatedAuditor
from tests.capture.checklists import publish
from tests.cast import Cast
from tests.factories import make_assignment

DAY = date(2026, 9, 1)
AT = time(12)


@dataclass(frozen=True)
class PublishedCalls:
    """The library's phone call as the cast's company has published it."""

    version_id: UUID
    checklist: Checklist


def publish_calls(cast: Cast) -> PublishedCalls:
    """Publish the phone call of the library in our company."""
    checklist = load_library_checklist("phone-call")
    return PublishedCalls(publish(cast, checklist), checklist)


def make_call(
    cast: Cast,
    calls: PublishedCalls,
    *,
    day: date = DAY,
    rated_before: bool | None = True,
    unit: str = "N1",
    **answers: Any,
) -> UUID:
    """One sent call by a perfect employee, but for these answers; a hyphen is written as an underscore.

    ``rated_before`` tells when the phone noted the expectation; None where there was no phone.
    """
    known = {name.replace("_", "-"): value for name, value in answers.items()}
    auditor = SimulatedAuditor(Random(7), 1.0, known)
    raw = auditor.fill_in(calls.checklist)
    raw["visit"] = {"date": f"{day.isoformat()}T{AT:%H:%M}"}
    if rated_before is not None:
        # The visit is told in the time of the shop, which is three hours ahead of UTC.
        visited_at = datetime.combine(day, AT, tzinfo=UTC) - timedelta(hours=3)
        noted = visited_at + timedelta(minutes=-5 if rated_before else 30)
        raw["answered"] = {"expectation": noted.isoformat()}
    assignment = make_assignment(cast, unit=unit, employee=None, version=calls.version_id)
    reach = load_reach(cast.ours.users["auditor"])
    visit = open_visit(reach, assignment)
    raw["visit"]["employee"] = "unknown"
    sent = submit_visit(reach, visit, raw, at=datetime.combine(day, time(18), tzinfo=UTC))
    assert isinstance(sent, Submitted), sent
    return visit
