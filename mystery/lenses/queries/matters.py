"""The matter of each visit: how it ended and what it cost the customer (LN-04)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import ColumnElement, select

from checklists.answers import Value, parse_answer
from checklists.definition import Checklist, Question
from mystery.database import db
from mystery.fair_models.spelling import spell
from mystery.lenses.queries.tagged_answers import VISIT_KEY, from_visits
from mystery.models import Answer, ChecklistVersion
from reports.lenses.effort import Matter
from reports.lenses.tags import list_efforts, settle_matter


def read_matters(own: Sequence[ColumnElement[bool]], versions: Mapping[int, Checklist]) -> list[Matter]:
    """The matters of the visits under ``own`` in which any effort was counted, walked on these versions."""
    asked = {number: list_efforts(checklist) for number, checklist in versions.items()}
    statement = from_visits(
        select(VISIT_KEY, ChecklistVersion.number, Answer.question, Answer.value).select_from(Answer), own
    )
    tagged = Answer.question.in_(sorted({name for questions in asked.values() for name in questions}))
    rows = db.session.execute(
        statement.where(tagged, Answer.value.is_not(None)).order_by(Answer.visit_id, Answer.position)
    )
    read = AnswerReader()
    visits: defaultdict[tuple[str, int], dict[str, Value]] = defaultdict(dict)
    for visit, number, name, text in rows:
        question = asked[number].get(name)
        if question is not None:
            visits[visit, number][name] = read(number, question, text)
    settled = (settle_matter(spell(key), asked[number], found) for (key, number), found in visits.items())
    return [matter for matter in settled if matter is not None]


class AnswerReader:
    """Reads answers as they are kept; few differ, so each is parsed once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str, str], Value] = {}

    def __call__(self, version: int, question: Question, text: str) -> Value:
        """The typed value of an answer to a question of a version."""
        key = (version, question.id, text)
        if key not in self._known:
            value, _problem = parse_answer(question, json.loads(text, parse_float=Decimal))
            self._known[key] = value
        return self._known[key]
