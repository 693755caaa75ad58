"""The sections of one visit with their questions, answers and points, in the order of the checklist."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from checklists.definition import Question, Section
from checklists.localtext import Language
from checklists.scorecard import QuestionScore, SectionScore, display_percent
from reports.answer_words import describe_anchor, describe_answer
from reports.corrections import CorrectionLine, build_corrections
from reports.free_text import tame_text
from reports.marks import Mark, mark_share
from reports.numbers import format_number, format_score, round_to_add_up
from reports.photo_lines import PhotoLine, build_photo_lines, group_photos
from reports.rows import ReportPhoto, VisitReport
from reports.words import say

PLACES_OF_POINTS: Final = 2
LONG_TEXT: Final = 240  # characters
LINES_OF_A_LONG_TEXT: Final = 4


@dataclass(frozen=True)
class QuestionLine:
    """One question as it is printed: the words, the answer, what it earned and what proves it."""

    id: str
    number: str  # "2.3": section and place in the checklist, the same in every visit
    text: str
    standard: str | None  # code of the standard, "GR-01"
    mark: Mark | None  # None where nothing was to be earned
    answer: str
    anchor: str | None  # what the chosen option or step looks like, in the checklist's words
    said: str | None  # the auditor's own text, where the answer is a text
    outcome: str  # the mark in words, empty where nothing was to be earned
    points: str  # "1,5 из 2", "бонус 5" or empty
    comment: str | None
    is_critical: bool
    fired: bool  # the critical question decided something (SC-05)
    photos: tuple[PhotoLine, ...]
    corrections: tuple[CorrectionLine, ...] = ()  # oldest first; the answer above is the last of them

    @property
    def has_long_texts(self) -> bool:
        """Whether its texts need the whole width of the page rather than the column of the question."""
        reasons = [correction.reason for correction in self.corrections]
        texts = [text for text in (self.said, self.comment, *reasons) if text]
        return any(len(text) > LONG_TEXT or text.count("\n") > LINES_OF_A_LONG_TEXT for text in texts)


@dataclass(frozen=True)
class SectionLine:
    """One section as it is printed; `share` of 1 is the length of its bar, None when it was not assessed."""

    id: str
    title: str
    share: Fraction | None
    percent: str
    threshold: Fraction | None  # the section's own pass mark, as a share of 1
    remark: str | None
    points: str
    questions: tuple[QuestionLine, ...]


def build_visit_sections(
    report: VisitReport, language: Language, *, gone: Set[str] = frozenset()
) -> tuple[SectionLine, ...]:
    """List the sections with the questions that were in this visit; hidden questions are left out (SC-02).

    `gone` holds the keys of photos that are no longer kept.
    """
    printing = _Printing(
        report, language, group_photos(report.photos), build_corrections(report, language), gone
    )
    pairs = zip(report.checklist.sections, report.scorecard.sections, strict=True)
    return tuple(
        _build_section(printing, section, score=score, number=number)
        for number, (section, score) in enumerate(pairs, start=1)
    )


def format_points(earned: Decimal | Fraction, possible: Decimal | Fraction, language: Language) -> str:
    """Write points as "1,5 из 2"."""
    return say(
        "of",
        language,
        part=format_number(earned, language, places=PLACES_OF_POINTS),
        whole=format_number(possible, language, places=PLACES_OF_POINTS),
    )


def print_points(section: SectionScore) -> dict[str, tuple[Decimal, Decimal]]:
    """Give earned and possible points per question, rounded so that the printed lines add up (SC-11)."""
    scored = [question for question in section.questions if question.state == "scored"]
    earned = round_to_add_up([question.earned for question in scored])
    possible = round_to_add_up([question.possible for question in scored])
    return {
        question.id: pair for question, pair in zip(scored, zip(earned, possible, strict=True), strict=True)
    }


@dataclass(frozen=True)
class _Printing:
    """What every line of one report needs to be printed."""

    report: VisitReport
    language: Language
    photos: Mapping[str | None, Sequence[tuple[int, ReportPhoto]]]
    corrections: Mapping[str, tuple[CorrectionLine, ...]]
    gone: Set[str]


def _build_section(printing: _Printing, section: Section, *, score: SectionScore, number: int) -> SectionLine:
    language = printing.language
    points = print_points(score)
    questions = tuple(
        _build_question(printing, question, own, number=f"{number}.{place}", points=points.get(question.id))
        for place, (question, own) in enumerate(zip(section.questions, score.questions, strict=True), start=1)
        if own.state != "hidden"
    )
    return SectionLine(
        id=section.id,
        title=section.title.in_language(language),
        share=None if score.percent is None else score.percent / 100,
        percent=_describe_percent(section, score, language),
        threshold=None if section.pass_mark is None else section.pass_mark / 100,
        remark=_describe_limits(section, score, language),
        points=format_points(score.earned, score.possible, language) if score.percent is not None else "",
        questions=questions,
    )


def _describe_percent(section: Section, score: SectionScore, language: Language) -> str:
    if score.percent is None:
        return say("not_assessed", language)
    thresholds = [] if section.pass_mark is None else [section.pass_mark]
    return format_score(display_percent(score.percent, thresholds), language)


def _describe_limits(section: Section, score: SectionScore, language: Language) -> str | None:
    """Say what the bar alone does not: a cap by a critical question, or a threshold that was not met."""
    if score.percent is None or score.capped_percent is None:
        return None
    if score.capped_percent < score.percent:
        return say("capped_at", language, cap=format_number(score.capped_percent, language))
    if section.pass_mark is not None and score.percent < section.pass_mark:
        return say("below_mark", language, mark=format_number(section.pass_mark, language))
    return None


def _build_question(
    printing: _Printing,
    question: Question,
    score: QuestionScore,
    *,
    number: str,
    points: tuple[Decimal, Decimal] | None,
) -> QuestionLine:
    language, sheet = printing.language, printing.report.sheet
    value = sheet.answers.get(question.id)
    mark = _choose_mark(score)
    own_text = value if question.kind == "text" and isinstance(value, str) else None
    comment = sheet.comments.get(question.id)
    photos = build_photo_lines(printing.photos.get(question.id, []), number, language, printing.gone)
    # A photo question is answered by its photos, which stand below with words of their own.
    speaks_for_itself = own_text is not None or (value is None and bool(photos))
    return QuestionLine(
        id=question.id,
        number=number,
        text=question.text.in_language(language),
        standard=question.standard_code,
        mark=mark,
        answer="" if speaks_for_itself else describe_answer(question, value, language),
        anchor=describe_anchor(question, value, language),
        said=tame_text(own_text) if own_text else None,
        outcome=mark.in_words(language) if mark and score.state == "scored" else "",
        points=_describe_points(printing, question, score, earned_of=points),
        comment=tame_text(comment) if comment else None,
        is_critical=question.critical is not None,
        fired=score.critical_fired,
        photos=photos,
        corrections=printing.corrections.get(question.id, ()),
    )


def _choose_mark(score: QuestionScore) -> Mark | None:
    """A bonus that was not earned is no miss: nobody is expected to exceed expectations every time."""
    if score.state == "not_applicable":
        return Mark.NOT_APPLICABLE
    if score.state != "scored" or score.value is None:
        return None
    if score.possible == 0:
        return Mark.KEPT if score.bonus > 0 else None
    return mark_share(score.earned, score.possible)


def _describe_points(
    printing: _Printing,
    question: Question,
    score: QuestionScore,
    *,
    earned_of: tuple[Decimal, Decimal] | None,
) -> str:
    if question.bonus:
        return _describe_bonus(printing, question, score)
    return format_points(*earned_of, printing.language) if earned_of and score.possible else ""


def _describe_bonus(printing: _Printing, question: Question, score: QuestionScore) -> str:
    """Say what the bonus earned, could have earned, or lost to a knock-out (SC-06)."""
    key = "bonus_points" if score.bonus else "bonus_possible"
    if score.bonus and printing.report.scorecard.critical:
        key = "bonus_withheld"
    points = format_number(score.bonus or question.bonus or 0, printing.language)
    return say(key, printing.language, points=points)
