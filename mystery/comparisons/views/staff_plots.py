"""The drawings of the comparison page: a plot for each region that stands apart, and the funnel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from mystery.comparisons.lines import StaffLine, find_region
from mystery.comparisons.queries import Staff
from mystery.comparisons.views.choices import Choice
from mystery.web.locale import current_language
from reports.dot_plot import Dot, choose_dot_scale, draw_dot_plot, list_dots
from reports.fair_rows import FairComparison
from reports.fair_words import describe_warning, name_figure
from reports.funnel_plot import (
    FunnelLimits,
    draw_funnel,
    explain_funnel,
    find_funnel_limits,
    list_funnel_points,
)


@dataclass(frozen=True)
class RegionPlot:
    """The dot plot of one region; ``region`` is empty where people of all regions may stand together."""

    region: str
    drawing: Markup


def draw_pictures(
    choice: Choice, staff: Staff, comparison: FairComparison, lines: Sequence[StaffLine]
) -> dict[str, Any]:
    """The dot plots and the funnel of the people shown, with what is read beside the funnel.

    Where there is no model there is no picture: the table has the facts.
    """
    limits = find_funnel_limits(comparison)
    if limits is None or not comparison.people:
        return {"plots": [], "funnel": None, "funnel_rows": []}
    language = current_language()
    links = link_people(choice, comparison)
    points = list_funnel_points(comparison, links=links)
    return {
        "plots": draw_plots(staff, comparison, list_staff_dots(comparison, lines, links)),
        "funnel": draw_funnel(points, language, title=_("Plain means and numbers of visits"), limits=limits),
        "funnel_rows": [
            (point, *limits.find(point.visits), *find_outer(limits, point.visits)) for point in points
        ],
        "funnel_words": explain_funnel(choice.figure, language),
    }


def find_outer(limits: FunnelLimits, visits: int) -> tuple[float, float]:
    """The wider limits, which chance alone leaves once in five hundred times."""
    return limits.find(visits, level=0.998)


def draw_plots(staff: Staff, comparison: FairComparison, dots: Mapping[str, Dot]) -> list[RegionPlot]:
    """One plot, or one a region where people of different regions may not be compared (CP-02)."""
    language = current_language()
    apart = are_regions_apart(staff, comparison)
    groups: dict[str, list[Dot]] = {}
    for employee, dot in dots.items():
        region = find_region(staff, employee) if apart else ""
        groups.setdefault(region, []).append(dot)
    scale = choose_dot_scale(list(dots.values()), mean=comparison.mean)
    title = name_figure(comparison.figure, language)
    return sorted(
        (
            RegionPlot(
                name_region(staff, region) if apart else "",
                draw_dot_plot(some, language, title=title, mean=comparison.mean, scale=scale),
            )
            for region, some in groups.items()
        ),
        key=lambda plot: plot.region,
    )


def list_staff_dots(
    comparison: FairComparison, lines: Sequence[StaffLine], links: Mapping[str, str]
) -> dict[str, Dot]:
    """Employee id to dot, with the places below the name and warnings behind the words."""
    language = current_language()
    places = {line.person.employee: describe_place(line) for line in lines}
    dots = zip(lines, list_dots(comparison, language, links=links, remarks=places), strict=True)
    return {
        line.person.employee: replace(
            dot,
            words=add_sentences(
                dot.words, [describe_warning(each, language) for each in line.person.warnings]
            ),
        )
        for line, dot in dots
    }


def add_sentences(words: str, sentences: Sequence[str]) -> str:
    """Words with sentences behind them, of which they are then one."""
    if not sentences:
        return words
    return " ".join([words if words.endswith(".") else f"{words}.", *sentences])


def describe_place(line: StaffLine) -> str:
    """The units of an employee, and how many of the visits were in none of them."""
    elsewhere = ngettext("%(num)s visit in other units", "%(num)s visits in other units", line.elsewhere)
    return " · ".join([*line.units, *([elsewhere] if line.elsewhere else [])])


def link_people(choice: Choice, comparison: FairComparison) -> dict[str, str]:
    """The page of each person, under the same choice."""
    arguments = choice.list_arguments()
    return {
        person.employee: url_for("comparisons.show_person", employee_id=person.employee, **arguments)
        for person in comparison.people
    }


def list_regions(staff: Staff) -> set[str]:
    """The regions of the visits in the chosen units."""
    return {visit.region for visit in staff.visits}


def are_regions_apart(staff: Staff, comparison: FairComparison) -> bool:
    """Whether people of different regions may not be compared by this figure (CP-02)."""
    is_apart = comparison.figure == "colleagues" or comparison.across_regions is not None
    return is_apart and len(list_regions(staff)) > 1


def name_regions(staff: Staff) -> dict[str, str]:
    """Employee id to the region that a person stands in, as the reader knows it."""
    return {employee: name_region(staff, find_region(staff, employee)) for employee in staff.names}


def name_region(staff: Staff, region: str) -> str:
    """What a region is called here; one beyond the reader's reach has no name."""
    return staff.units.get(region) or (_("Other regions") if region else _("Without a region"))
