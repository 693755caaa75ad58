"""What single answers say for a model: values on common standards, and what was marked "not applicable"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, select

from checklists.definition import Checklist
from mystery.database import db
from mystery.fair_models.scope import FairScope
from mystery.models import Answer, Visit

SCAN_FROM = 0.2
"""From this part of all visits on, reading every answer is faster than looking up those of each visit."""


def read_shares(scope: FairScope, wanted: int) -> Iterable[tuple[str, str, float]]:
    """Visit, question and value (0 to 1) of scored answers; those of other visits may be among them."""
    return _read(
        [cast(Answer.visit_id, String), Answer.question, Answer.share],
        [Answer.state == "scored", Answer.standard_code.is_not(None), Answer.share.is_not(None)],
        scope,
        wanted,
    )


def read_not_applicable(
    scope: FairScope, walked: Mapping[str, int], versions: Mapping[int, Checklist]
) -> dict[str, float]:
    """The share of 1 of a visit's weight that was marked "not applicable"; only visits that have some."""
    weights = {number: weigh_questions(checklist) for number, checklist in versions.items()}
    marked = _read(
        [cast(Answer.visit_id, String), Answer.question],
        [Answer.state == "not_applicable"],
        scope,
        len(walked),
    )
    shares: defaultdict[str, float] = defaultdict(float)
    for visit, question in marked:
        if visit in walked:
            shares[visit] += weights[walked[visit]].get(question, 0.0)
    return shares


def weigh_questions(checklist: Checklist) -> dict[str, float]:
    """The part of the whole that each question carries when everything applies (SC-08), as a share of 1."""
    found: dict[str, float] = {}
    for section in checklist.sections:
        everything = float(sum(question.weight for question in section.questions))
        if everything > 0:
            unit = section.weight if checklist.scoring.mode == "points" else section.weight / everything
            found |= {question.id: float(unit) * float(question.weight) for question in section.questions}
    total = sum(found.values())
    return {question: part / total for question, part in found.items()} if total > 0 else {}


def _read(
    columns: list[Any], conditions: list[ColumnElement[bool]], scope: FairScope, wanted: int
) -> list[Any]:
    """The rows as the driver gives them: wrapping half a million would take longer than reading them."""
    statement = select(*columns).where(*conditions)
    everything = db.session.scalar(select(func.count()).select_from(Visit)) or 1
    if wanted < SCAN_FROM * everything:
        statement = statement.where(Answer.visit_id.in_(select(Visit.id).where(*scope.conditions())))
    cursor: Any = db.session.connection().execute(statement).cursor
    rows: list[Any] = cursor.fetchall()
    return rows
