"""How well the visit went, once and large: the score, its band in words, and what decided it."""

from dataclasses import dataclass
from fractions import Fraction

from checklists.definition import Checklist
from checklists.localtext import Language
from checklists.scorecard import CriticalEvent, display_percent, list_thresholds
from reports.marks import Mark
from reports.numbers import format_number, format_score
from reports.rows import VisitReport
from reports.words import say


@dataclass(frozen=True)
class KnockOut:
    """A critical question that decided something, with its effect in words."""

    question: str
    effect: str


@dataclass(frozen=True)
class Headline:
    """The score of a visit as the first page and the visit's web page show it."""

    figure: str | None  # None for a visit that is not scored
    out_of: str
    band: str
    verdict: str | None  # passed or not, where the checklist has a threshold
    verdict_mark: Mark | None
    coverage: str
    remarks: tuple[str, ...]
    knock_outs: tuple[KnockOut, ...]


def build_headline(report: VisitReport, language: Language) -> Headline:
    """Put the score into a figure and words; a visit without a score says so and says why."""
    card = report.scorecard
    scored = card.final is not None
    percent = format_number(100 * card.coverage, language, places=0)
    verdict = _judge(report)
    return Headline(
        figure=show_score(report.checklist, card.final, language) if scored else None,
        out_of=_say_out_of(report.checklist, language),
        band=_name_band(report, language) if scored else say("not_scored_visit", language),
        verdict=say(verdict, language) if verdict and scored else None,
        verdict_mark=(Mark.KEPT if card.passed else Mark.MISSED) if verdict and scored else None,
        coverage=say("coverage", language, percent=percent),
        remarks=tuple(_list_remarks(report, language)),
        knock_outs=tuple(_describe_knock_out(report, event, language) for event in card.critical),
    )


def show_final(checklist: Checklist, final: Fraction | None, language: Language) -> str:
    """The score and what it is out of, as page one prints them: "76,8 из 100"; empty where not scored."""
    if final is None:
        return ""
    return f"{show_score(checklist, final, language)} {_say_out_of(checklist, language)}"


def show_score(checklist: Checklist, score: Fraction | None, language: Language) -> str:
    """A base or final score of one visit as every page and list shows it (SC-09); empty where not scored.

    `checklist` is the version that the visit was walked on: the score is never shown across one of its marks.
    """
    return "" if score is None else format_score(display_percent(score, list_thresholds(checklist)), language)


def _say_out_of(checklist: Checklist, language: Language) -> str:
    return say("out_of", language, most=format_number(checklist.scoring.max_final, language))


def _judge(report: VisitReport) -> str | None:
    """Without any threshold "passed" would only mean that nothing failed the visit, and says too much."""
    passed, rules = report.scorecard.passed, report.checklist.scoring
    marks = [rules.pass_mark, *(section.pass_mark for section in report.checklist.sections)]
    if passed is None or (passed and all(mark is None for mark in marks)):
        return None
    return "passed" if passed else "not_passed"


def _name_band(report: VisitReport, language: Language) -> str:
    bands = {band.id: band.label.in_language(language) for band in report.checklist.bands}
    return bands.get(report.scorecard.band or "", "")


def _list_remarks(report: VisitReport, language: Language) -> list[str]:
    card = report.scorecard
    remarks = [say("provisional", language)] if card.provisional else []
    if card.final is None:
        return [*remarks, say("not_scored_why", language)]
    return [*remarks, say("too_little", language)] if card.too_little_assessed else remarks


def _describe_knock_out(report: VisitReport, event: CriticalEvent, language: Language) -> KnockOut:
    section = report.checklist.section_of(event.question).title.in_language(language)
    cap = format_number(event.cap, language)
    return KnockOut(
        question=report.checklist.question(event.question).text.in_language(language),
        effect=say(f"effect_{event.effect}", language, section=section, cap=cap),
    )
