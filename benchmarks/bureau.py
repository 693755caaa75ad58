"""An auditor with a pile of drafts to send: the smallest company in which a visit can be submitted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import ColumnElement, func, select

from benchmarks.questionnaire import TIME_ZONE, fill_in, make_checklist
from benchmarks.site import sign_in
from checklists.definition import Checklist
from checklists.loading import checklist_to_json
from checklists.publishing import content_hash
from mystery.access.permissions import Role
from mystery.access.scopes import Reach, load_reach
from mystery.capture.actions import open_visit
from mystery.clock import now
from mystery.database import Base, db
from mystery.models import (
    Assignment,
    ChecklistRecord,
    ChecklistVersion,
    Employee,
    Grant,
    Placement,
    Unit,
    User,
)

EMPLOYED: Final = timedelta(days=400)
WINDOW: Final = timedelta(days=7)
AUDITOR: Final = "auditor@benchmark.example"
Row = TypeVar("Row", bound=Base)


@dataclass
class Bureau:
    """An auditor, what he answers in every visit, and the drafts that wait to be sent."""

    app: Flask
    browser: FlaskClient
    reach: Reach
    version_id: UUID
    checklist: Checklist
    raw: dict[str, Any]
    drafts: list[UUID] = field(default_factory=list)


def open_bureau(app: Flask, *, drafts: int) -> Bureau:
    """Found the company in an empty database and begin so many visits."""
    checklist = make_checklist()
    with app.app_context():
        company = add_row(Unit.plant(name="Benchmark", time_zone=TIME_ZONE))
        auditor = add_row(User(email=AUDITOR, name="Auditor"))
        add_row(Grant(user_id=auditor.id, role=Role.AUDITOR.value, unit_id=company.id))
        version_id = add_version(company, checklist)
        order = {"unit_id": company.id, "version_id": version_id, "auditor_id": auditor.id}
        order["employee_id"] = add_employee(company)
        db.session.commit()
        reach = load_reach(auditor.id)
        waiting = [begin_visit(reach, order) for _ in range(drafts)]
    return Bureau(app, sign_in(app, AUDITOR), reach, version_id, checklist, fill_in(checklist), waiting)


def add_version(company: Unit, checklist: Checklist) -> UUID:
    """Publish the checklist; returns its version."""
    record = add_row(ChecklistRecord(company_id=company.id, slug=checklist.checklist))
    version = ChecklistVersion(
        checklist_id=record.id,
        number=1,
        content_hash=content_hash(checklist),
        content=checklist_to_json(checklist),
        title_ru=checklist.title.ru,
        title_en=checklist.title.en,
    )
    return add_row(version).id


def add_employee(company: Unit) -> UUID:
    """Hire the one who is assessed."""
    since = now().date() - EMPLOYED
    employee = add_row(Employee(company_id=company.id, name="Employee", hired_on=since))
    add_row(Placement(employee_id=employee.id, unit_id=company.id, since=since))
    return employee.id


def begin_visit(reach: Reach, order: dict[str, UUID]) -> UUID:
    """Assign one more visit and open its draft."""
    today = now().date()
    assignment = add_row(Assignment(window_start=today - WINDOW, window_end=today + WINDOW, **order))
    return open_visit(reach, assignment.id)


def count_rows(app: Flask, model: type[Base], *conditions: ColumnElement[bool]) -> int:
    """Return how many rows of a table meet the conditions."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def add_row(row: Row) -> Row:
    """Add a row and give it its identity."""
    db.session.add(row)
    db.session.flush()
    return row
