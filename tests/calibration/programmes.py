"""Auditors of known severity and what they wrote down, put into the database as it would stand there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from random import Random
from uuid import UUID

from mystery.access.permissions import Role
from mystery.database import db
from mystery.models import Answer, Assignment, Grant, User, Visit
from tests.cast import Cast
from tests.trainings.courses import hire

FIRST_DAY = date(2026, 3, 2)
SEVERITIES = {"Галина": 12.0, "Дарья": -12.0, "Егор": 0.0, "Жанна": 0.0}
"""By how many points each marks lower."""
QUESTIONS = tuple("wait name asked repeated heard facts features receipt wow".split())
"""Of the worked checklist: every visit has a row for each."""


def hire_auditor(cast: Cast, name: str) -> UUID:
    """One more auditor of the company."""
    user = User(email=f"a{len(cast.ours.users)}@lavka.example", name=name, password="")
    db.session.add(user)
    db.session.flush()
    db.session.add(Grant(user_id=user.id, role=Role.AUDITOR.value, unit_id=cast.ours.company))
    cast.ours.users[name] = user.id
    return user.id


def walk(
    cast: Cast,
    auditor: str,
    employee: str | None,
    *,
    day: date = FIRST_DAY,
    unit: str = "N1",
    base: float = 80.0,
    answers: Mapping[str, str] | None = None,
    scenario: UUID | None = None,
    note: str = "",
) -> UUID:
    """One sent visit; ``answers`` are values by question, "n/a" among them."""
    ours = cast.ours
    assert ours.version is not None
    assignment = Assignment(
        version_id=ours.version,
        scenario_id=scenario,
        unit_id=ours.units[unit],
        employee_id=ours.employees[employee] if employee else None,
        auditor_id=ours.users[auditor],
        window_start=day,
        window_end=day,
    )
    db.session.add(assignment)
    db.session.flush()
    moment = datetime.combine(day, time(12), tzinfo=UTC)
    visit = Visit(
        assignment_id=assignment.id,
        version_id=ours.version,
        unit_id=assignment.unit_id,
        employee_id=assignment.employee_id,
        employee_note=note,
        auditor_id=assignment.auditor_id,
        state="submitted",
        visited_at=moment,
        visited_on=day,
        submitted_at=moment,
        raw_answers="{}",
        base_percent=base,
        final_percent=base,
        coverage_percent=100.0,
    )
    given = answers or {}
    visit.answers = [
        make_answer(number, question, given.get(question)) for number, question in enumerate(QUESTIONS)
    ]
    db.session.add(visit)
    db.session.flush()
    return visit.id


def make_answer(number: int, question: str, value: str | None) -> Answer:
    """One row of an answer, or of none; a "yes" earns everything, everything else nothing."""
    scored = value not in (None, "n/a")
    return Answer(
        question=question,
        position=number,
        state="scored" if scored else "unanswered" if value is None else "not_applicable",
        value=None if value is None else json.dumps(value),
        share=float(value == "yes") if scored else None,
        earned=Fraction(int(value == "yes")),
        possible=Fraction(int(scored)),
    )


def live_a_season(cast: Cast, *, people: int = 12) -> list[str]:
    """Every auditor visits everybody in the shop N1, each with his own severity and some chance."""
    random = Random(11)  # The same season every time.
    names = hire(cast, people)
    for auditor in SEVERITIES:
        hire_auditor(cast, auditor)
    for place, name in enumerate(names):
        skill = 70 + place
        for number, (auditor, severity) in enumerate(SEVERITIES.items()):
            day = FIRST_DAY + timedelta(days=7 * place + number)
            walk(cast, auditor, name, day=day, base=skill - severity + random.gauss(0, 3))
    db.session.commit()
    return names
