"""Answers that were corrected after sending: the original, what it became, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from checklists.definition import Question
from checklists.localtext import Language
from reports.answer_words import describe_answer
from reports.dates import format_date
from reports.free_text import tame_text
from reports.rows import ReportCorrection, VisitReport
from reports.words import say


@dataclass(frozen=True)
class CorrectionLine:
    """One correction as it is printed under its question."""

    before: str
    after: str
    when: str  # "12 ноября 2026, после проверки анкеты"
    reason: str


def build_corrections(report: VisitReport, language: Language) -> Mapping[str, tuple[CorrectionLine, ...]]:
    """Give the corrections by the id of their question, in the order in which they were made."""
    questions = {question.id: question for question in report.checklist.questions()}
    lines: dict[str, list[CorrectionLine]] = {}
    for correction in report.corrections:
        question = questions[correction.question]
        lines.setdefault(question.id, []).append(_write_line(correction, question, language))
    return {question: tuple(written) for question, written in lines.items()}


def say_corrections(report: VisitReport, numbers: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """Say once, for page one, which questions were corrected and on what occasion; `numbers` are by id."""
    said = []
    for occasion in ("review", "appeal"):
        corrected = {each.question for each in report.corrections if each.occasion == occasion}
        named = [number for question, number in numbers.items() if question in corrected]
        if named:
            said.append(say(f"corrected_{occasion}", language, questions=", ".join(named)))
    return tuple(said)


def _write_line(correction: ReportCorrection, question: Question, language: Language) -> CorrectionLine:
    return CorrectionLine(
        before=describe_answer(question, correction.before, language),
        after=describe_answer(question, correction.after, language),
        when=f"{format_date(correction.on, language)}, {say(f'after_{correction.occasion}', language)}",
        reason=tame_text(correction.reason),
    )
