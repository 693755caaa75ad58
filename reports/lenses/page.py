"""The lenses over a unit's visits as sections of a page: sentence, picture, notes, table, explanation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup

from checklists.definition import Impression
from checklists.localtext import Language, LocalText
from reports.consistency import Consistency
from reports.consistency_words import (
    describe_consistency,
    describe_interval,
    describe_wow,
    explain_consistency,
)
from reports.lenses.effort import Effort
from reports.lenses.effort_words import (
    describe_cost,
    describe_effort,
    describe_unsolved,
    describe_waits,
    explain_effort,
    name_cost,
)
from reports.lenses.impressions import VISITS_NEEDED, Impressions, MeanOf
from reports.lenses.impressions_words import (
    describe_disappointed,
    describe_impressions,
    describe_left_out,
    describe_rated_late,
    explain_impressions,
    name_impression,
)
from reports.lenses.page_words import name_part, say_page, write_mean
from reports.lenses.phrasing import write_percent, write_points
from reports.lenses.pictures import draw_endings, draw_impressions, draw_pyramid, draw_share
from reports.lenses.pyramid import LEVELS, Pyramid, QuestionShare
from reports.lenses.pyramid_words import (
    ask_level,
    describe_index,
    describe_pyramid,
    describe_wasted,
    explain_pyramid,
    name_level,
    name_state,
    write_share,
)
from reports.numbers import format_number

NONE: Final = "–"
SectionName = Literal["consistency", "pyramid", "impressions", "effort"]


@dataclass(frozen=True)
class UnitLenses:
    """What is known of a unit's visits on one checklist.

    `questions` are those of the pyramid's levels, and `waits` those whose answers are minutes of waiting.
    """

    visits: int
    consistency: Consistency
    pyramid: Pyramid
    questions: tuple[QuestionShare, ...]
    impressions: Impressions
    effort: Effort
    waits: tuple[LocalText, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table beside a picture; the first cell of a row is its heading, `figures` are columns of numbers."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()


@dataclass(frozen=True)
class VisitList:
    """Visits that a sentence speaks of."""

    title: str
    visits: tuple[str, ...]


@dataclass(frozen=True)
class LensSection:
    """One lens on a page; `picture` is empty where there are too few visits for one."""

    name: SectionName
    title: str
    sentence: str
    picture: Markup
    notes: tuple[str, ...]
    lists: tuple[VisitList, ...]
    tables: tuple[Table, ...]
    explanation: str


def build_sections(lenses: UnitLenses, language: Language) -> tuple[LensSection, ...]:
    """Put the lenses of LN-01 to LN-04 into words, tables and pictures, in this order."""
    return (
        build_consistency(lenses.consistency, language),
        build_pyramid_section(lenses.pyramid, lenses.questions, language),
        build_impressions(lenses.impressions, language),
        build_effort(lenses.effort, lenses.waits, language),
    )


def build_consistency(consistency: Consistency, language: Language) -> LensSection:
    """How many visits were satisfactory, and which were not (LN-01)."""
    parts = {
        "satisfactory": consistency.satisfactory,
        "below": consistency.below,
        "left_out": consistency.left_out,
    }
    return LensSection(
        name="consistency",
        title=say_page("consistency", language),
        sentence=describe_consistency(consistency, language),
        picture=draw_share(consistency, language),
        notes=_drop_empty(
            describe_interval(consistency.interval, language), describe_wow(consistency.wow, language)
        ),
        lists=_list_visits({"below": consistency.below, "left_out": consistency.left_out}, language),
        tables=(
            Table(
                say_page("consistency", language),
                (say_page("visit_kind", language), say_page("visits", language)),
                tuple((name_part(part, language), _count(len(ids), language)) for part, ids in parts.items()),
                frozenset({1}),
            ),
        ),
        explanation=explain_consistency(language),
    )


def build_pyramid_section(
    pyramid: Pyramid, questions: Sequence[QuestionShare], language: Language
) -> LensSection:
    """How high the pyramid of expectations stands and what stops it (LN-02)."""
    return LensSection(
        name="pyramid",
        title=say_page("pyramid", language),
        sentence=describe_pyramid(pyramid, language),
        picture=draw_pyramid(pyramid, language),
        notes=_drop_empty(describe_index(pyramid, language), describe_wasted(pyramid, language)),
        lists=(),
        tables=(_tabulate_levels(pyramid, language), *_tabulate_questions(questions, language)),
        explanation=explain_pyramid(language),
    )


def build_impressions(impressions: Impressions, language: Language) -> LensSection:
    """What was expected, and how process and result compare with it (LN-03)."""
    means: dict[Impression, MeanOf] = {
        "expectation": impressions.expectation,
        "process": impressions.process,
        "result": impressions.result,
    }
    gaps = {"process_gap": impressions.process_gap, "result_gap": impressions.result_gap}
    rows = [
        *((name_impression(name, language), *_write_row(mean, language)) for name, mean in means.items()),
        *((say_page(name, language), *_write_row(gap, language, signed=True)) for name, gap in gaps.items()),
    ]
    shown = impressions.state == "shown"
    return LensSection(
        name="impressions",
        title=say_page("impressions", language),
        sentence=describe_impressions(impressions, language),
        picture=draw_impressions(impressions, language),
        notes=_drop_empty(
            describe_disappointed(impressions, language),
            describe_rated_late(impressions, language),
            describe_left_out(impressions, language),
        ),
        lists=_list_visits({"disappointed": impressions.disappointed if shown else ()}, language),
        tables=(
            Table(
                say_page("impressions", language),
                tuple(say_page(word, language) for word in ("impression", "mean", "visits")),
                tuple(rows),
                frozenset({1, 2}),
            ),
        ),
        explanation=explain_impressions(language),
    )


def build_effort(effort: Effort, waits: Sequence[LocalText], language: Language) -> LensSection:
    """How many matters were solved at once, and what getting things done cost (LN-04)."""
    costs = [
        f"{name_cost(figure.cost, language)}: {describe_cost(figure, language)}."
        for figure in effort.costs
        if figure.visits
    ]
    has_waited = any(figure.cost == "minutes" and figure.visits for figure in effort.costs)
    said_waits = describe_waits(waits, language) if has_waited else ""
    endings = {"first_contact": effort.first_contact, "later": effort.later, "never": effort.never}
    table = Table(
        say_page("effort", language),
        (say_page("ending", language), say_page("matters", language)),
        tuple((say_page(name, language), _count(len(ids), language)) for name, ids in endings.items()),
        frozenset({1}),
    )
    unsolved = describe_unsolved(effort, language) if effort.state == "shown" else []
    return LensSection(
        name="effort",
        title=say_page("effort", language),
        sentence=describe_effort(effort, language),
        picture=draw_endings(effort, language),
        notes=(*unsolved, *costs, *_drop_empty(said_waits)),
        lists=_list_visits({"later": effort.later, "never": effort.never}, language),
        tables=(table,) if effort.started else (),
        explanation=explain_effort(language),
    )


def _tabulate_levels(pyramid: Pyramid, language: Language) -> Table:
    """From the top, as the picture has them."""
    return Table(
        say_page("pyramid", language),
        tuple(say_page(word, language) for word in ("level", "share", "state", "answers", "visits")),
        tuple(
            (
                f"{name_level(level.level, language)}. {ask_level(level.level, language)}",
                NONE if level.judged is None else write_share(level.judged, language),
                name_state(level.state, language),
                _count(level.answers, language),
                _count(level.visits, language),
            )
            for level in reversed(pyramid.levels)
        ),
        frozenset({1, 3, 4}),
    )


def _tabulate_questions(questions: Sequence[QuestionShare], language: Language) -> list[Table]:
    """The questions of each level in the order of the checklist: what the level is made of."""
    head = tuple(say_page(word, language) for word in ("question", "share", "answers"))
    return [
        Table(
            say_page("questions", language, level=name_level(level, language)),
            head,
            tuple(
                (
                    question.text.in_language(language),
                    NONE if question.judged is None else write_percent(question.judged, language),
                    _count(question.answers, language),
                )
                for question in questions
                if question.level == level
            ),
            frozenset({1, 2}),
        )
        for level in reversed(LEVELS)
        if any(question.level == level for question in questions)
    ]


def _write_row(mean: MeanOf, language: Language, *, signed: bool = False) -> tuple[str, str]:
    if mean.value is None or mean.count < VISITS_NEEDED:
        return NONE, _count(mean.count, language)
    write = write_points if signed else write_mean
    return write(mean.value, language), _count(mean.count, language)


def _list_visits(named: dict[str, tuple[str, ...]], language: Language) -> tuple[VisitList, ...]:
    return tuple(VisitList(say_page(f"list_{name}", language), ids) for name, ids in named.items() if ids)


def _drop_empty(*sentences: str) -> tuple[str, ...]:
    return tuple(sentence for sentence in sentences if sentence)


def _count(count: int, language: Language) -> str:
    return format_number(count, language, places=0)
