"""Things that tests need ready-made, built through the same actions as people use."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from checklists.loading import checklist_to_json
from checklists.publishing import content_hash
from mystery.access.scopes import load_reach
from mystery.capture.actions import Submitted, open_visit, submit_visit
from mystery.database import db
from mystery.models import Assignment, ChecklistVersion, parse_version
from tests.cast import Cast

WORKED = Path(__file__).parent / "checklists" / "worked"
MOSCOW = ZoneInfo("Europe/Moscow")
VISIT_DAY = date(2026, 11, 5)
VISIT_TIME = time(14, 30)


def read_worked_answers(name: str, *, day: date = VISIT_DAY, at: time = VISIT_TIME) -> dict[str, Any]:
    """The answers V1 or V2 of scoring.md as a phone sends them: no auditor in them, a time with the date."""
    raw: dict[str, Any] = json.loads((WORKED / f"{name.lower()}.json").read_text(encoding="utf-8"))
    raw["visit"] = {"date": f"{day.isoformat()}T{at:%H:%M}"}
    return raw


def make_assignment(
    cast: Cast,
    *,
    unit: str = "N1",
    employee: str | None = "Анна",
    window: tuple[date, date] = (date(2026, 1, 1), date(2027, 12, 31)),
    foreign: bool = False,
    version: UUID | None = None,
    scenario: UUID | None = None,
    briefing: str = "",
) -> UUID:
    """An open assignment of the company's auditor."""
    company = cast.foreign if foreign else cast.ours
    version_id = version or company.version
    assert version_id is not None, "the cast has published a checklist"
    assignment = Assignment(
        version_id=version_id,
        scenario_id=scenario,
        unit_id=company.units[unit],
        employee_id=company.employees[employee] if employee else None,
        auditor_id=company.users["auditor"],
        window_start=window[0],
        window_end=window[1],
        briefing=briefing,
    )
    db.session.add(assignment)
    db.session.commit()
    return assignment.id


def make_submitted_visit(
    cast: Cast,
    answers: str = "V1",
    *,
    unit: str = "N1",
    employee: str | None = "Анна",
    day: date = VISIT_DAY,
    foreign: bool = False,
    badge: str = "",
) -> UUID:
    """A visit with the answers V1 or V2 of scoring.md, sent by the company's auditor; returns its id."""
    company = cast.foreign if foreign else cast.ours
    assignment_id = make_assignment(cast, unit=unit, employee=employee, foreign=foreign)
    reach = load_reach(company.users["auditor"])
    visit_id = open_visit(reach, assignment_id)
    raw = read_worked_answers(answers, day=day)
    if employee is None:
        raw["visit"]["employee"] = f"unknown {badge}".strip()
    sent = submit_visit(reach, visit_id, raw, at=datetime.combine(day, time(18), tzinfo=MOSCOW))
    assert isinstance(sent, Submitted), sent
    return visit_id


def publish_next_version(cast: Cast, **scoring: Fraction) -> UUID:
    """Version 2 of our checklist, alike but for these marks of its scoring; new visits are walked on it."""
    older = db.session.get_one(ChecklistVersion, cast.ours.version)
    checklist = parse_version(older.content)
    changed = checklist.model_copy(update={"scoring": checklist.scoring.model_copy(update=scoring)})
    version = ChecklistVersion(
        checklist_id=older.checklist_id,
        number=older.number + 1,
        content=checklist_to_json(changed),
        content_hash=content_hash(changed),
        title_ru=older.title_ru,
        title_en=older.title_en,
    )
    db.session.add(version)
    db.session.commit()
    cast.ours.version = version.id
    return version.id
