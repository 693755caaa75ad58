"""The order of the method page: which chapter says what, and the sentences that other pages say too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from checklists.localtext import Language
from reports.catalogues import Catalogue, fill_in
from reports.consistency_words import WORDS as CONSISTENCY
from reports.consistency_words import explain_consistency
from reports.fair_rows import NA_SHARE, FairWarning
from reports.fair_words import describe_reliability, describe_warning, name_figure, say_fair
from reports.funnel_plot import explain_funnel
from reports.lenses import (
    effort_words,
    impressions_words,
    loyalty_button_words,
    pyramid_words,
    quality_pay_words,
    training_effect_words,
)
from reports.method import known_people, read_lenses, scored_visits
from reports.method.chapter import Table
from reports.method.invented_programme import invent_programme

EASY_EXAMPLE: Final = 0.12  # shares of 1, of the warnings that are shown as examples


@dataclass(frozen=True)
class ChapterPlan:
    """What a chapter is made of: keys of texts, and what draws its table and its picture."""

    anchor: str
    paragraphs: tuple[str, ...]
    example: tuple[str, ...] = ()
    formula: tuple[str, ...] = ()
    table: Callable[[Language], Table] | None = None
    picture: Callable[[Language], Markup] | None = None


def _say_figures(language: Language) -> list[str]:
    return [
        f"{name_figure(figure, language)}. {say_fair(f'figure_{figure}_meaning', language)}"
        for figure in ("colleagues", "customer")
    ]


def _say_warnings(language: Language) -> list[str]:
    shown = (
        FairWarning("too_easy", EASY_EXAMPLE),
        FairWarning("one_auditor"),
        FairWarning("many_not_applicable", NA_SHARE),
    )
    return [describe_warning(each, language) for each in shown]


# Sentences that stand on other pages as well: said there, quoted here, so that nothing is said in two ways.
QUOTED: Final[Mapping[str, Callable[[Language], list[str]]]] = {
    "figures": _say_figures,
    "warnings": _say_warnings,
    "reliability": lambda language: [describe_reliability(invent_programme().comparison, language)],
    "consistency": lambda language: [explain_consistency(language)],
    "funnel": lambda language: [explain_funnel("customer", language)],
    "pyramid": lambda language: [pyramid_words.explain_pyramid(language)],
    "impressions": lambda language: [impressions_words.explain_impressions(language)],
    "effort": lambda language: [effort_words.explain_effort(language)],
    "quality-pay": lambda language: [quality_pay_words.explain_pay(language)],
    "training-effect": lambda language: [training_effect_words.explain_effect(language)],
    "loyalty-button": lambda language: [fill_in(loyalty_button_words.WORDS, "warning", language)],
}
# Chapters that are called as their pages are.
TITLES: Final[Catalogue] = {
    "consistency_title": CONSISTENCY["title"],
    "pyramid_title": pyramid_words.WORDS["title"],
    "impressions_title": impressions_words.WORDS["title"],
    "effort_title": effort_words.WORDS["title"],
    "quality-pay_title": quality_pay_words.WORDS["title"],
    "training-effect_title": training_effect_words.WORDS["title"],
    "loyalty-button_title": loyalty_button_words.WORDS["title"],
}
PARTS: Final[Mapping[str, tuple[ChapterPlan, ...]]] = {
    "part_visit": (
        ChapterPlan(
            "score",
            ("score_share", "score_section", "score_exact"),
            example=("score_example", "score_table"),
            formula=("score_formula",),
            table=scored_visits.lay_out_first,
        ),
        ChapterPlan("two-scores", ("two-scores_which", "two-scores_critical"), ("two-scores_example",)),
        ChapterPlan("coverage", ("coverage_what",), ("coverage_example",)),
        ChapterPlan("versions", ("versions_common", "versions_why")),
    ),
    "part_people": (
        ChapterPlan("plain-mean", ("plain-mean_why",), ("plain-mean_example",)),
        ChapterPlan(
            "model",
            ("method_model", "model_idea"),
            ("model_table",),
            ("model_formula",),
            table=known_people.lay_out_score,
        ),
        ChapterPlan("fair-score", ("fair-score_what",), ("fair-score_example",)),
        ChapterPlan("two-figures", ("figures", "two-figures_never")),
        ChapterPlan(
            "interval",
            ("method_interval", "interval_width", "method_small"),
            ("interval_example",),
            picture=known_people.draw_people,
        ),
        ChapterPlan(
            "no-clear-difference",
            ("no-clear-difference_why", "method_call"),
            ("no-clear-difference_called", "no-clear-difference_untold"),
        ),
        ChapterPlan("waterfall", ("waterfall_what",), picture=known_people.draw_steps),
        ChapterPlan(
            "shrinkage",
            ("step_shrinkage_meaning", "shrinkage_who"),
            ("reliability",),
            ("shrinkage_formula",),
            table=known_people.lay_out_reliability,
        ),
        ChapterPlan("gates", ("method_gates", "gates_team")),
        ChapterPlan("regions", ("regions_why", "method_regions"), ("regions_example",)),
        ChapterPlan("warnings", ("warnings_what",), ("warnings",)),
        ChapterPlan("funnel", ("funnel",), picture=known_people.draw_everybody),
        ChapterPlan("trend", ("trend_why",), ("trend_example",)),
    ),
    "part_lenses": (
        ChapterPlan("consistency", ("consistency", "consistency_wow"), ("consistency_example",)),
        ChapterPlan(
            "pyramid", ("pyramid_why", "pyramid"), ("pyramid_example",), table=read_lenses.lay_out_levels
        ),
        ChapterPlan("impressions", ("impressions",), ("impressions_example",)),
        ChapterPlan("effort", ("effort",), ("effort_example",)),
        ChapterPlan("quality-pay", ("quality-pay",), ("quality-pay_example",)),
        ChapterPlan("training-effect", ("training-effect",), ("training-effect_example",)),
        ChapterPlan(
            "loyalty-button", ("loyalty-button",), ("loyalty-button_example",), ("loyalty-button_formula",)
        ),
    ),
    "part_limits": (
        ChapterPlan(
            "auditors",
            ("auditors_severity", "auditors_agreement", "auditors_not_applicable"),
            ("auditors_example",),
            ("auditors_formula",),
        ),
        ChapterPlan("pseudonyms", ("pseudonyms_what",)),
        ChapterPlan("not-for", ("not_discipline", "method_order", "not-for_private", "not-for_told")),
    ),
}
ANCHORS: Final = tuple(plan.anchor for plans in PARTS.values() for plan in plans)
