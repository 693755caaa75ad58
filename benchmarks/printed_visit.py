"""The visits whose reports are printed: the library's shop checklist, comments, and four photos each."""

from __future__ import annotations

import io
from datetime import date
from random import Random
from typing import Final

from PIL import Image

from checklists.answers import parse_sheet
from checklists.definition import Checklist, Question
from checklists.loading import load_library_checklist
from checklists.localtext import LocalText
from checklists.scoring import score_visit
from checklists.standards import load_standards
from mystery.demonstration.chance import make_chance
from reports.rows import ReportPhoto, VisitReport

PHOTOS: Final = 4
PREPARED: Final = (1480, 1110)  # what the upload makes of a photo
FROM_THE_PHONE: Final = (2000, 1500)  # what the phone sends
COMMENT: Final = "Сотрудник отвлёкся на телефон, потом извинился и вернулся к разговору."
FIRST_SEED: Final = 11


def make_report(number: int = 0) -> VisitReport:
    """Return a visit with every kind of answer; the same number gives the same visit in each run."""
    checklist = load_library_checklist("shop-visit")
    chance = make_chance(FIRST_SEED + number)
    answers = {question.id: choose_answer(question, chance) for question in checklist.questions()}
    comments = {question.id: COMMENT for question in checklist.questions() if chance.random() < 0.25}
    sheet, problems = parse_sheet(checklist, {"answers": answers, "comments": comments})
    if problems:
        raise ValueError([problem.message("en") for problem in problems])
    return VisitReport(
        company="Северный дом",
        unit=f"Север / Магазин {3 + number}",
        employee="Анна Петрова",
        position="продавец",
        checklist=checklist,
        version=1,
        visited_on=date(2026, 11, 5),
        part_of_day="afternoon",
        scorecard=score_visit(checklist, sheet),
        sheet=sheet,
        photos=choose_photos(checklist),
        standards=load_standards(),
        purpose=LocalText(ru="Программа нужна для обучения.", en="The programme serves training."),
        revision=f"7f3a91c2b0d{number:x}",
    )


def choose_answer(question: Question, chance: Random) -> object:
    """Return a likely raw answer to a question; texts and files stay open."""
    if question.scale is not None:
        return chance.randint(question.scale.low, question.scale.high)
    if question.kind == "yes_no":
        return chance.choice(["yes", "yes", "yes", "no"])
    if question.kind == "choice":
        return chance.choice(question.options).id
    if question.kind == "multi":
        return [option.id for option in question.options if chance.random() < 0.6]
    return chance.randint(1, 400) if question.kind in ("number", "duration") else None


def choose_photos(checklist: Checklist) -> tuple[ReportPhoto, ...]:
    """Return four photos on four questions."""
    questions = list(checklist.questions())
    return tuple(
        ReportPhoto(f"photo-{number}", questions[3 + 5 * number].id, "Полка у входа")
        for number in range(PHOTOS)
    )


def draw_photo(size: tuple[int, int], *, seed: int, exif: bool = False) -> bytes:
    """Return a JPEG about as heavy as a photo of a shelf; `exif` as a phone adds it."""
    noise = Image.effect_noise((size[0] // 8, size[1] // 8), 60 + seed).resize(size, Image.Resampling.BICUBIC)
    picture = Image.merge("RGB", (noise, noise.rotate(180), noise))
    output = io.BytesIO()
    data = Image.Exif()
    data[0x010F] = "Phone"
    picture.save(output, "JPEG", quality=82, **({"exif": data.tobytes()} if exif else {}))
    return output.getvalue()
