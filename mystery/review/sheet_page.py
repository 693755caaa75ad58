"""The page of one visit: its facts, its answers in words, and what a reviewer has to know of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from checklists.definition import Question
from checklists.localtext import Language
from checklists.visibility import shown_questions
from mystery.review.cards import FlagCard, list_cards
from mystery.review.cases import Case
from mystery.review.facts import say_employee, say_moment
from mystery.review.timeline import Entry, build_timeline
from mystery.review.words import MINUTES_AN_HOUR, say_minutes
from mystery.sheets.answer_words import say_answer
from mystery.sheets.numbering import number_questions
from mystery.sheets.problem_words import say_fact, say_problem
from mystery.sheets.raw_sheet import read_part
from mystery.sheets.submission import read_sheet
from mystery.sheets.visit_facts import lies_outside

# After this, what an auditor writes down is what he believes to remember.
LATE_MINUTES = 2 * MINUTES_AN_HOUR


@dataclass(frozen=True)
class SheetLine:
    """One question with what was answered; ``recall`` is how long after the event, in words."""

    id: str
    number: str
    anchor: str
    text: str
    is_critical: bool
    is_perishable: bool
    is_asked: bool
    answer: str
    is_answered: bool
    comment: str
    photos: tuple[UUID, ...]
    sounds: tuple[UUID, ...]
    problems: tuple[str, ...]
    recall: str
    is_late: bool


@dataclass(frozen=True)
class SheetPage:
    """Everything the template needs beside the case itself."""

    moment: str
    is_outside_window: bool
    employee: str
    sections: tuple[tuple[str, tuple[SheetLine, ...]], ...]
    fact_problems: tuple[str, ...]
    general_problems: tuple[str, ...]
    visit_sounds: tuple[UUID, ...]
    loose_photos: tuple[UUID, ...]
    timeline: list[tuple[str, list[Entry]]]
    recall: str
    cards: tuple[FlagCard, ...]

    @property
    def to_mend(self) -> list[tuple[str, str, str]]:
        """Every problem of an answer as (anchor, number, sentence), in the order of the checklist."""
        return [
            (line.anchor, line.number, problem)
            for _title, lines in self.sections
            for line in lines
            for problem in line.problems
        ]


def build_sheet_page(case: Case, language: Language) -> SheetPage:
    """The page of a visit in the reader's language."""
    numbers = number_questions(case.checklist)
    problems = case.refused.problems
    facts = read_part(case.raw, "visit")
    return SheetPage(
        moment=say_moment(facts.get("date"), case.time_zone),
        is_outside_window=lies_outside(facts.get("date"), *case.window),
        employee=say_employee(facts.get("employee"), case.people) if case.asks_employee else "",
        sections=_list_sections(case, language, numbers),
        fact_problems=tuple(say_fact(fault) for fault in case.refused.faults),
        general_problems=tuple(say_problem(each, language) for each in problems if not each.place.question),
        visit_sounds=tuple(sound.id for sound in case.sounds if sound.question not in numbers),
        loose_photos=tuple(
            photo for question, ids in case.photos.items() if question not in numbers for photo in ids
        ),
        timeline=build_timeline(case.raw, numbers, case.time_zone),
        recall=_say_recall(case),
        cards=list_cards(case, language, numbers),
    )


def _list_sections(
    case: Case, language: Language, numbers: Mapping[str, str]
) -> tuple[tuple[str, tuple[SheetLine, ...]], ...]:
    counts = {question: len(ids) for question, ids in case.photos.items()}
    sheet, _unread = read_sheet(case.checklist, case.raw, counts)
    shown = shown_questions(case.checklist, sheet.answers)
    sections = []
    for section in case.checklist.sections:
        lines = [_make_line(case, each, language, numbers) for each in section.questions]
        kept = tuple(
            line if question.id in shown else _hide(line)
            for question, line in zip(section.questions, lines, strict=True)
            if question.id in shown or _has_content(case, question.id)
        )
        sections.append((section.title.in_language(language), kept))
    return tuple(sections)


def _make_line(case: Case, question: Question, language: Language, numbers: Mapping[str, str]) -> SheetLine:
    minutes = case.recall.get(question.id)
    raw = read_part(case.raw, "answers").get(question.id)
    photos = tuple(case.photos.get(question.id, ()))
    return SheetLine(
        id=question.id,
        number=numbers[question.id],
        anchor=f"q-{question.id}",
        text=question.text.in_language(language),
        is_critical=question.critical is not None,
        is_perishable=question.perishable,
        is_asked=True,
        answer="" if raw is None and photos else say_answer(question, raw, language),
        is_answered=raw is not None,
        comment=str(read_part(case.raw, "comments").get(question.id) or ""),
        photos=photos,
        sounds=tuple(sound.id for sound in case.sounds if sound.question == question.id),
        problems=tuple(
            say_problem(each, language)
            for each in case.refused.problems
            if each.place.question == question.id
        ),
        recall="" if minutes is None else str(_("%(length)s after the event", length=say_minutes(minutes))),
        is_late=minutes is not None and minutes > LATE_MINUTES,
    )


def _hide(line: SheetLine) -> SheetLine:
    return SheetLine(**{**vars(line), "is_asked": False, "problems": ()})


def _has_content(case: Case, question: str) -> bool:
    return (
        read_part(case.raw, "answers").get(question) is not None
        or bool(read_part(case.raw, "comments").get(question))
        or question in case.photos
        or any(sound.question == question for sound in case.sounds)
    )


def _say_recall(case: Case) -> str:
    """What the delays between visit and answers mean, in plain words; nothing where none are known."""
    late = [minutes for minutes in case.recall.values() if minutes > LATE_MINUTES]
    if not case.recall:
        return ""
    if not late:
        return str(_("All answers were given within two hours of the event, while it was fresh."))
    counted = ngettext(
        "%(num)s answer was given more than two hours after the event, the longest delay is %(longest)s.",
        "%(num)s answers were given more than two hours after the event, the longest delay is %(longest)s.",
        len(late),
        longest=say_minutes(max(late)),
    )
    meaning = _("Names, minutes and exact words fade within hours, so rely less on such answers.")
    return f"{counted} {meaning}"
