"""Two reports over a period as programmes print them: an employee's year, and a shop with its staff."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Final

from checklists.answers import parse_sheet
from checklists.definition import Checklist
from checklists.loading import load_library_checklist
from checklists.localtext import Language
from checklists.scoring import score_visit
from reports.pdf import render_period_pdf
from reports.period_print import PrintedPeriod, write_employee_document, write_unit_document
from reports.period_rows import EmployeePeriod, Period, PeriodVisit, UnitPeriod
from reports.rows import ReportLook
from tests.reports.period_samples import make_period, make_unit_period
from tests.reports.typical import draw_logo, give_answer

PERIOD_NAMES: Final = ("employee", "unit")
YEAR: Final = Period(date(2025, 11, 6), date(2026, 11, 5))
ADDRESS: Final = "https://mystery.example.com"
STAFF: Final = (
    "Анна Петрова",
    "Борис Ли",
    "Вера Преображенская-Константинова",
    "Глеб Ёлкин",
    "Дарья Самойлова",
    "Ефим Ким",
    "Жанна Орлова",
    "Зоя Белова",
    "Иван Сергеев",
    "Ксения Дорохова",
    "Лев Абрамов",
    "Мария Ким",
)


@cache
def typical_employee() -> EmployeePeriod:
    """Twelve visits of a year: one knocked out, and one of which too little was assessed."""
    checklist = load_library_checklist("shop-visit")
    visits = draw_year(checklist, 12, skill=0.8, seed=5)
    visits[3] = draw_visit(checklist, 4, seed=99, skill=0.9, fixed={"receipt": "no"})
    visits[6] = draw_visit(checklist, 7, seed=98, skill=0.9, sections=2)
    return make_period(visits, versions={1: checklist}, period=YEAR, public_url=ADDRESS)


@cache
def typical_unit() -> UnitPeriod:
    """A shop of twelve people, with one to seven visits each: two sheets of standards by staff."""
    checklist = load_library_checklist("shop-visit")
    staff = {
        name: draw_year(checklist, 1 + number % 7, skill=0.72 + number / 60, seed=number)
        for number, name in enumerate(STAFF)
    }
    staff[STAFF[2]][0] = draw_visit(checklist, 1, seed=97, skill=0.9, fixed={"receipt": "no"})
    return make_unit_period(staff, checklist, period=YEAR, public_url=ADDRESS)


def write_typical_period(name: str, language: Language) -> PrintedPeriod:
    """One of the two as it is handed to the press, the unit's with a company's own look."""
    if name == "employee":
        return write_employee_document(typical_employee(), language)
    unit = replace(typical_unit(), look=ReportLook("logo", "#7a1f4b"))
    return write_unit_document(unit, language, logo=draw_logo())


@cache
def print_typical_period(name: str, language: Language) -> bytes:
    """Print one of the two."""
    return render_period_pdf(write_typical_period(name, language))


def draw_year(checklist: Checklist, count: int, *, skill: float, seed: int) -> list[PeriodVisit]:
    """So many visits with drawn answers, a month apart."""
    return [
        draw_visit(checklist, number, seed=100 * seed + number, skill=skill) for number in range(1, count + 1)
    ]


def draw_visit(
    checklist: Checklist,
    number: int,
    *,
    seed: int,
    skill: float,
    fixed: Mapping[str, object] | None = None,
    sections: int | None = None,
) -> PeriodVisit:
    """A visit scored as it would be (SC-04 to SC-08), of only the first sections where that is said."""
    chance = random.Random(seed)
    walked = [question for section in checklist.sections[:sections] for question in section.questions]
    answers = {question.id: give_answer(question, skill, chance) for question in walked}
    # Critical questions are rarely missed; whoever wants one missed says so.
    answers |= {question.id: "yes" for question in walked if question.critical}
    sheet, _problems = parse_sheet(checklist, {"answers": {**answers, **(fixed or {})}})
    card = score_visit(checklist, sheet)
    return PeriodVisit(
        visit=f"00000000-0000-4000-8000-{seed:012}",
        visited_on=date(2025, 11, 20) + timedelta(days=29 * (number - 1)),
        unit="Север / Магазин 3",
        version=1,
        base=card.base,
        final=card.final,
        coverage=card.coverage,
        shares={score.id: score.value for score in card.questions() if score.value is not None},
        knock_outs=tuple(event.question for event in card.critical),
    )
