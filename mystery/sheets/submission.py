"""Whether a visit may be submitted: every problem of its answers and its facts at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from checklists.answers import AnswerSheet, VisitFacts, parse_sheet
from checklists.definition import Checklist
from checklists.problems import Place, Problem, report_problem
from checklists.scoring import score_visit
from checklists.validation import check_submission
from checklists.visibility import shown_questions
from mystery.database import db
from mystery.models import Photo, Visit, parse_version
from mystery.sheets.frozen_visit import CheckedVisit
from mystery.sheets.raw_sheet import RawSheet, read_part
from mystery.sheets.recall import list_recall_minutes
from mystery.sheets.staff import works_there
from mystery.sheets.visit_facts import (
    FactFault,
    NamedEmployee,
    asks_employee,
    judge_moment,
    read_employee,
    read_moment,
)

LONGEST_TEXT = 4000
# Parts of a raw sheet that are read elsewhere: the facts, and the moments that a phone has noted.
NO_ANSWERS = frozenset({"visit", "events", "answered", "writer", "turn"})


@dataclass(frozen=True)
class Refused:
    """What has to be mended before the visit can be sent; nothing was changed."""

    problems: tuple[Problem, ...] = ()
    faults: tuple[FactFault, ...] = ()


def check_visit(
    visit: Visit, raw: RawSheet, *, received_at: datetime, as_it_is: bool = False
) -> CheckedVisit | Refused:
    """The typed and scored visit, or everything that stands in its way.

    A reviewer takes a visit ``as_it_is``: what is open or unreadable then simply is not in it. Its facts
    must hold even so, because nothing could be compared without them.
    """
    checklist = parse_version(visit.version.content)
    sheet, problems = check_sheet(checklist, raw, count_photos(visit.id))
    visited_at, employee = check_facts(visit, raw, received_at=received_at)
    faults = tuple(fact for fact in (visited_at, employee) if isinstance(fact, FactFault))
    stops = bool(problems) and not as_it_is
    if stops or isinstance(visited_at, FactFault) or isinstance(employee, FactFault):
        return Refused(tuple(problems), faults)
    return CheckedVisit(
        checklist=checklist,
        sheet=sheet,
        card=score_visit(checklist, sheet),
        visited_at=visited_at,
        employee_id=employee.id,
        employee_note=employee.note,
        recall=list_recall_minutes(raw, visited_at),
    )


def check_facts(
    visit: Visit, raw: RawSheet, *, received_at: datetime
) -> tuple[datetime | FactFault, NamedEmployee | FactFault]:
    """When the visit was made and whom it was about, each of them or what is wrong with it."""
    visited_at = _check_moment(visit, raw, received_at)
    return visited_at, _check_employee(visit, parse_version(visit.version.content), raw, visited_at)


def check_sheet(
    checklist: Checklist, raw: RawSheet, photos: dict[str, int]
) -> tuple[AnswerSheet, list[Problem]]:
    """The typed sheet and its problems in the order of the questions; hidden questions have none (SC-02)."""
    sheet, unread = read_sheet(checklist, raw, photos)
    shown = shown_questions(checklist, sheet.answers)
    found = [problem for problem in unread if problem.place.question in (None, *shown)]
    found += _list_long_texts(sheet, shown)
    unreadable = {problem.place.question for problem in found}
    # What could not be read is not also "missing".
    found += [each for each in check_submission(checklist, sheet) if each.place.question not in unreadable]
    order = {question.id: position for position, question in enumerate(checklist.questions())}
    return sheet, sorted(found, key=lambda problem: order.get(problem.place.question or "", -1))


def read_sheet(
    checklist: Checklist, raw: RawSheet, photos: dict[str, int]
) -> tuple[AnswerSheet, list[Problem]]:
    """The answers and comments as far as they can be read; the facts of the visit are read elsewhere."""
    parts = {name: part for name, part in raw.items() if name not in NO_ANSWERS}
    sheet, problems = parse_sheet(checklist, {**parts, "photos": None})
    facts = VisitFacts(date=str(read_part(raw, "visit").get("date") or "") or None)
    return replace(sheet, photos=photos, visit=facts), [_shorten(problem) for problem in problems]


def count_photos(visit_id: UUID) -> dict[str, int]:
    """How many photos each question of a visit has."""
    rows = db.session.execute(
        select(Photo.question, func.count()).where(Photo.visit_id == visit_id).group_by(Photo.question)
    )
    return dict(rows.all())


def _shorten(problem: Problem) -> Problem:
    # A text that is far too long is told the limit that holds here, not that of the answers-file format.
    if problem.code != "answer_text":
        return problem
    return report_problem("answer_text", problem.place, limit=LONGEST_TEXT)


def _list_long_texts(sheet: AnswerSheet, shown: frozenset[str]) -> Iterator[Problem]:
    for part, texts in (("answers", sheet.answers), ("comments", sheet.comments)):
        for question, text in texts.items():
            if isinstance(text, str) and len(text) > LONGEST_TEXT and question in shown:
                yield report_problem("answer_text", Place(question=question, field=part), limit=LONGEST_TEXT)


def _check_moment(visit: Visit, raw: RawSheet, received_at: datetime) -> datetime | FactFault:
    visited_at = read_moment(read_part(raw, "visit").get("date"), visit.unit.time_zone)
    if isinstance(visited_at, FactFault):
        return visited_at
    fault = judge_moment(visited_at, window_start=visit.assignment.window_start, received_at=received_at)
    return fault or visited_at


def _check_employee(
    visit: Visit, checklist: Checklist, raw: RawSheet, visited_at: datetime | FactFault
) -> NamedEmployee | FactFault:
    assigned = visit.assignment.employee_id
    if not asks_employee(checklist.channel, assigned=assigned is not None):
        return NamedEmployee(assigned, is_named=True, note="")
    named = read_employee(read_part(raw, "visit").get("employee"))
    if isinstance(named, FactFault):
        return named
    if not named.is_named:
        return FactFault.EMPLOYEE_MISSING
    if named.id is None or isinstance(visited_at, FactFault):
        return named
    if not works_there(named.id, visit.unit, visited_at.date()):
        return FactFault.EMPLOYEE_ELSEWHERE
    return named
