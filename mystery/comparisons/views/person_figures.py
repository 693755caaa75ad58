"""The figures of one person in words, each with the place where the method page explains it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from mystery.access.guards import current_reach
from mystery.comparisons.queries import Staff, compare_scope
from mystery.comparisons.views.choices import Choice
from mystery.web.locale import current_language
from reports.comparison_words import describe_figure
from reports.fair_rows import VISITS_FOR_PAY, FairComparison, FairPerson, Standing
from reports.fair_words import describe_person, format_points, format_signed_points, write_limits
from reports.method.plan import ANCHORS


@dataclass(frozen=True)
class Fact:
    """A figure with its name; ``anchor`` is where the method page explains it."""

    name: str
    value: str
    anchor: str


@dataclass(frozen=True)
class SectionFigure:
    """The plain mean of one section, in words, and the number of visits it is of."""

    section: str
    title: str
    words: str
    visits: int


def list_facts(person: FairPerson) -> list[Fact]:
    """The figures of a person one by one, as far as there are any (CP-04)."""
    language = current_language()
    counts = [
        Fact(_("Visits counted"), str(len(person.visits)), "coverage"),
        Fact(_("Different auditors"), str(person.auditors), "auditors"),
        _describe_pay(person),
    ]
    if person.waterfall is None or person.low is None or person.high is None:
        return counts
    fair = _(
        "%(fair)s, likely between %(low)s and %(high)s",
        fair=format_points(person.waterfall.fair, language),
        low=format_points(person.low, language),
        high=format_points(person.high, language),
    )
    beside = [_describe_standing(person.standing)] if person.standing else []
    return [
        Fact(_("Fair score"), fair, "fair-score"),
        Fact(_("Plain mean"), format_points(person.waterfall.raw, language), "plain-mean"),
        *beside,
        *counts,
    ]


def list_sections(choice: Choice, staff: Staff, employee: str) -> list[SectionFigure]:
    """The plain mean of each section of one person, with its number of visits."""
    names = {employee: staff.names[employee]}
    plain = compare_scope(current_reach(), choice.scope, staff.kept, names=names)
    if not plain.rows:
        return []
    figures = plain.rows[0].sections
    return [
        SectionFigure(
            section,
            choice.titles.get(section, section),
            describe_figure(figures[section], current_language()),
            figures[section].count,
        )
        for section in plain.sections
    ]


def say_sentence(person: FairPerson, comparison: FairComparison) -> str:
    """The one sentence about a person, also where it is only that there are too few visits."""
    said = describe_person(person, comparison, current_language())
    return said[:1].upper() + said[1:] + ("" if said.endswith(".") else ".")


def count_unlisted(person: FairPerson, listed: Collection[str]) -> str:
    """Say how many visits behind a figure were where the reader may not read them; empty if none were."""
    unlisted = len(set(person.visits) - set(listed))
    if not unlisted:
        return ""
    said: str = ngettext(
        "%(num)s visit behind the figure was outside your units and is not listed.",
        "%(num)s visits behind the figure were outside your units and are not listed.",
        unlisted,
    )
    return said


def link_method(anchor: str) -> str:
    """Where a figure is explained, to somebody without statistics; raises ValueError where it is not."""
    if anchor not in ANCHORS:
        raise ValueError(f"the method page has no {anchor!r}")
    return url_for("calibration.show_method", _anchor=anchor)


def _describe_standing(standing: Standing) -> Fact:
    language = current_language()
    beside = {"shop": _("Beside shop colleagues"), "region": _("Beside others in the region")}
    low, high = write_limits(standing.low, standing.high, language, is_called=standing.state != "untold")
    value = ngettext(
        "%(difference)s from the mean of the %(num)s other, likely between %(low)s and %(high)s",
        "%(difference)s from the mean of the %(num)s others, likely between %(low)s and %(high)s",
        standing.others,
        difference=format_signed_points(standing.difference, language),
        low=low,
        high=high,
    )
    return Fact(beside[standing.beside], value, "no-clear-difference")


def _describe_pay(person: FairPerson) -> Fact:
    """CP-04: pay may rest on a figure from six visits on."""
    counts = {"needed": VISITS_FOR_PAY, "visits": len(person.visits)}
    words = (
        _("may rest on this figure: it takes %(needed)s visits, and %(visits)s count", **counts)
        if person.may_pay
        else _("must not rest on this figure yet: it takes %(needed)s visits, and %(visits)s count", **counts)
    )
    return Fact(_("Pay"), words, "gates")
