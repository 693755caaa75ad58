"""The pictures of a comparison beside the dots: standards by staff, and everybody over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from flask import render_template

from checklists.localtext import Language
from mystery.access.guards import requires
from mystery.access.permissions import Permission
from mystery.comparisons.pictures import list_scores, list_trends, read_standards
from mystery.comparisons.queries import Staff
from mystery.comparisons.views.blueprint import blueprint
from mystery.comparisons.views.choices import (
    Choice,
    compare_choice,
    page_people,
    read_choice,
    write_down,
)
from mystery.web.locale import current_language
from mystery.web.pagination import Page
from reports.book_words import WORDS as BOOK_WORDS
from reports.book_words import say_book
from reports.comparison_notes import describe_versions
from reports.fair_words import say_fair
from reports.heatmap import build_heatmap
from reports.period_print import group_in_order
from reports.period_rows import UnitPeriod
from reports.period_words import say_period
from reports.plurals import count_of
from reports.small_trend_chart import choose_frame
from reports.small_trend_words import describe_frame, describe_months, describe_trend, picture_months
from reports.small_trends import build_month_means


@dataclass(frozen=True)
class Shown:
    """The people of a page, by id and name, with what was chosen."""

    choice: Choice
    staff: Staff
    page: Page[tuple[str, str]]
    names: Mapping[str, str]


@blueprint.get("/standards")
@requires(Permission.COMPARE_STAFF)
def show_standards() -> str:
    """In how many visits each standard was kept, by employee: k of n, and never a place among others."""
    shown = read_shown()
    if shown is None:
        return render_template("comparisons/empty.html")
    language = current_language()
    period = read_standards(shown.staff, shown.choice.scope, shown.names)
    write_down(shown.choice, shown.names)
    return render_template(
        "comparisons/standards.html",
        **list_common(shown),
        sentence=summarise_standards(period, language),
        heatmap=build_heatmap(period, language) if period.versions else None,
        group=group_in_order,
        say=partial(say_word, language),
    )


@blueprint.get("/trends")
@requires(Permission.COMPARE_STAFF)
def show_trends() -> str:
    """Everybody's visits as points over time, and the mean of all by month."""
    shown = read_shown()
    if shown is None:
        return render_template("comparisons/empty.html")
    language = current_language()
    scores = list_scores(shown.staff)
    months = build_month_means(scores)
    plan = shown.staff.kept.plan
    satisfactory = plan.layout.scoring.satisfactory if plan else Fraction(0)
    frame = choose_frame([(day, score) for _, day, score in scores], satisfactory)
    trends = list_trends(shown.staff, shown.names)
    write_down(shown.choice, shown.names)
    return render_template(
        "comparisons/trends.html",
        **list_common(shown),
        remarks=describe_versions(plan, language),
        frame_words=describe_frame(frame, language) if frame else "",
        trends=[
            describe_trend(trend, frame, language, tells_days=not shown.choice.hides_names)
            for trend in trends
            if frame
        ],
        months=describe_months(months, language),
        months_picture=picture_months(months, frame, language) if frame else None,
        say=partial(say_word, language),
    )


def read_shown() -> Shown | None:
    """The people of the page that the address asks for; None before the first visit."""
    choice = read_choice()
    if choice is None:
        return None
    staff = compare_choice(choice)
    page = page_people(staff)
    return Shown(choice, staff, page, dict(page.rows))


def summarise_standards(period: UnitPeriod, language: Language) -> str:
    """How many people and visits the table is about, in a sentence."""
    people = count_of(len(period.staff), "employees", language)
    return say_book(
        "standards_sentence", language, people=people, visits=count_of(period.visits, "visits", language)
    )


def list_common(shown: Shown) -> dict[str, Any]:
    """What both pages show around their picture."""
    return {
        "form": shown.choice.form,
        "page": shown.page,
        "arguments": shown.choice.list_arguments(),
        "hides_names": shown.choice.hides_names,
        "not_discipline": say_fair("not_discipline", current_language()),
    }


def say_word(language: Language, key: str, **details: object) -> str:
    """A word of the reports' own catalogues, so that pages and files call the same thing the same."""
    return say_book(key, language, **details) if key in BOOK_WORDS else say_period(key, language, **details)
