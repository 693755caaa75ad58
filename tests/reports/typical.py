"""Six reports as programmes print them: good, poor, failed, much not applicable, many photos, long words."""

import io
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Final

from PIL import Image, ImageDraw

from checklists.answers import parse_sheet
from checklists.definition import Question
from checklists.loading import load_library_checklist
from checklists.localtext import Language, LocalText
from checklists.problems import describe_problems
from checklists.scenarios import load_scenarios
from checklists.scoring import score_visit
from checklists.standards import load_standards
from reports.pdf import render_visit_pdf
from reports.rows import (
    PlayedScenario,
    ReportCorrection,
    ReportLook,
    ReportPhoto,
    SectionMean,
    SectionMeans,
    VisitReport,
)

NAMES: Final = ("good", "poor", "failed", "not_applicable", "photos", "words")
COMMENTS: Final = (
    "Продавец подошла сама, пока я смотрел ценник, и спросила, для какой комнаты нужна лампа.",
    "Ответил не отрываясь от телефона, потом извинился и вернулся к разговору.",
    "Цену назвал верно, скидку по карте не упомянул.",
)
LONG: Final = (
    "Я вошёл в магазин и около трёх минут ходил между полками. Двое сотрудников разговаривали у кассы, один "
    "из них посмотрел на меня и продолжил разговор. Когда я взял товар в руки, подошла женщина в форме, "
    "поздоровалась и спросила, нужна ли помощь. Я ответил, что выбираю подарок и не знаю, что подойдёт. Она "
    "предложила две вещи, объяснила разницу и показала, как ими пользоваться.\n"
    "На мой вопрос о гарантии она ответила не сразу: ушла узнать, вернулась через две минуты и прочитала "
    "условия с листа. После этого сказала, что при ней такого вопроса ещё не задавали. "
)


@cache
def typical_report(name: str) -> VisitReport:
    """One of the six, always the same."""
    return MAKERS[name]()


def print_typical(name: str, language: Language) -> bytes:
    """Print one of the six."""
    return render_visit_pdf(typical_report(name), language, load_photo=load_picture)


def load_picture(key: str) -> bytes:
    """The bytes of a drawn picture: a shelf by its number, or the logo."""
    return draw_logo() if key == "logo" else draw_shelf(int(key.partition("-")[2]))


def _good() -> VisitReport:
    return _make(0.93, 3, unit="Север / Магазин на Садовой", employee="Анна Петрова", position="продавец")


def _poor() -> VisitReport:
    report = _make(0.35, 5, unit="Юг / Ростов-на-Дону", employee="Пётр Самойлов", position="стажёр")
    question = next(iter(report.checklist.sections[1].questions[1:2]))
    correction = ReportCorrection(
        question.id,
        "yes" if report.sheet.answers[question.id] == "no" else "no",
        report.sheet.answers[question.id],
        "review",
        "На записи слышно, кто поздоровался первым.",
        date(2026, 11, 8),
    )
    return replace(report, corrections=(correction,), unit_means=SectionMeans(2, 1, {}))


def _failed() -> VisitReport:
    return _make(
        0.85,
        7,
        {"receipt": "no"},
        unit="Север / Магазин 3",
        employee="Мария Ким",
        position="старший кассир",
    )


def _not_applicable() -> VisitReport:
    kept = {"greeting", "appearance"}
    report = _make(0.8, 11, unit="Онлайн", employee=None, position=None)
    answers = {
        question.id: report.sheet.answers.get(question.id) if section.id in kept else None
        for section in report.checklist.sections
        for question in section.questions
    }
    for question in report.checklist.questions():
        if question.not_applicable:
            answers[question.id] = "n/a"
    sheet, _problems = parse_sheet(report.checklist, {"answers": answers})
    return replace(report, sheet=sheet, scorecard=score_visit(report.checklist, sheet), unit_means=None)


def _photos() -> VisitReport:
    report = _make(0.7, 13, unit="Центр / Флагман", employee="Ольга Сергеева", position="консультант")
    asked = [question.id for question in report.checklist.questions()]
    photos = tuple(
        ReportPhoto(f"shelf-{number}", asked[(number * 3) % 24] if number % 9 else None, f"Полка {number}")
        for number in range(1, 41)
    )
    return replace(report, photos=photos, look=ReportLook("logo", "#7a1f4b"))


def _words() -> VisitReport:
    report = _make(0.6, 17, unit="Север / Магазин 3", employee="Александра Преображенская", position=None)
    asked = [question.id for question in report.checklist.questions()]
    comments = {question: LONG * (1 + number % 4) for number, question in enumerate(asked[::4])}
    return replace(report, sheet=replace(report.sheet, comments=comments))


MAKERS: Final[Mapping[str, Callable[[], VisitReport]]] = {
    "good": _good,
    "poor": _poor,
    "failed": _failed,
    "not_applicable": _not_applicable,
    "photos": _photos,
    "words": _words,
}


def _make(skill: float, seed: int, fixed: Mapping[str, object] | None = None, **facts: Any) -> VisitReport:
    """A visit on the shop checklist in which each answer is the best one with the chance `skill`."""
    checklist = load_library_checklist("shop-visit")
    chance = random.Random(seed)
    answers = {question.id: give_answer(question, skill, chance) for question in checklist.questions()}
    answers |= fixed or {}
    comments = {each.id: chance.choice(COMMENTS) for each in checklist.questions() if chance.random() < 0.2}
    asked_for = {question.id: 1 for question in checklist.questions() if question.kind == "photo"}
    raw = {"answers": answers, "comments": comments, "photos": asked_for}
    sheet, problems = parse_sheet(checklist, raw)
    assert not problems, describe_problems(problems, "en")
    scenario = load_scenarios()["shop-purchase"]
    sections = [section.id for section in checklist.sections]
    return VisitReport(
        company="Северный дом",
        checklist=checklist,
        version=2,
        visited_on=date(2026, 11, 5),
        part_of_day="afternoon",
        scorecard=score_visit(checklist, sheet),
        sheet=sheet,
        photos=(),
        standards=load_standards(),
        purpose=LocalText(
            ru="Цель программы — обучение. Отчёт не основание для взыскания.",
            en="The programme serves training. This report is not a ground for discipline.",
        ),
        revision=f"{seed:012x}",
        scenario=PlayedScenario(scenario.title, scenario.legend, scenario.expected),
        unit_means=_make_means(sections, 12, 4, start=71.0),
        programme_means=_make_means(sections, 143, 38, start=78.0),
        public_url="https://mystery.example.com",
        **facts,
    )


def _make_means(sections: list[str], visits: int, people: int, *, start: float) -> SectionMeans:
    means = {
        section: SectionMean(start + 7 * (-1) ** place - place, visits, people)
        for place, section in enumerate(sections)
    }
    return SectionMeans(visits, people, means)


def give_answer(question: Question, skill: float, chance: random.Random) -> object:
    """A raw answer: the best one or another; texts and files stay open."""
    best = chance.random() < skill
    if question.scale is not None:
        low, high = question.scale.low, question.scale.high
        return high if best else chance.randint(low, high - 1)
    if question.kind == "yes_no":
        return "yes" if best else "no"
    if question.kind == "choice":
        options = sorted(question.options, key=lambda option: -option.points)
        return options[0].id if best else chance.choice(options[1:]).id
    if question.kind in ("duration", "number") and question.bands:
        return int(question.bands[0 if best else -1].upto) + (0 if best else 90)
    return "Вежливо и без спешки, хотя людей было много." if question.kind == "text" else None


@cache
def draw_shelf(number: int) -> bytes:
    """A made-up photo of a shelf: boards and goods in colours of their own."""
    chance = random.Random(number)
    picture = Image.new("RGB", (740, 555) if number % 3 else (555, 740), "#d8d2c4")
    pen = ImageDraw.Draw(picture)
    for board in range(5):
        top = 20 + board * picture.height // 5
        foot = top + picture.height // 5 - 20
        for place in range(0, picture.width - 60, 70):
            colour = tuple(chance.randint(60, 220) for _part in range(3))
            height = chance.randint(50, picture.height // 5 - 20)
            pen.rectangle((place + 8, foot - height, place + 60, foot), fill=colour)
        pen.rectangle(
            (0, top + picture.height // 5 - 20, picture.width, top + picture.height // 5 - 8), "#7d6a4f"
        )
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=80)
    return output.getvalue()


@cache
def draw_logo() -> bytes:
    """A made-up company's logo: a transparent PNG."""
    picture = Image.new("RGBA", (480, 120), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.polygon([(10, 110), (60, 10), (110, 110)], fill="#7a1f4b")
    pen.rectangle((140, 30, 470, 60), fill="#7a1f4b")
    pen.rectangle((140, 80, 380, 95), fill="#b9879e")
    output = io.BytesIO()
    picture.save(output, "PNG")
    return output.getvalue()
