"""A team that was visited often enough to be compared, put into the database as it would stand there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from uuid import UUID, uuid4

import numpy as np

from mystery.database import db
from mystery.models import Assignment, Employee, Placement, Visit, VisitSection
from tests.cast import Cast, Company

FIRST_DAY = date(2026, 3, 1)
SHOPS = ("N1", "N2", "S1")
AUDITORS = ("auditor", "lead", "administrator")  # that others audit too matters to nobody here


def visit_team(cast: Cast, *, people: int = 12, visits: int = 6) -> dict[str, UUID]:
    """More people, each better than the one before, and one with a single visit.

    Returns the ids by name: "Продавец 00" to "Продавец 11" in the shops N1, N2, S1 in turn, and "Новичок".
    Fewer than eight are not compared at all, which takes no time where figures do not matter.
    """
    random = np.random.default_rng(5)
    shops = {f"Продавец {number:02}": SHOPS[number % 3] for number in range(people)} | {"Новичок": "N1"}
    for number, (name, shop) in enumerate(shops.items()):
        cast.ours.employees[name] = hire(cast.ours, name, shop)
        for month in range(1 if name == "Новичок" else visits):
            percent = min(99, round(55 + 3 * number + float(random.normal(0, 4))))
            day = FIRST_DAY + timedelta(days=30 * month + number)
            auditor = AUDITORS[(number + month) % 3]
            add_scored_visit(cast.ours, name, percent, day=day, shop=shop, auditor=auditor)
    db.session.commit()
    return {name: cast.ours.employees[name] for name in shops}


def hire(company: Company, name: str, shop: str) -> UUID:
    """One more employee of a shop."""
    employee = Employee(id=uuid4(), company_id=company.company, name=name, hired_on=date(2025, 1, 1))
    employee.placements.append(Placement(unit_id=company.units[shop], since=date(2025, 1, 1)))
    db.session.add(employee)
    return employee.id


def add_scored_visit(
    company: Company, name: str, percent: int, *, day: date, shop: str, auditor: str = "auditor"
) -> UUID:
    """A submitted visit with a score and one section of it, as rows; commits nothing."""
    assert company.version is not None
    shared = {
        "version_id": company.version,
        "unit_id": company.units[shop],
        "employee_id": company.employees[name],
        "auditor_id": company.users[auditor],
    }
    assignment = Assignment(id=uuid4(), window_start=day, window_end=day, **shared)
    moment = datetime.combine(day, time(12), tzinfo=UTC)
    visit = Visit(
        id=uuid4(),
        assignment_id=assignment.id,
        state="submitted",
        visited_at=moment,
        visited_on=day,
        submitted_at=moment,
        raw_answers="{}",
        base=Fraction(percent),
        final=Fraction(percent),
        coverage=Fraction(1),
        base_percent=float(percent),
        final_percent=float(percent),
        coverage_percent=100.0,
        **shared,
    )
    section = VisitSection(
        visit_id=visit.id,
        section="greeting",
        position=0,
        earned=Fraction(percent),
        possible=Fraction(100),
        percent=float(percent),
    )
    db.session.add(assignment)
    db.session.flush()
    db.session.add_all([visit, section])
    return visit.id
