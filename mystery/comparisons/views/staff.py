"""The page on which the staff of a unit and period stand side by side."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from mystery.access.guards import requires
from mystery.access.permissions import Permission
from mystery.comparisons.exact_bases import show_bases
from mystery.comparisons.lines import (
    count_ready,
    find_team,
    list_lines,
    list_sections,
)
from mystery.comparisons.queries import Staff
from mystery.comparisons.views.blueprint import blueprint
from mystery.comparisons.views.choices import (
    Choice,
    compare_choice,
    page_people,
    read_choice,
    write_down,
)
from mystery.comparisons.views.person_figures import link_method
from mystery.comparisons.views.person_look import list_figure_choices
from mystery.comparisons.views.staff_plots import draw_pictures, list_regions
from mystery.web.forms import HIDDEN
from mystery.web.locale import current_language
from reports.comparison_notes import describe_versions
from reports.comparison_words import name_column
from reports.fair_rows import FairComparison, Reason
from reports.fair_words import (
    describe_reason,
    describe_reliability,
    describe_spreads,
    describe_warning,
    explain_method,
    format_points,
    say_fair,
)
from reports.plurals import count_of
from reports.variance_integration import LEAST_PEOPLE


@blueprint.get("/")
@requires(Permission.COMPARE_STAFF)
def compare_staff() -> str:
    """The staff of a unit and period, alphabetically, each figure leading to its visits."""
    choice = read_choice()
    if choice is None:
        return render_template("comparisons/empty.html")
    staff = compare_choice(choice)
    page = page_people(staff)
    shown = [employee for employee, _name in page.rows]
    write_down(choice, shown)
    comparison = staff.describe(choice.figure, shown)
    lines = list_lines(staff, comparison)
    language = current_language()
    is_raw_only = find_people_missing(staff) is not None
    return render_template(
        "comparisons/comparison.html",
        form=choice.form,
        choice=choice,
        page=page,
        comparison=comparison,
        sentence=summarise_staff(staff),
        remarks=list_remarks(choice, staff, comparison),
        figure_choices=list_figure_choices(choice, "comparisons.compare_staff"),
        is_raw_only=is_raw_only,
        bases=show_bases(staff, shown, language) if is_raw_only else {},
        **draw_pictures(choice, staff, comparison, lines),
        lines=lines,
        team=find_team(staff),
        sections=list_sections(staff, choice.titles),
        has_versions=len({place.version for place in staff.kept.places.values()}) > 1,
        views=list_views(choice),
        arguments=choice.list_arguments(),
        visit_arguments={**choice.list_visit_arguments(), "unit": ""},
        programme=[describe_spreads(comparison, language), describe_reliability(comparison, language)],
        method=explain_method(language),
        link_method=link_method,
        say=lambda key: say_fair(key, language),
        name=lambda key, **details: name_column(key, language, **details),
        points=lambda value, places=1: format_points(value, language, places=places),
    )


def list_views(choice: Choice) -> list[tuple[str, str]]:
    """The other pages of the same choice, with their names."""
    arguments = choice.list_arguments()
    seen = choice.list_visit_arguments() | ({"names": HIDDEN} if choice.hides_names else {})
    return [
        (url_for("comparisons.show_pair", **arguments), _("Two people side by side")),
        (url_for("comparisons.show_standards", **arguments), _("Standards by employee")),
        (url_for("comparisons.show_trends", **arguments), _("Staff over time")),
        (url_for("lenses.show_lenses", **seen), _("Through the customer's eyes")),
    ]


def summarise_staff(staff: Staff) -> str:
    """The one sentence on top: how many people and visits, and for how many there is a figure."""
    if not staff.names:
        none: str = _("No visit fits this choice.")
        return none
    language = current_language()
    people = count_of(len(staff.names), "employees", language)
    visits = count_of(len(staff.visits), "visits", language)
    count = count_ready(staff)
    nobody = _("A figure takes three visits, which nobody has yet.")
    ready = ngettext(
        "A figure takes three visits: %(num)s employee has them.",
        "A figure takes three visits: %(num)s employees have them.",
        count,
    )
    return f"{people}, {visits}. {ready if count else nobody}"


def list_remarks(choice: Choice, staff: Staff, comparison: FairComparison) -> list[tuple[str, str]]:
    """What to know before reading the figures, each with the place where the method page explains it."""
    language = current_language()
    remarks = [(sentence, "versions") for sentence in describe_versions(staff.kept.plan, language)]
    why_not = find_people_missing(staff) or comparison.why_not
    if why_not is not None:
        remarks.append((describe_reason(why_not, language), "gates"))
    if len(list_regions(staff)) > 1:
        if choice.figure == "colleagues":
            remarks.append(
                (_("This figure compares within a shop or a region, so regions stand apart."), "regions")
            )
        elif comparison.across_regions is not None:
            remarks.append((describe_reason(comparison.across_regions, language), "regions"))
    return remarks + [(describe_warning(warning, language), "warnings") for warning in comparison.warnings]


def find_people_missing(staff: Staff) -> Reason | None:
    """Why there are only the visits themselves to read: fewer than eight people in the company (CP-05)."""
    people = len(staff.kept.model.by_employee)
    return Reason("not_enough_people", people, LEAST_PEOPLE) if people < LEAST_PEOPLE else None
