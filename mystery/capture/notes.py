"""The screen of a visit: the questions that are timed, counted or photographed, each by its cue."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from checklists.definition import Question
from checklists.localtext import Language
from mystery.access.scopes import NotYours, Reach
from mystery.capture.own_visits import foresee_visit
from mystery.database import db
from mystery.models import CaptureSettings, VisitState, parse_version
from mystery.sheets.numbering import number_questions


@dataclass(frozen=True)
class CuedQuestion:
    """One control of the screen: the question's id, and the neutral word or the number that stands for it."""

    id: str
    cue: str


@dataclass(frozen=True)
class NotesPage:
    """The screen of one visit. It holds no name of a client or a place, and no text of a question."""

    visit_id: UUID
    version_id: UUID
    assignment_id: UUID
    is_sent: bool
    timers: tuple[CuedQuestion, ...]
    tallies: tuple[CuedQuestion, ...]
    pictures: tuple[CuedQuestion, ...]
    takes_voice: bool
    takes_place: bool


def read_notes_page(reach: Reach, visit_id: UUID, version_id: UUID, language: Language) -> NotesPage:
    """The screen of a visit, whether begun or not; raises NotYours for another's, and for another version."""
    assignment, visit = foresee_visit(reach, visit_id)
    version = visit.version if visit is not None else assignment.version
    if version.id != version_id:
        raise NotYours
    checklist = parse_version(version.content)
    numbers = number_questions(checklist)
    questions = tuple(checklist.questions())

    def pick(*kinds: str, pictured: bool = False) -> tuple[CuedQuestion, ...]:
        return tuple(
            CuedQuestion(each.id, say_cue(each, numbers[each.id], language))
            for each in questions
            if each.kind in kinds or (pictured and each.evidence.photo != "none")
        )

    settings = db.session.get(CaptureSettings, assignment.unit.company_id)
    return NotesPage(
        visit_id=visit.id if visit is not None else visit_id,
        version_id=version_id,
        assignment_id=assignment.id,
        is_sent=visit is not None and visit.state != VisitState.DRAFT.value,
        timers=pick("duration"),
        tallies=pick("number"),
        pictures=pick("photo", pictured=True),
        takes_voice=settings is not None and settings.voice_memos,
        takes_place=settings is not None and settings.position_fix,
    )


def say_cue(question: Question, number: str, language: Language) -> str:
    """The neutral word of a question, else its number."""
    return question.cue.in_language(language) if question.cue is not None else number
