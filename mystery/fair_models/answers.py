"""What single answers say for a model: values on common standards, and what was marked "not applicable"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import literal_column, or_, select

from checklists.definition import Checklist
from checklists.shares import find_question_shares
from mystery.database import db
from mystery.fair_models.parts import read_parts
from mystery.fair_models.scope import FairScope
from mystery.models import Answer
from reports.common_rescoring import Departure

LOST: Final = or_(Answer.share.is_(None), Answer.share < literal_column("1"))
"""As the index of these answers has it: only a scored answer has a share."""
KEYS_AT_ONCE: Final = 10_000
"""No database takes any number of values in one statement; SQLite takes 32,766."""


def read_departures(scope: FairScope, wanted: int) -> Iterator[list[Departure]]:
    """What was not kept in full, of ``wanted`` visits and perhaps of others: answers to standards alone.

    Every question of a submitted visit has its row, so whatever is not read here was kept.
    """
    lost = [LOST, Answer.standard_code.is_not(None)]
    return read_parts(Answer, [Answer.question, Answer.share], lost, scope=scope, wanted=wanted)


def list_unanswered(visits: Sequence[str]) -> list[str]:
    """Which of some visits, spelled as in the database, have no answer and so say nothing about standards."""
    keys = {UUID(visit): visit for visit in visits}
    asked = list(keys)
    for start in range(0, len(asked), KEYS_AT_ONCE):
        some = Answer.visit_id.in_(asked[start : start + KEYS_AT_ONCE])
        for answered in db.session.scalars(select(Answer.visit_id).where(some).distinct()):
            del keys[answered]
    return list(keys.values())


def read_not_applicable(
    scope: FairScope, walked: Mapping[str, int], versions: Mapping[int, Checklist]
) -> dict[str, float]:
    """The share of 1 of a visit's weight that was marked "not applicable"; only visits that have some."""
    weights = {number: find_question_shares(checklist) for number, checklist in versions.items()}
    shares: defaultdict[str, float] = defaultdict(float)
    marked = [LOST, Answer.state == "not_applicable"]
    for rows in read_parts(Answer, [Answer.question], marked, scope=scope, wanted=len(walked)):
        for visit, question in rows:
            if visit in walked:
                shares[visit] += weights[walked[visit]].get(question, 0)
    return shares
