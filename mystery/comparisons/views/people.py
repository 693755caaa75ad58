"""The page of one person: the sentence, how the figure comes about, who stands beside, and the visits."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from markupsafe import Markup

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.comparisons.actions import record_people_opened
from mystery.comparisons.people import find_company
from mystery.comparisons.queries import Staff
from mystery.comparisons.views.blueprint import blueprint
from mystery.comparisons.views.choices import Choice, compare_choice, name_absent, read_choice_or_404
from mystery.comparisons.views.person_figures import link_method
from mystery.comparisons.views.person_look import (
    PersonLook,
    draw_people,
    list_colleagues,
    list_figure_choices,
    look_at_person,
    widen_choice,
)
from mystery.web.locale import current_language
from reports.comparison_notes import describe_versions
from reports.fair_rows import FairComparison, Figure
from reports.fair_words import (
    describe_reason,
    describe_reliability,
    describe_warning,
    explain_method,
    say_fair,
)
from reports.trend_chart import draw_trend
from reports.waterfall_picture import draw_waterfall

MOST_COLLEAGUES = 30
"""So many people stand on one picture of colleagues; more of them are compared on a page of their own."""


@blueprint.get("/person/<uuid:employee_id>")
@requires(Permission.COMPARE_STAFF)
def show_person(employee_id: UUID) -> str:
    """One employee whom the reader may compare, with all that his figure rests on."""
    company_id = find_company(current_reach(), employee_id)
    narrow = read_choice_or_404()
    choice = widen_choice(narrow)
    staff = compare_choice(choice)
    employee = str(employee_id)
    shared = {
        "form": choice.form,
        "employee_id": employee_id,
        "hides_names": choice.hides_names,
        "arguments": narrow.list_arguments(),
        "figure_choices": list_figure_choices(narrow, "comparisons.show_person", employee_id=employee_id),
        "link_method": link_method,
        "method": explain_method(current_language()),
    }
    if employee not in staff.names:
        name = name_absent(choice, staff, employee)
        return render_template("comparisons/person.html", look=None, name=name, **shared)
    record_people_opened(current_reach().user_id, company_id, [employee_id])
    beside = list_colleagues(staff, employee, choice, most=MOST_COLLEAGUES)
    comparison = staff.describe(choice.figure, beside)
    look = look_at_person(choice, staff, comparison, employee)
    language = current_language()
    return render_template(
        "comparisons/person.html",
        look=look,
        name=look.name,
        why_not=describe_reason(comparison.why_not, language) if comparison.why_not else "",
        waterfall=draw_steps(look, choice.figure),
        picture=draw_people(choice, staff, comparison, [employee], about=employee),
        colleagues=draw_colleagues(choice, staff, comparison, employee) if look.figures.waterfall else None,
        trend=draw_points(look),
        warnings=[*look.warnings, *(describe_warning(each, language) for each in comparison.warnings)],
        reliability=describe_reliability(comparison, language),
        versions=describe_versions(staff.kept.plan, language),
        pair_arguments={**narrow.list_arguments(), "one": employee},
        caution=say_fair("not_discipline", language),
        **shared,
    )


def draw_steps(look: PersonLook, figure: Figure) -> Markup | None:
    """The way from the plain mean to the fair score; None where there is no figure."""
    if look.figures.waterfall is None:
        return None
    return draw_waterfall(look.figures.waterfall, current_language(), figure=figure, title=look.name)


def draw_points(look: PersonLook) -> Markup | None:
    """The visits over time; None where the reader may read none."""
    if look.period is None or look.report is None:
        return None
    return draw_trend(look.report.trend, look.period.newest.scoring.satisfactory, current_language())


def draw_colleagues(choice: Choice, staff: Staff, comparison: FairComparison, employee: str) -> Markup | None:
    """The employee among those of his shop or region; None without any, or with too many for a picture."""
    beside = [person.employee for person in comparison.people]
    return draw_people(choice, staff, comparison, beside, about=employee) if len(beside) > 1 else None
