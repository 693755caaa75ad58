"""The data revision of a company: a short text that differs once anything behind its figures has changed.

It is read from what every change leaves behind, so that nobody has to remember to raise a number. A visit
that comes to count changes the counts and sums; once sent it is frozen by a rule of the database, and only a
correction or a reviewer's decision, which are rows with a moment, can change it; a unit that moves changes
its path. Names are no part of it: they are read for each page, so that a changed or erased name is never
shown from memory.
"""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from mystery.database import db
from mystery.models import AnswerCorrection, Unit, Visit, VisitFlag, VisitState


def read_revision(company_id: UUID) -> str:
    """The present revision; a few milliseconds, of which the visits are read from an index alone."""
    digest = sha256()
    for part in (_read_visits(company_id), *_read_decisions(company_id), *_read_places(company_id)):
        digest.update(repr(part).encode())
    return digest.hexdigest()[:16]


def _of_company(company_id: UUID) -> ColumnElement[bool]:
    return Visit.unit_id.in_(select(Unit.id).where(Unit.company_id == company_id))


def _read_visits(company_id: UUID) -> tuple[object, ...]:
    """Only columns of the index ix_visit_list: the rows themselves are wide."""
    counted = select(
        func.count(),
        func.sum(Visit.final_percent),
        func.max(Visit.visited_on),
        func.count(Visit.employee_id),
    )
    submitted = Visit.state == VisitState.SUBMITTED.value
    return tuple(db.session.execute(counted.where(submitted, _of_company(company_id))).one())


def _read_decisions(company_id: UUID) -> tuple[tuple[object, ...], ...]:
    """How often and when last something about a sent visit was decided afterwards."""
    corrections = select(func.count(), func.max(AnswerCorrection.corrected_at)).where(
        _is_about(AnswerCorrection.visit_id, company_id)
    )
    settled = select(func.count(), func.max(VisitFlag.settled_at)).where(
        VisitFlag.settled_at.is_not(None), _is_about(VisitFlag.visit_id, company_id)
    )
    return tuple(tuple(db.session.execute(statement).one()) for statement in (corrections, settled))


def _is_about(visit: InstrumentedAttribute[UUID], company_id: UUID) -> ColumnElement[bool]:
    """Asked for each decision: there are few of them, and a join would begin with all the visits."""
    return select(Visit.id).where(Visit.id == visit, _of_company(company_id)).exists()


def _read_places(company_id: UUID) -> list[tuple[object, ...]]:
    rows = db.session.execute(
        select(Unit.path, Unit.kind).where(Unit.company_id == company_id).order_by(Unit.path)
    )
    return [tuple(row) for row in rows]
