"""Visits to print and staff to compare: the two worked visits of the scoring rules, as whole reports."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from checklists.answers import parse_sheet
from checklists.definition import Checklist
from checklists.loading import read_checklist
from checklists.localtext import Language, LocalText
from checklists.problems import describe_problems
from checklists.scoring import score_visit
from checklists.standards import load_standards
from reports.pdf import render_visit_pdf
from reports.rows import PlayedScenario, ReportPhoto, StaffVisit, VisitReport

SAMPLE = Path(__file__).parent / "sample-visit.yaml"
AUDITOR = "Ревизорова Секретина"

V1: dict[str, object] = {
    "visit": {"auditor": AUDITOR, "date": "2026-11-05"},
    "answers": {
        "wait": 240,
        "name": "yes",
        "asked": 4,
        "repeated": "yes",
        "heard": "n/a",
        "facts": "n/a",
        "features": "some",
        "receipt": "yes",
        "wow": "yes",
        "words": "Принесли воды и предложили подождать у окна.",
    },
    "comments": {"wait": "Двое разговаривали у кассы."},
}
V2: dict[str, object] = {
    "answers": {
        "wait": 180,
        "name": "yes",
        "asked": 4,
        "repeated": "no",
        "heard": "yes",
        "facts": "no",
        "features": "all",
        "receipt": "no",
        "wow": "yes",
    },
}


def sample_checklist(**changes: Any) -> Checklist:
    """Return the worked checklist, with the standards of the library, or a changed copy of it."""
    checklist, problems = read_checklist(SAMPLE.read_text(encoding="utf-8"), name=SAMPLE.name)
    assert checklist is not None, describe_problems(problems, "en")
    return checklist.model_copy(update=changes)


def make_report(
    raw: Mapping[str, object] = V1, *, checklist: Checklist | None = None, **changes: Any
) -> VisitReport:
    """Return the report of an answers file over the worked checklist; `changes` replace its other facts."""
    checklist = checklist or sample_checklist()
    sheet, problems = parse_sheet(checklist, raw)
    assert not problems, describe_problems(problems, "en")
    report = VisitReport(
        company="Северный дом",
        unit="Север / Магазин 3",
        employee="Анна Петрова",
        position="продавец",
        checklist=checklist,
        version=2,
        visited_on=date(2026, 11, 5),
        part_of_day="afternoon",
        scorecard=score_visit(checklist, sheet),
        sheet=sheet,
        photos=(),
        standards=load_standards(),
        purpose=LocalText(ru="Программа нужна для обучения.", en="The programme serves training."),
        revision="7f3a91c2",
        scenario=PlayedScenario(LocalText(ru="Незнайка", en="The undecided")),
    )
    return replace(report, **changes)


def change_answers(raw: Mapping[str, object], **answers: object) -> dict[str, object]:
    """Return an answers file with some answers changed."""
    old = raw["answers"]
    assert isinstance(old, dict)
    return {**raw, "answers": {**old, **answers}}


def print_pdf(report: VisitReport, language: Language = "ru", **photos: bytes) -> bytes:
    """Print a report whose photos are those given by key."""
    return render_visit_pdf(report, language, load_photo=photos.__getitem__)


def draw_photo(colour: str = "#3366cc", *, width: int = 800, height: int = 600) -> bytes:
    """Return a JPEG of one colour."""
    output = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(output, "JPEG", quality=85)
    return output.getvalue()


def show_photo(key: str, question: str | None = None, caption: str | None = None) -> ReportPhoto:
    """Return a photo row."""
    return ReportPhoto(key, question, caption)


def visits_of(name: str, *bases: float | None, **changes: Any) -> list[StaffVisit]:
    """Return visits of one employee a day apart, with these base scores; `changes` hold for all of them."""
    first = StaffVisit(
        visit="",
        employee=f"id of {name}",
        employee_name=name,
        unit="Север / Магазин 3",
        visited_on=date(2026, 3, 1),
        checklist="shop-visit",
        version=1,
        base=None,
        final=None,
        coverage=1.0,
        knocked_out=False,
        sections={},
    )
    return [
        replace(
            first,
            visit=f"{name} {number}",
            visited_on=first.visited_on + timedelta(days=number),
            base=base,
            final=base,
            **changes,
        )
        for number, base in enumerate(bases, start=1)
    ]
