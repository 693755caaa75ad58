"""A checklist as people read it: sections, questions, what each answer earns, the standards behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from checklists.definition import Checklist, Question, Section
from checklists.localtext import Language
from checklists.standards import Standard, load_standards
from mystery.authoring.printed_answers import PrintedAnswer, list_answers, name_kind
from mystery.authoring.printed_rules import Remark, list_remarks
from reports.numbers import format_number, round_to_add_up

CHANNELS = {
    "visit": _l("Visit"),
    "phone": _l("Phone call"),
    "chat": _l("Chat"),
    "email": _l("E-mail"),
    "delivery": _l("Delivery"),
    "back_office": _l("Back office"),
    "merchandising": _l("Merchandising"),
    "competitor": _l("Visit to a competitor"),
}


@dataclass(frozen=True)
class PrintedStandard:
    """The clause a question was drawn from; without a text where the company's list does not have it."""

    code: str
    title: str
    text: str
    best: str


@dataclass(frozen=True)
class PrintedQuestion:
    """One question with everything that decides how it is asked and counted."""

    number: int
    id: str
    text: str
    hint: str
    kind: str
    points: str
    answers: tuple[PrintedAnswer, ...]
    remarks: tuple[Remark, ...]
    standard: PrintedStandard | None


@dataclass(frozen=True)
class PrintedSection:
    """One section; ``share`` is its part of the whole visit in percent, written out."""

    id: str
    title: str
    share: str
    pass_mark: str
    questions: tuple[PrintedQuestion, ...]


@dataclass(frozen=True)
class PrintedChecklist:
    """The whole questionnaire in one language."""

    title: str
    introduction: str
    channel: str
    rules: tuple[str, ...]
    bands: tuple[tuple[str, str], ...]
    sections: tuple[PrintedSection, ...]
    questions: int
    standards: int
    critical: int


def print_checklist(checklist: Checklist, language: Language) -> PrintedChecklist:
    """Write ``checklist`` out in ``language``, which must be the language of the page."""
    printer = _Printer(checklist, language)
    questions = list(checklist.questions())
    return PrintedChecklist(
        title=checklist.title.in_language(language),
        introduction=checklist.introduction.in_language(language) if checklist.introduction else "",
        channel=str(CHANNELS[checklist.channel]),
        rules=tuple(_list_rules(checklist, language)),
        bands=tuple(
            (band.label.in_language(language), format_number(band.at, language)) for band in checklist.bands
        ),
        sections=printer.print_sections(),
        questions=len(questions),
        standards=len({question.standard for question in questions if question.standard}),
        critical=sum(question.critical is not None for question in questions),
    )


class _Printer:
    """Numbers the questions through, and gives each standard's text where it is first cited."""

    def __init__(self, checklist: Checklist, language: Language) -> None:
        self._checklist = checklist
        self._language = language
        self._number = 0
        self._cited: set[str] = set()

    def print_sections(self) -> tuple[PrintedSection, ...]:
        shares = round_to_add_up(_list_shares(self._checklist), places=1)
        return tuple(
            self._print_section(section, _write_percent(share, self._language))
            for section, share in zip(self._checklist.sections, shares, strict=True)
        )

    def _print_section(self, section: Section, share: str) -> PrintedSection:
        mark = "" if section.pass_mark is None else format_number(section.pass_mark, self._language)
        questions = tuple(self._print_question(question) for question in section.questions)
        return PrintedSection(section.id, section.title.in_language(self._language), share, mark, questions)

    def _print_question(self, question: Question) -> PrintedQuestion:
        self._number += 1
        return PrintedQuestion(
            number=self._number,
            id=question.id,
            text=question.text.in_language(self._language),
            hint=question.hint.in_language(self._language) if question.hint else "",
            kind=name_kind(question),
            points=_write_points(question, self._language),
            answers=tuple(list_answers(question, self._language)),
            remarks=tuple(list_remarks(question, self._checklist, self._language)),
            standard=self._print_standard(question),
        )

    def _print_standard(self, question: Question) -> PrintedStandard | None:
        if question.standard is None or question.standard_code is None:
            return None
        known: Standard | None = load_standards().get(question.standard)
        if known is None:
            return PrintedStandard(question.standard_code, "", "", "")
        first = question.standard not in self._cited
        self._cited.add(question.standard)
        return PrintedStandard(
            question.standard_code,
            known.title.in_language(self._language),
            known.text.in_language(self._language) if first else "",
            known.best.in_language(self._language) if first else "",
        )


def _list_shares(checklist: Checklist) -> list[Fraction]:
    """The parts of the visit in percent when everything is assessed, by the mode of scoring (SC-04)."""
    weights = [section.weight for section in checklist.sections]
    if checklist.scoring.mode == "points":
        weights = [
            section.weight * sum((question.weight for question in section.questions), Fraction(0))
            for section in checklist.sections
        ]
    total = sum(weights, Fraction(0))
    return [100 * weight / total if total else Fraction(0) for weight in weights]


def _list_rules(checklist: Checklist, language: Language) -> Iterator[str]:
    rules = checklist.scoring
    if rules.mode == "sections":
        yield _("Each section counts by its weight, whatever the number of its questions.")
    else:
        yield _("All points of the visit are added up; a section counts by the points it can earn.")
    yield _(
        "An answer that earns nothing needs a comment; on a critical question, any answer below the best."
    )
    yield _("Satisfactory from %(mark)s.", mark=format_number(rules.satisfactory, language))
    if rules.pass_mark is not None:
        yield _("The threshold of the visit is %(mark)s.", mark=format_number(rules.pass_mark, language))
    if rules.max_final > 100:
        yield _(
            "With bonus points the result may reach %(most)s.", most=format_number(rules.max_final, language)
        )


def _write_percent(share: Decimal, language: Language) -> str:
    figure = format_number(share, language, places=1)
    return f"{figure}\N{NO-BREAK SPACE}%" if language == "ru" else f"{figure}%"


def _write_points(question: Question, language: Language) -> str:
    if question.bonus:
        return str(_("bonus up to %(points)s", points=format_number(question.bonus, language)))
    if not question.is_scored or not question.weight:
        return str(_("not scored"))
    return str(_("weight %(weight)s", weight=format_number(question.weight, language)))
