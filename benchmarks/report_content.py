"""What a report of a visit says, without any layout: the same words for every program that prints it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from checklists.localtext import Language
from reports.arithmetic import build_arithmetic
from reports.dates import format_day_and_part
from reports.headline import build_headline
from reports.highlights import MISSES_ON_FIRST_PAGE, Outcome, build_misses, build_strengths
from reports.marks import Mark
from reports.pdf import FONTS, STYLES
from reports.record import write_record
from reports.rows import VisitReport
from reports.seals import build_seal
from reports.visit_report import explain_tick
from reports.visit_sections import QuestionLine, build_visit_sections
from reports.words import say

Content = dict[str, Any]
WORD: Final = re.compile(r"\w+")
WORDS: Final = (
    *("report", "sections", "this_visit", "strengths", "misses", "other_misses", "best", "practice"),
    *("questionnaire", "arithmetic", "section", "points", "percent", "weight", "share", "adds"),
    *("base", "result", "page", "of_pages"),
)


def describe_content(report: VisitReport, language: Language, photos: Mapping[str, Path]) -> Content:
    """Return all that is printed, as plain lists and texts; photos, marks and fonts as paths of files."""
    sections = build_visit_sections(report, language)
    headline = build_headline(report, language)
    misses = [_describe_outcome(outcome, language) for outcome in build_misses(report, language)]
    return {
        "language": language,
        "words": {key: say(key, language) for key in WORDS},
        "company": report.company,
        "title": report.checklist.title.in_language(language),
        "stamp": build_seal(report).stamp,
        "purpose": report.purpose.in_language(language) if report.purpose else "",
        "figure": f"{headline.figure} {headline.out_of}",
        "band": headline.band,
        "coverage": headline.coverage,
        "remarks": [*headline.remarks, *(f"{each.question} — {each.effect}" for each in headline.knock_outs)],
        "facts": _list_facts(report, language),
        "bars": [[each.title, float(each.share or 0), each.percent] for each in sections],
        "tick": explain_tick(report, language),
        "strengths": [_name_outcome(outcome, language) for outcome in build_strengths(report, language)],
        "misses": misses[:MISSES_ON_FIRST_PAGE],
        "others": misses[MISSES_ON_FIRST_PAGE:],
        "sections": [
            {
                "title": f"{number}. {each.title}",
                "percent": each.percent,
                "points": each.points,
                "questions": [_describe_question(question, photos) for question in each.questions],
            }
            for number, each in enumerate(sections, start=1)
        ],
        **_describe_sum(report, language),
        "fonts": {
            "regular": str(FONTS / "PT_Sans-Web-Regular.ttf"),
            "bold": str(FONTS / "PT_Sans-Web-Bold.ttf"),
        },
        "record": write_record(report),
    }


def list_texts(content: Content) -> Iterator[str]:
    """Give every text that must be found in print."""
    hidden = ("language", "words", "fonts", "record", "mark", "photo")
    for key, value in content.items():
        if key not in hidden:
            yield from _list_nested(value)


def check_words(program: str, pdf: bytes, content: Content) -> None:
    """Raise ValueError when a word of the content cannot be read in a PDF."""
    command = [shutil.which("pdftotext") or "pdftotext", "-raw", "-", "-"]
    text = subprocess.run(command, input=pdf, check=True, capture_output=True).stdout.decode("utf-8")  # noqa: S603  # A program of the system's.
    absent = {word for each in list_texts(content) for word in WORD.findall(each)} - set(WORD.findall(text))
    if absent:
        raise ValueError(f"{program} does not print {sorted(absent)[:20]}")


def _list_nested(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from list_texts(value)
    elif isinstance(value, list):
        for each in value:
            yield from _list_nested(each)


def _list_facts(report: VisitReport, language: Language) -> list[list[str]]:
    facts = {
        "unit": report.unit,
        "employee": f"{report.employee}, {report.position}",
        "date": format_day_and_part(report.visited_on, report.part_of_day, language),
        "checklist": report.checklist.title.in_language(language),
    }
    return [[say(name, language), fact or ""] for name, fact in facts.items()]


def _name_outcome(outcome: Outcome, language: Language) -> Content:
    code = f"{outcome.code} · {outcome.mark.in_words(language)}"
    return {"mark": find_mark(outcome.mark), "title": outcome.title, "code": code}


def _describe_outcome(outcome: Outcome, language: Language) -> Content:
    texts = {"text": outcome.text or "", "best": outcome.best or "", "practice": outcome.practice or ""}
    return _name_outcome(outcome, language) | texts


def _describe_question(question: QuestionLine, photos: Mapping[str, Path]) -> Content:
    return {
        "mark": find_mark(question.mark),
        "number": question.number,
        "text": question.text,
        "code": question.standard or "",
        "answer": question.answer,
        "anchor": question.anchor or "",
        "points": question.points,
        "outcome": question.outcome,
        "comment": question.comment or "",
        "photos": [
            {"photo": str(photos[each.key]), "label": f"{each.label}: {each.caption}"}
            for each in question.photos
            if each.key is not None
        ],
    }


def _describe_sum(report: VisitReport, language: Language) -> Content:
    arithmetic = build_arithmetic(report, language)
    return {
        "sum": [
            [each.title, each.points, each.percent, each.weight, each.share, each.adds]
            for each in arithmetic.sections
        ],
        "base": [arithmetic.weight, arithmetic.share, arithmetic.base or ""],
        "steps": [[step.label, step.change] for step in arithmetic.steps],
        "result": arithmetic.final or "",
        "notes": list(arithmetic.notes),
    }


def find_mark(mark: Mark | None) -> str:
    """Return the file of a mark; empty where there is none."""
    return str(STYLES / "marks" / f"{mark.value}.svg") if mark else ""
