"""Correcting an answer of a visit that counts: what it would change, and the correction itself.

What the auditor sent is never touched. A correction is a row of its own with its reason; the numbers of the
visit are worked out anew in the same transaction.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Literal, TypeAlias
from uuid import UUID

from checklists.corrections import correct_answers, write_answer
from checklists.definition import Question
from checklists.problems import Problem
from checklists.scorecard import Scorecard
from mystery.access.scopes import NotYours, Reach
from mystery.clock import now
from mystery.database import db
from mystery.jobs.asking import ask_for_printing
from mystery.models import AnswerCorrection, User, Visit, VisitState, parse_version
from mystery.review.cases import find_reviewed
from mystery.review.corrections import find_question, is_correctable
from mystery.sheets.corrected_visit import CountedSheet, count_corrected, keep_corrected
from mystery.sheets.raw_sheet import read_part
from mystery.sheets.submission import check_sheet

LONGEST_REASON = 1000
# A reviewer takes no photo afterwards: one that was missing before does not stand in his way.
PHOTO_CODES = frozenset({"photo_missing", "photo_missing_or_na"})
Occasion: TypeAlias = Literal["review", "appeal"]


class NotCorrected(Enum):
    """Why nothing was corrected; nothing was changed."""

    # The visit does not count: it is held, set aside, or with its auditor.
    NOT_COUNTING = auto()
    # The question is not in this visit, or files answer it.
    NOT_ASKED = auto()
    # Somebody corrected this visit since the page was opened.
    CHANGED_MEANWHILE = auto()
    # The very same was corrected by this person just before: a button pressed twice.
    ALREADY = auto()


@dataclass(frozen=True)
class Proposal:
    """What a reviewer wants an answer to be, and why.

    ``answer`` is raw, as a form sends it; ``seen`` is how many corrections the visit had on his page.
    """

    question: str
    answer: Any
    reason: str
    seen: int


@dataclass(frozen=True)
class Refusal:
    """What is wrong with a proposal: with the answer, or with the reason."""

    problems: tuple[Problem, ...] = ()
    is_same: bool = False
    names_auditor: bool = False


@dataclass(frozen=True)
class Change:
    """What a correction changes: both scores, and the questions that come into the visit or leave it.

    Of those that come, ``unanswered`` have no answer yet.
    """

    before: Scorecard
    after: Scorecard
    came: tuple[str, ...]
    went: tuple[str, ...]
    unanswered: tuple[str, ...]


@dataclass(frozen=True)
class _Examined:
    visit: Visit
    question: Question
    before: CountedSheet
    after: CountedSheet


def foresee_correction(reach: Reach, visit_id: UUID, proposal: Proposal) -> Change | Refusal | NotCorrected:
    """What the proposal would change, or why it cannot be. Raises NotYours."""
    examined = _examine(find_reviewed(reach, visit_id), reach, proposal)
    return _compare(examined) if isinstance(examined, _Examined) else examined


def correct_answer(
    reach: Reach, visit_id: UUID, proposal: Proposal, *, occasion: Occasion = "review"
) -> Change | Refusal | NotCorrected:
    """Correct the answer and the numbers of the visit, or say why not. Raises NotYours."""
    visit = find_reviewed(reach, visit_id, lock=True)
    examined = _examine(visit, reach, proposal)
    if not isinstance(examined, _Examined):
        db.session.rollback()
        return examined
    question, sheets = examined.question, (examined.before.sheet, examined.after.sheet)
    before, after = (write_answer(sheet.answers.get(question.id)) for sheet in sheets)
    db.session.add(
        AnswerCorrection(
            visit_id=visit_id,
            question=question.id,
            number=proposal.seen + 1,
            before=before,
            after=after,
            occasion=occasion,
            reason=proposal.reason,
            corrected_at=now(),
            corrected_by_id=reach.user_id,
        )
    )
    keep_corrected(visit, examined.after)
    # Its readers shall find the corrected report printed.
    ask_for_printing(visit_id, f"correction {proposal.seen + 1}")
    db.session.commit()
    return _compare(examined)


def _examine(visit: Visit, reach: Reach, proposal: Proposal) -> _Examined | Refusal | NotCorrected:
    question = find_question(parse_version(visit.version.content), proposal.question)
    if question is None:
        raise NotYours
    if visit.state != VisitState.SUBMITTED.value:
        return NotCorrected.NOT_COUNTING
    if proposal.seen != len(visit.corrections):
        return (
            NotCorrected.ALREADY if _is_repeated(visit, reach, proposal) else NotCorrected.CHANGED_MEANWHILE
        )
    before = count_corrected(visit)
    if not is_correctable(before, question):
        return NotCorrected.NOT_ASKED
    answer = json.dumps(proposal.answer) if proposal.answer is not None else None
    problems = _list_problems(before, question, answer, proposal.reason)
    after = before.replace(question.id, answer)
    is_same = after.sheet.answers.get(question.id) == before.sheet.answers.get(question.id)
    auditor = db.session.get_one(User, visit.auditor_id)
    names_auditor = mentions(proposal.reason, auditor.name, auditor.email)
    if problems or is_same or names_auditor:
        return Refusal(problems, is_same and not problems, names_auditor)
    return _Examined(visit, question, before, after)


def _list_problems(
    counted: CountedSheet, question: Question, answer: str | None, reason: str
) -> tuple[Problem, ...]:
    """What is wrong with the new answer, by the same rules as when a visit is sent.

    Where it has to be explained (SC-10), the reason of the correction explains it.
    """
    comments = dict(read_part(counted.raw, "comments"))
    if not str(comments.get(question.id) or "").strip():
        comments[question.id] = reason or "…"
    proposed = correct_answers({**counted.raw, "comments": comments}, [(question.id, answer)])

    def find(raw: dict[str, Any]) -> list[Problem]:
        _sheet, problems = check_sheet(counted.checklist, raw, counted.photos)
        return [
            each for each in problems if each.place.question == question.id and each.place.field != "comments"
        ]

    missing_before = {each.code for each in find(dict(counted.raw))} & PHOTO_CODES
    return tuple(each for each in find(proposed) if each.code not in missing_before)


def mentions(text: str, name: str, email: str) -> bool:
    """Whether ``text`` names a person whole: the name in either order, or the e-mail address."""
    said = f" {' '.join(text.casefold().split())} "
    words = name.casefold().split()
    forms = {" ".join(words), " ".join(reversed(words)), email.casefold()} - {""}
    return any(form in said for form in forms)


def _is_repeated(visit: Visit, reach: Reach, proposal: Proposal) -> bool:
    if not visit.corrections or len(visit.corrections) != proposal.seen + 1:
        return False
    last = visit.corrections[-1]
    same = (reach.user_id, proposal.question, proposal.reason)
    return (last.corrected_by_id, last.question, last.reason) == same


def _compare(examined: _Examined) -> Change:
    before, after = examined.before, examined.after
    order = [question.id for question in before.checklist.questions()]
    came = tuple(each for each in order if each in after.shown - before.shown)
    return Change(
        before=before.card,
        after=after.card,
        came=came,
        went=tuple(each for each in order if each in before.shown - after.shown),
        unanswered=tuple(
            each for each in came if after.sheet.answers.get(each) is None and not after.photos.get(each)
        ),
    )
