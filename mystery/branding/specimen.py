"""The specimen: a report of an invented visit, so that a look can be seen in print before anybody gets it."""

from __future__ import annotations

import hashlib
from datetime import date
from threading import Lock
from typing import Any

from flask_babel import gettext as _

from checklists.answers import NOT_APPLICABLE, parse_sheet
from checklists.definition import Checklist, Question
from checklists.loading import load_library_checklist
from checklists.localtext import Language
from checklists.scoring import score_visit
from checklists.standards import load_standards
from mystery.branding.queries import Look, LookCompany, name_logo, read_newest_checklist
from mystery.models import parse_version
from mystery.printouts.printing import load_photo
from reports.pdf import render_visit_pdf
from reports.rows import ReportLook, VisitReport

LIBRARY_CHECKLIST = "shop-visit"
# Every so many questions something is missed, so that marks and bars of all kinds are seen.
MISSED_EVERY = 4
_printing = Lock()


def print_specimen(company: LookCompany, look: Look, language: Language, *, day: date) -> bytes:
    """The PDF of an invented visit of ``day`` in this look, on the checklist that was published last."""
    content = read_newest_checklist(company.id)
    checklist = parse_version(content) if content else load_library_checklist(LIBRARY_CHECKLIST)
    report = _invent_report(company, checklist, look, day)
    # The fonts are shared in a process, so one report at a time.
    with _printing:
        return render_visit_pdf(report, language, load_photo=load_photo)


def _invent_report(company: LookCompany, checklist: Checklist, look: Look, day: date) -> VisitReport:
    raw = {"answers": _invent_answers(checklist), "photos": _count_photos(checklist)}
    sheet, _problems = parse_sheet(checklist, raw)
    return VisitReport(
        company=company.name,
        unit=_("A shop, as an example"),
        employee=_("An invented employee"),
        position=None,
        checklist=checklist,
        version=None,
        visited_on=day,
        part_of_day="afternoon",
        scorecard=score_visit(checklist, sheet),
        sheet=sheet,
        photos=(),
        standards=load_standards(),
        purpose=None,
        revision=hashlib.sha256(f"specimen {company.id}".encode()).hexdigest()[:12],
        look=ReportLook(logo=name_logo(company.id, look.logo), colour=look.colour),
    )


def _invent_answers(checklist: Checklist) -> dict[str, Any]:
    return {
        question.id: _answer(question, keeps=number % MISSED_EVERY != 0)
        for number, question in enumerate(checklist.questions(), start=1)
        if question.kind != "photo"
    }


def _count_photos(checklist: Checklist) -> dict[str, int]:
    return {question.id: 1 for question in checklist.questions() if question.kind == "photo"}


def _answer(question: Question, *, keeps: bool) -> Any:
    """An answer that keeps the standard, or misses it; critical questions are kept, or nothing else shows."""
    keeps = keeps or question.critical is not None
    if question.kind == "yes_no":
        return "yes" if keeps else "no"
    if question.kind == "scale" and question.scale:
        return question.scale.high if keeps else question.scale.low
    if question.kind == "choice":
        by_points = sorted(question.options, key=lambda option: option.points)
        return by_points[-1 if keeps else 0].id
    if question.kind == "multi":
        return [option.id for option in question.options if option.points > 0] if keeps else []
    if question.kind in ("number", "duration") and question.bands:
        upto = question.bands[0 if keeps else -1].upto
        return int(upto) + (0 if keeps else 1) if not isinstance(upto, str) else None
    return NOT_APPLICABLE.value if question.not_applicable else PLAIN.get(question.kind)


PLAIN: dict[str, Any] = {
    "number": 1,
    "duration": 60,
    "time": "14:30",
    "date": "2026-01-15",
    "text": "…",
    "audio": "…",
}
