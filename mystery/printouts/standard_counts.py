"""How often each standard was kept, by employee, counted in the database: answers are too many to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Result, case, func, select

from checklists.definition import Checklist
from mystery.database import db
from mystery.models import Answer, ChecklistVersion, Visit
from reports.period_rows import StandardCount
from reports.standard_records import key_of


def count_standards(
    conditions: Sequence[ColumnElement[bool]], versions: Mapping[int, Checklist]
) -> Iterator[StandardCount]:
    """Count the visits under ``conditions`` by employee and topic: a standard, or a question without one."""
    tallies: defaultdict[tuple[UUID, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for employee, number, code, revision, question, kept, missed, assessed in _tally_answers(conditions):
        topic = f"{code}@{revision}" if code else _key_of(versions[number], question)
        if topic is not None:
            tally = tallies[employee, topic]
            tally[0] += kept
            tally[1] += assessed - kept - missed
            tally[2] += missed
    for (employee, topic), (kept, partly, missed) in tallies.items():
        yield StandardCount(str(employee), topic, kept, partly, missed)


def _tally_answers(conditions: Sequence[ColumnElement[bool]]) -> Result[*tuple[Any, ...]]:
    """A visit kept a standard when each of its questions earned all, and missed it when none earned any."""
    question = case((Answer.standard_code.is_(None), Answer.question), else_="")
    marks = (
        select(
            Visit.employee_id.label("employee"),
            ChecklistVersion.number.label("number"),
            Answer.standard_code.label("code"),
            Answer.standard_revision.label("revision"),
            question.label("question"),
            func.min(Answer.share).label("least"),
            func.max(Answer.share).label("best"),
        )
        .join(Visit, Visit.id == Answer.visit_id)
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .where(
            *conditions,
            Visit.employee_id.is_not(None),
            Answer.state == "scored",
            Answer.possible != Fraction(0),
        )
        .group_by(Answer.visit_id, Answer.standard_code, Answer.standard_revision, question)
        .subquery()
    )
    topic = (marks.c.employee, marks.c.number, marks.c.code, marks.c.revision, marks.c.question)
    kept = func.sum(case((marks.c.least >= 1, 1), else_=0))
    missed = func.sum(case((marks.c.best <= 0, 1), else_=0))
    return db.session.execute(select(*topic, kept, missed, func.count()).group_by(*topic).order_by(*topic))


def _key_of(checklist: Checklist, question: str) -> str | None:
    return key_of(checklist, checklist.question(question))
