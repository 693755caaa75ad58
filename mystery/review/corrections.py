"""The corrections of a visit as its reviewer sees them: what was made, and which answers he may correct."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from checklists.definition import Checklist, Question
from checklists.scorecard import Scorecard
from mystery.access.scopes import Reach
from mystery.database import db
from mystery.models import AnswerCorrection, User, VisitState
from mystery.review.cases import find_reviewed
from mystery.sheets.corrected_visit import CountedSheet, count_corrected, count_sent
from mystery.sheets.raw_sheet import read_part

# These are answered by files, and a file is not made by writing.
ANSWERED_BY_FILES = frozenset({"photo", "audio"})


@dataclass(frozen=True)
class MadeCorrection:
    """A correction that was made: raw answers, why, when and by whom (None for an erased account)."""

    question: str
    before: Any
    after: Any
    reason: str
    moment: datetime
    person: str | None


@dataclass(frozen=True)
class Corrections:
    """What was corrected in a visit that counts, oldest first, and what may be corrected.

    ``answers`` are the raw answers that count now, with their score in ``card``; ``sent_card`` is the score
    of what was sent. ``opened`` are questions that only a correction brought into the visit and that nobody
    has answered.
    """

    made: tuple[MadeCorrection, ...]
    correctable: frozenset[str]
    opened: tuple[str, ...]
    answers: Mapping[str, Any]
    card: Scorecard
    sent_card: Scorecard

    def of(self, question: str) -> tuple[MadeCorrection, ...]:
        """The corrections of one question."""
        return tuple(each for each in self.made if each.question == question)


def read_corrections(reach: Reach, visit_id: UUID) -> Corrections | None:
    """The corrections of a visit in the reviewer's subtree; None where it does not count. Raises NotYours."""
    visit = find_reviewed(reach, visit_id)
    if visit.state != VisitState.SUBMITTED.value:
        return None
    counted = count_corrected(visit)
    sent = count_sent(visit) if visit.corrections else counted
    return Corrections(
        made=_list_made(visit.corrections),
        correctable=frozenset(
            each.id for each in counted.checklist.questions() if is_correctable(counted, each)
        ),
        opened=_list_opened(sent, counted),
        answers=read_part(counted.raw, "answers"),
        card=counted.card,
        sent_card=sent.card,
    )


def is_correctable(counted: CountedSheet, question: Question) -> bool:
    """Whether the answer to a question may be corrected: it is in the visit, and words or a tap answer it."""
    return question.id in counted.shown and question.kind not in ANSWERED_BY_FILES


def find_question(checklist: Checklist, question_id: str) -> Question | None:
    """A question by its id, None where the checklist has no such question."""
    return next((each for each in checklist.questions() if each.id == question_id), None)


def _list_made(rows: list[AnswerCorrection]) -> tuple[MadeCorrection, ...]:
    people = {each.corrected_by_id for each in rows}
    names: dict[UUID | None, str] = {
        user_id: name
        for user_id, name in db.session.execute(select(User.id, User.name).where(User.id.in_(people)))
    }
    return tuple(
        MadeCorrection(
            each.question,
            _read(each.before),
            _read(each.after),
            each.reason,
            each.corrected_at,
            names.get(each.corrected_by_id),
        )
        for each in rows
    )


def _list_opened(sent: CountedSheet, counted: CountedSheet) -> tuple[str, ...]:
    return tuple(
        each.id
        for each in counted.checklist.questions()
        if each.id not in sent.shown
        and is_correctable(counted, each)
        and counted.sheet.answers.get(each.id) is None
    )


def _read(answer: str | None) -> Any:
    return None if answer is None else json.loads(answer)
