"""Visits with answers to correct, and proposals of what they should be."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from checklists.definition import Checklist
from mystery.access.scopes import load_reach
from mystery.database import db
from mystery.models import Answer, AnswerCorrection
from mystery.review.correcting import Change, NotCorrected, Proposal, Refusal, correct_answer
from tests.capture.checklists import publish, read
from tests.cast import Cast
from tests.factories import make_assignment
from tests.review.desk import ARRIVED, hold_visit

REASON = "На фото чека видно другое."
# A question with two that depend on it; the second depends on the first of those.
CHAIN = """
  - id: one
    title: {ru: Один, en: One}
    questions:
      - {id: offered, kind: yes_no, weight: 1, text: {ru: Предложили?, en: Offered?}}
      - {id: named, kind: yes_no, weight: 2, text: {ru: Назвали цену?, en: Price named?},
         show_if: {question: offered, in: ["yes"]}}
      - {id: why, kind: text, text: {ru: Почему?, en: Why?}, show_if: {question: named, answered: true}}
      - {id: shelf, kind: yes_no, weight: 1, text: {ru: Ценник?, en: Price tag?}, evidence: {photo: required}}
"""


def read_chain() -> Checklist:
    """The checklist of questions that depend on each other."""
    return read(CHAIN)


def make_chain_visit(cast: Cast, answers: dict[str, Any]) -> UUID:
    """A visit on that checklist, taken as it is by the lead, since a required photo is missing."""
    from mystery.capture.actions import open_visit
    from mystery.review.actions import Outcome, take_visit

    assignment = make_assignment(cast, version=publish(cast, read_chain()))
    visit_id = open_visit(load_reach(cast.ours.users["auditor"]), assignment)
    hold_visit(visit_id, {"visit": {"date": "2026-11-05T14:30"}, "answers": answers}, arrived=ARRIVED)
    assert take_visit(load_reach(cast.ours.users["lead"]), visit_id, {}) is Outcome.DONE
    return visit_id


def propose(question: str, answer: Any, *, seen: int = 0, reason: str = REASON) -> Proposal:
    """A correction as the page sends it."""
    return Proposal(question, answer, reason, seen)


def correct(
    cast: Cast, visit_id: UUID, question: str, answer: Any, *, seen: int = 0, reason: str = REASON
) -> Change | Refusal | NotCorrected:
    """Correct an answer as our lead."""
    reach = load_reach(cast.ours.users["lead"])
    return correct_answer(reach, visit_id, propose(question, answer, seen=seen, reason=reason))


def read_answers(visit_id: UUID) -> dict[str, tuple[Any, ...]]:
    """State, value, earned and possible of every answer row, by question."""
    db.session.expire_all()
    rows = db.session.scalars(select(Answer).where(Answer.visit_id == visit_id))
    return {row.question: (row.state, row.value, row.earned, row.possible) for row in rows}


def read_rows(visit_id: UUID) -> list[AnswerCorrection]:
    """The corrections of a visit, oldest first."""
    db.session.expire_all()
    found = select(AnswerCorrection).where(AnswerCorrection.visit_id == visit_id)
    return list(db.session.scalars(found.order_by(AnswerCorrection.number)))
