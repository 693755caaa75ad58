"""Double visits: two auditors, the same person, legend, checklist version and day.

Nobody marks a double visit as such. Whoever wants one assigns the same visit to two auditors, and what they
send shows it. A visit about somebody whom the auditor could not name is left out: it may be anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import String, and_, cast, func, not_, select
from sqlalchemy.sql import Subquery

from checklists.definition import Checklist
from checklists.scorecard import ENOUGH_COVERAGE
from mystery.calibration.queries import ANSWERED, NOT_APPLICABLE
from mystery.database import db
from mystery.fair_models.scope import FairScope
from mystery.models import Answer, Assignment, Visit
from reports.double_visits import SeenAnswer

KINDS = ("yes_no", "scale", "choice", "multi", "number", "duration", "time")
"""Kinds in which two auditors can write the same; texts, photos, dates and sounds are never alike."""
GRADED = ("scale", "number", "duration", "time")
"""Kinds whose answers are nearer to one another or further apart."""


@dataclass(frozen=True)
class DoubleVisits:
    """The contacts that several auditors saw: their base scores, and their answers."""

    bases: tuple[tuple[float, ...], ...]
    answers: tuple[SeenAnswer, ...]


def read_double_visits(scope: FairScope, counted: Mapping[UUID, Collection[str]]) -> DoubleVisits:
    """Read the double visits of a scope; ``counted`` says which questions of each version are compared."""
    seen = _select_doubles(scope)
    visits = db.session.execute(select(seen).order_by(seen.c.submitted_at, seen.c.visit)).all()
    contacts = _keep_first_of_each_auditor(visits)
    bases: defaultdict[str, list[float]] = defaultdict(list)
    for row, contact in contacts.values():
        if row.base_percent is not None and row.coverage_percent >= float(100 * ENOUGH_COVERAGE):
            bases[contact].append(row.base_percent)
    rows = db.session.execute(
        select(Answer.visit_id, Answer.question, Answer.value, Answer.share)
        .where(Answer.visit_id.in_(select(seen.c.visit)), Answer.state.in_((*ANSWERED, NOT_APPLICABLE)))
        .order_by(Answer.visit_id, Answer.position)
    )
    answers = [
        SeenAnswer(contacts[visit][1], question, value or "", share)
        for visit, question, value, share in rows
        if visit in contacts and question in counted.get(contacts[visit][0].version_id, ())
    ]
    return DoubleVisits(tuple(tuple(each) for each in bases.values()), tuple(answers))


def list_comparable(checklist: Checklist) -> list[str]:
    """The questions of a version on which auditors can agree."""
    return [question.id for question in checklist.questions() if question.kind in KINDS]


def list_graded(checklist: Checklist) -> list[str]:
    """The questions of a version whose answers are compared by their value."""
    return [each.id for each in checklist.questions() if each.kind in GRADED and each.is_scored]


def _select_doubles(scope: FairScope) -> Subquery:
    """The visits whose contact has others by another auditor."""
    contact = [Visit.version_id, Assignment.scenario_id, Visit.unit_id, Visit.employee_id, Visit.visited_on]
    auditor = cast(Visit.auditor_id, String)
    unnamed = and_(Visit.employee_id.is_(None), Visit.employee_note != "")
    sent = (
        select(
            Visit.id.label("visit"),
            Visit.auditor_id,
            *contact,
            Visit.submitted_at,
            Visit.base_percent,
            Visit.coverage_percent,
            # A window takes nulls for equal, which the legend and the employee may be.
            func.min(auditor).over(partition_by=contact).label("one_auditor"),
            func.max(auditor).over(partition_by=contact).label("other_auditor"),
        )
        .join(Assignment, Assignment.id == Visit.assignment_id)
        .where(*scope.sent(), not_(unnamed))
        .subquery()
    )
    return select(sent).where(sent.c.one_auditor != sent.c.other_auditor).subquery()


def _keep_first_of_each_auditor(visits: Collection[Any]) -> dict[UUID, tuple[Any, str]]:
    """Visit to its row and the key of its contact: an auditor who came twice speaks once."""
    taken: set[tuple[str, UUID]] = set()
    found = {}
    for row in visits:
        contact = repr((row.version_id, row.scenario_id, row.unit_id, row.employee_id, row.visited_on))
        if (contact, row.auditor_id) not in taken:
            taken.add((contact, row.auditor_id))
            found[row.visit] = (row, contact)
    return found
