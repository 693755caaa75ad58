"""A warm visit report as PDF against a plain WeasyPrint of the same content.

The content is a visit on the library's shop checklist with four photos. "Plain" is what a first version does:
the style sheet inside the page and parsed each time, fonts set up each time, columns measured from their
content, photos as the phone sent them.
"""

import io
import random
import tempfile
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

import fontpkg_pt_sans
from PIL import Image
from weasyprint import HTML

from benchmarks.figures import Figure, Figures, measure_interleaved
from checklists.answers import parse_sheet
from checklists.definition import Checklist, Question
from checklists.loading import load_library_checklist
from checklists.localtext import LocalText
from checklists.scoring import score_visit
from checklists.standards import load_standards
from reports.pdf import STYLES, render_visit_pdf
from reports.rows import ReportPhoto, VisitReport
from reports.visit_report import visit_report_html

ROUNDS = 9
PHOTOS = 4
PREPARED = (1480, 1110)  # what the upload makes of a photo
FROM_THE_PHONE = (2000, 1500)  # what the phone sends
LANGUAGE: Final = "ru"


def run() -> Figures:
    """Print the same visit both ways in turns and return the medians."""
    report = make_report()
    prepared = {f"photo-{number}": draw_photo(PREPARED, seed=number) for number in range(PHOTOS)}
    with tempfile.TemporaryDirectory() as folder:
        plain_page = write_plain_page(report, Path(folder))
        ours = partial(render_visit_pdf, report, LANGUAGE, load_photo=prepared.__getitem__)
        plain = partial(print_plainly, plain_page)
        seconds = measure_interleaved({"warm": ours, "plain": plain}, rounds=ROUNDS)
        sizes = {"warm": len(ours()), "plain": len(plain())}
    return {
        "warm": Figure(round(1000 * seconds["warm"], 1), "ms"),
        "plain": Figure(round(1000 * seconds["plain"], 1), "ms", reference="the same content, same run"),
        "warm_to_plain": Figure(round(seconds["warm"] / seconds["plain"], 3), "ratio", target="<= 0.5"),
        "warm_size": Figure(round(sizes["warm"] / 1000), "kB"),
        "plain_size": Figure(round(sizes["plain"] / 1000), "kB"),
    }


def make_report() -> VisitReport:
    """Return a visit on the shop checklist with every kind of answer, the same in each run."""
    checklist = load_library_checklist("shop-visit")
    chance = random.Random(11)  # noqa: S311 - the same visit in each run, nothing secret
    answers = {question.id: choose_answer(question, chance) for question in checklist.questions()}
    comments = {
        question.id: "Сотрудник отвлёкся на телефон, потом извинился и вернулся к разговору."
        for question in checklist.questions()
        if chance.random() < 0.25
    }
    sheet, problems = parse_sheet(checklist, {"answers": answers, "comments": comments})
    if problems:
        raise ValueError([problem.message("en") for problem in problems])
    return VisitReport(
        company="Северный дом",
        unit="Север / Магазин 3",
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
        revision="7f3a91c2b0d4",
    )


def choose_answer(question: Question, chance: random.Random) -> object:
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


def write_plain_page(report: VisitReport, folder: Path) -> Path:
    """Write the same page as a first version would have it, with files in place of our own addresses."""
    html = visit_report_html(report, LANGUAGE)
    style = (STYLES / "print.css").read_text(encoding="utf-8").replace("table-layout: fixed;", "")
    html = html.replace("</head>", f"<style>{style}</style></head>")
    html = html.replace("package:fonts/", (Path(fontpkg_pt_sans.ROOT) / "files").as_uri() + "/")
    html = html.replace("package:marks/", (STYLES / "marks").as_uri() + "/")
    for number, photo in enumerate(report.photos):
        path = folder / f"{photo.key}.jpg"
        path.write_bytes(draw_photo(FROM_THE_PHONE, seed=number, exif=True))
        html = html.replace(f"photo:{photo.key}", path.as_uri())
    page = folder / "report.html"
    page.write_text(html, encoding="utf-8")
    return page


def print_plainly(page: Path) -> bytes:
    """Print a page the way the first lines of WeasyPrint's documentation do."""
    pdf = HTML(filename=page).write_pdf(pdf_tags=True)
    if not isinstance(pdf, bytes):
        raise TypeError("WeasyPrint gave no bytes although no target was named")
    return pdf
