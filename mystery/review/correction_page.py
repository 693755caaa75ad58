"""Corrections in words: what was corrected, and what another correction would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from checklists.definition import Checklist
from checklists.localtext import Language
from checklists.scorecard import Scorecard
from mystery.review.correcting import Change
from mystery.review.corrections import Corrections, MadeCorrection
from mystery.sheets.answer_words import say_answer
from mystery.sheets.numbering import number_questions
from reports.headline import show_final, show_score
from reports.numbers import format_number


@dataclass(frozen=True)
class CorrectionLine:
    """One correction as it is read: "2.3: Yes → No", why, when and by whom."""

    question: str
    number: str
    text: str
    before: str
    after: str
    reason: str
    moment: datetime
    person: str | None


@dataclass(frozen=True)
class FigureLine:
    """One figure before and after."""

    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether the correction changes it."""
        return self.before != self.after


@dataclass(frozen=True)
class ChangePage:
    """What a correction would change; questions as (number, text)."""

    figures: tuple[FigureLine, ...]
    came: tuple[tuple[str, str], ...]
    went: tuple[tuple[str, str], ...]
    unanswered: tuple[tuple[str, str], ...]


def list_correction_lines(
    made: tuple[MadeCorrection, ...], checklist: Checklist, language: Language
) -> list[CorrectionLine]:
    """Corrections in words, in their order."""
    numbers = number_questions(checklist)
    lines = []
    for each in made:
        question = checklist.question(each.question)
        lines.append(
            CorrectionLine(
                question=each.question,
                number=numbers[each.question],
                text=question.text.in_language(language),
                before=say_answer(question, each.before, language),
                after=say_answer(question, each.after, language),
                reason=each.reason,
                moment=each.moment,
                person=each.person,
            )
        )
    return lines


def write_corrections(
    corrections: Corrections | None, checklist: Checklist, language: Language
) -> dict[str, Any]:
    """What the page of a visit says of corrections: ``corrected`` lines, the ``results`` as sent and now, and
    ``opened`` questions as (id, number, text).
    """
    if corrections is None:
        return {"corrected": [], "opened": [], "results": ()}
    numbers = number_questions(checklist)
    opened = [
        (each, numbers[each], checklist.question(each).text.in_language(language))
        for each in corrections.opened
    ]
    cards = (corrections.sent_card, corrections.card)
    return {
        "corrected": list_correction_lines(corrections.made, checklist, language),
        "opened": opened,
        "results": tuple(_say_final(card, checklist, language) for card in cards),
    }


def build_change_page(change: Change, checklist: Checklist, language: Language) -> ChangePage:
    """Both scores side by side, and what else changes."""
    numbers = number_questions(checklist)

    def name(questions: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return tuple(
            (numbers[each], checklist.question(each).text.in_language(language)) for each in questions
        )

    return ChangePage(
        figures=tuple(_list_figures(change, checklist, language)),
        came=name(change.came),
        went=name(change.went),
        unanswered=name(change.unanswered),
    )


def _list_figures(change: Change, checklist: Checklist, language: Language) -> Iterator[FigureLine]:
    before, after = change.before, change.after

    yield FigureLine(_("Result"), *(_say_final(card, checklist, language) for card in (before, after)))
    yield FigureLine(
        _("Base score"), *(_say_percent(card.base, checklist, language) for card in (before, after))
    )
    coverage = (f"{format_number(100 * card.coverage, language, places=0)} %" for card in (before, after))
    yield FigureLine(_("Assessed"), *coverage)
    if before.critical or after.critical:
        numbers = number_questions(checklist)
        fired = (", ".join(numbers[each.question] for each in card.critical) for card in (before, after))
        yield FigureLine(_("Critical questions missed"), *(text or _("none") for text in fired))
    for section, *scores in zip(checklist.sections, before.sections, after.sections, strict=True):
        figures = (_say_percent(score.percent, checklist, language) for score in scores)
        line = FigureLine(section.title.in_language(language), *figures)
        if line.is_changed:
            yield line


def _say_final(card: Scorecard, checklist: Checklist, language: Language) -> str:
    if card.final is None:
        return str(_("not scored"))
    bands = {band.id: band.label.in_language(language) for band in checklist.bands}
    band = bands.get(card.band or "", "")
    figure = show_final(checklist, card.final, language)
    return f"{figure}, {band}" if band else figure


def _say_percent(value: Fraction | None, checklist: Checklist, language: Language) -> str:
    if value is None:
        return str(_("not assessed"))
    return show_score(checklist, value, language)
