"""Choosing between the versions of a visit that was sent twice: the chosen one counts, and both are kept."""

from __future__ import annotations

from sqlalchemy import update

from mystery.database import db
from mystery.models import Visit, VisitState
from mystery.sheets.frozen_visit import CheckedVisit, freeze_visit, refreeze_visit


def count_version(visit: Visit, checked: CheckedVisit, content: str | None) -> bool:
    """Let ``content`` count with its score and its facts; None is what was sent first. Commits nothing.

    ``content`` is that of a DraftCopy of this visit, which the database itself holds us to. What was sent
    first stays in ``raw_answers`` whatever is chosen. A held visit is submitted by it, or set aside. False
    when somebody was faster.
    """
    if visit.state == VisitState.HELD.value:
        assert visit.submitted_at is not None, "a held visit has its moment"
        raw, moment = visit.raw_answers or "{}", visit.submitted_at
        if not freeze_visit(visit.id, checked, raw=raw, submitted_at=moment, was=VisitState.HELD):
            return False
    else:
        refreeze_visit(visit.id, checked)
    facts = {
        "visited_at": checked.visited_at,
        "visited_on": checked.visited_at.date(),
        "employee_id": checked.employee_id,
        "employee_note": checked.employee_note,
    }
    statement = update(Visit).where(Visit.id == visit.id).values(**facts, chosen_answers=content)
    db.session.execute(statement.execution_options(synchronize_session=False))
    return True
