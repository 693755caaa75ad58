"""Trainings and visited staff for tests, put into the database as they would stand there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import numpy as np

from mystery.database import db
from mystery.models import Assignment, Employee, Placement, Training, TrainingPlace, Visit
from tests.cast import Cast, Company

TRAINED_ON = date(2026, 6, 1)


def make_course(company: Company, *names: str, unit: str = "company", title: str = "Возражения") -> UUID:
    """A training of employees of the cast, by name, on one day."""
    training = Training(unit_id=company.units[unit], title=title)
    training.people = [
        TrainingPlace(employee_id=company.employees[name], trained_on=TRAINED_ON)
        for name in names or ("Анна",)
    ]
    db.session.add(training)
    db.session.commit()
    return training.id


def hire(cast: Cast, count: int, *, unit: str = "N1", called: str = "Продавец") -> list[str]:
    """So many more people in a shop; returns their names."""
    names = [f"{called} {number:02}" for number in range(count)]
    for name in names:
        employee = Employee(company_id=cast.ours.company, name=name, hired_on=date(2025, 1, 1))
        employee.placements.append(Placement(unit_id=cast.ours.units[unit], since=date(2025, 1, 1)))
        db.session.add(employee)
        db.session.flush()
        cast.ours.employees[name] = employee.id
    db.session.commit()
    return names


def visit_monthly(
    cast: Cast, names: list[str], *, gain: float, trained: set[str], months: int = 10, shop: str = "N1"
) -> None:
    """A visit a month to each person from January on; those trained do better by ``gain`` afterwards."""
    random = np.random.default_rng(7)
    for name in names:
        for month in range(months):
            day = date(2026, 1, 1) + timedelta(days=30 * month + int(random.integers(0, 28)))
            bonus = gain if name in trained and day > TRAINED_ON else 0.0
            add_visit(cast, name, day, 60.0 + bonus + float(random.normal(0, 4)), shop=shop)
    db.session.commit()


def add_visit(
    cast: Cast, name: str, day: date, percent: float, *, coverage: float = 100.0, shop: str = "N1"
) -> None:
    """One submitted visit with a score, as a row; its answers are of no interest here."""
    ours = cast.ours
    assert ours.version is not None
    assignment = Assignment(
        version_id=ours.version,
        unit_id=ours.units[shop],
        employee_id=ours.employees[name],
        auditor_id=ours.users["auditor"],
        window_start=day,
        window_end=day,
    )
    db.session.add(assignment)
    db.session.flush()
    moment = datetime.combine(day, time(12), tzinfo=UTC)
    db.session.add(
        Visit(
            assignment_id=assignment.id,
            version_id=ours.version,
            unit_id=ours.units[shop],
            employee_id=ours.employees[name],
            auditor_id=ours.users["auditor"],
            state="submitted",
            visited_at=moment,
            visited_on=day,
            submitted_at=moment,
            raw_answers="{}",
            base_percent=percent,
            final_percent=percent,
            coverage_percent=coverage,
        )
    )
