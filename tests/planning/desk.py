"""What a lead has on the desk in tests: an order that is good, people and forms to vary it with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from mystery.access.permissions import Role
from mystery.database import db
from mystery.models import Employee, Grant, Notice, ScenarioRecord, User, Visit, VisitState
from mystery.planning.orders import AssignmentOrder
from tests.cast import Cast

NOON = datetime(2026, 11, 21, 9, tzinfo=UTC)
TODAY = date(2026, 11, 21)


def in_days(count: int) -> date:
    """The day so many days from today."""
    return TODAY + timedelta(days=count)


def make_order(cast: Cast, **changes: Any) -> AssignmentOrder:
    """A good order: our auditor goes to Анна in N1 within a week."""
    assert cast.ours.version is not None
    order = AssignmentOrder(
        version_id=cast.ours.version,
        unit_id=cast.ours.units["N1"],
        auditor_id=cast.ours.users["auditor"],
        window_start=TODAY,
        window_end=in_days(7),
        employee_id=cast.ours.employees["Анна"],
    )
    return replace(order, **changes)


def make_auditor(cast: Cast, name: str, unit: str = "company", *, active: bool = True) -> UUID:
    """One more auditor of ours, with a grant on ``unit``."""
    user = User(email=f"{name}@lavka.example", name=name, active=active)
    db.session.add(user)
    db.session.flush()
    db.session.add(Grant(user_id=user.id, role=Role.AUDITOR.value, unit_id=cast.ours.units[unit]))
    db.session.commit()
    return user.id


def begin_visit(cast: Cast, assignment_id: UUID, *, unit: str = "N1") -> None:
    """The auditor opened the assignment: a draft exists."""
    db.session.add(
        Visit(
            assignment_id=assignment_id,
            version_id=cast.ours.version,
            unit_id=cast.ours.units[unit],
            auditor_id=cast.ours.users["auditor"],
            state=VisitState.DRAFT.value,
        )
    )
    db.session.commit()


def send_visit(cast: Cast, assignment_id: UUID, *, unit: str = "N1") -> UUID:
    """The auditor sent the visit of an assignment; its answers do not matter here."""
    visit = Visit(
        assignment_id=assignment_id,
        version_id=cast.ours.version,
        unit_id=cast.ours.units[unit],
        auditor_id=cast.ours.users["auditor"],
        state=VisitState.SUBMITTED.value,
        submitted_at=NOON,
        visited_at=NOON,
        visited_on=TODAY,
        raw_answers="{}",
    )
    db.session.add(visit)
    db.session.commit()
    return visit.id


def forget_notices() -> None:
    """Nobody has told staff anything."""
    db.session.query(Notice).delete()
    db.session.commit()


def add_legend(cast: Cast, slug: str, title: str, *, foreign: bool = False) -> UUID:
    """A legend of a company; its content does not matter to planning."""
    company = cast.foreign if foreign else cast.ours
    record = ScenarioRecord(
        company_id=company.company, slug=slug, title_ru=title, title_en=title, content="{}"
    )
    db.session.add(record)
    db.session.commit()
    return record.id


def find_employee(cast: Cast, name: str) -> Employee:
    """The row of one of our employees."""
    return db.session.get_one(Employee, cast.ours.employees[name])


def fill_form(cast: Cast, **changes: Any) -> dict[str, Any]:
    """The second step of the form for one unit, filled in well."""
    return {
        "window_start": TODAY.isoformat(),
        "window_end": in_days(7).isoformat(),
        "scenario": "",
        "briefing": "",
        "auditor_0": str(cast.ours.users["auditor"]),
        "employee_0": str(cast.ours.employees["Анна"]),
        **changes,
    }


def choose(cast: Cast, *units: str) -> dict[str, Any]:
    """The address of the second step: our checklist in these units."""
    return {"version": str(cast.ours.version), "unit": [str(cast.ours.units[unit]) for unit in units]}
