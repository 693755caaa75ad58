"""Comparisons: the staff of a unit and period, side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask_babel import gettext as _

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.access.scopes import list_reached_units
from mystery.comparisons.forms import ComparisonForm
from mystery.comparisons.queries import (
    ComparedChecklist,
    ComparisonScope,
    checklist_title,
    compare_scope,
    list_checklists,
    section_titles,
)
from mystery.web.forms import list_choices, read_uuid
from mystery.web.locale import current_language
from reports.comparison import StaffComparison
from reports.comparison_words import describe_caution, describe_figure, describe_method, name_column
from reports.dates import format_date
from reports.spreadsheet import comparison_csv, comparison_xlsx

blueprint = Blueprint("comparisons", __name__, url_prefix="/comparison")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Choice:
    """What the reader chose to compare, and the form that shows it."""

    form: ComparisonForm
    scope: ComparisonScope
    checklist: ComparedChecklist
    titles: dict[str, str]
    """Section id to its title in the reader's language."""


@blueprint.get("/")
@requires(Permission.COMPARE_STAFF)
def compare_staff() -> str:
    """The staff of a unit and period, alphabetically, each figure leading to its visits."""
    choice = read_choice()
    if choice is None:
        return render_template("comparisons/empty.html")
    language = current_language()
    comparison = compare_scope(current_reach(), choice.scope)
    return render_template(
        "comparisons/comparison.html",
        form=choice.form,
        comparison=comparison,
        titles=choice.titles,
        arguments={name: value for name, value in request.args.items() if value},
        visit_arguments=list_visit_arguments(choice),
        cautions=[describe_caution(caution, language) for caution in comparison.cautions],
        method=describe_method(language),
        describe=lambda figure: describe_figure(figure, language),
        name=lambda key, **details: name_column(key, language, **details),
    )


@blueprint.get("/staff.csv")
@requires(Permission.COMPARE_STAFF)
def export_csv() -> Response:
    """The comparison for a spreadsheet, as text."""
    choice, comparison = compare_or_404()
    content = comparison_csv(
        comparison, current_language(), section_titles=choice.titles, scope=describe_scope(choice)
    )
    return send_file(content, "text/csv; charset=utf-8", f"{name_file(choice)}.csv")


@blueprint.get("/staff.xlsx")
@requires(Permission.COMPARE_STAFF)
def export_xlsx() -> Response:
    """The comparison as a workbook with its visits and its method."""
    choice, comparison = compare_or_404()
    content = comparison_xlsx(
        comparison,
        current_language(),
        section_titles=choice.titles,
        checklist_titles={choice.checklist.slug: name_checklist(choice)},
        scope=describe_scope(choice),
    )
    return send_file(content, XLSX, f"{name_file(choice)}.xlsx")


def read_choice() -> Choice | None:
    """What the address asks to compare, within the reader's reach; None while there is no visit."""
    reach, language = current_reach(), current_language()
    checklists = list_checklists(reach)
    if not checklists:
        return None
    form = ComparisonForm(request.args)
    form.validate()
    wanted = read_uuid(form.checklist.data)
    chosen = next((each for each in checklists if each.checklist_id == wanted), checklists[0])
    titles = {each.checklist_id: checklist_title(each) for each in checklists}
    place = 0 if language == "ru" else 1
    form.checklist.choices = [(str(each), titles[each][place]) for each in titles]
    form.checklist.data = str(chosen.checklist_id)
    units = [(str(each), name) for each, name in list_reached_units(reach, Permission.COMPARE_STAFF)]
    form.unit.choices = list_choices(units, empty=_("All units"))
    unit_id = read_uuid(form.unit.data) if form.unit.data in dict(units) else None
    scope = ComparisonScope(chosen.checklist_id, unit_id, form.since.data, form.until.data)
    names = {section: both[place] for section, both in section_titles(chosen).items()}
    return Choice(form, scope, chosen, names)


def compare_or_404() -> tuple[Choice, StaffComparison]:
    """The comparison that the address asks for."""
    choice = read_choice()
    if choice is None:
        abort(404)
    return choice, compare_scope(current_reach(), choice.scope)


def list_visit_arguments(choice: Choice) -> dict[str, str]:
    """The filter of the list of visits that shows exactly what is compared."""
    scope = choice.scope
    wanted = {
        "checklist": scope.checklist_id,
        "unit": scope.unit_id,
        "since": scope.since,
        "until": scope.until,
    }
    return {name: str(value) for name, value in wanted.items() if value is not None}


def describe_scope(choice: Choice) -> list[str]:
    """What is compared, in sentences for a file that leaves the page: checklist, unit and period."""
    units = dict(list_reached_units(current_reach(), Permission.COMPARE_STAFF))
    unit = units[choice.scope.unit_id] if choice.scope.unit_id else _("All units")
    return [
        _("Checklist: %(title)s", title=name_checklist(choice)),
        _("Unit: %(name)s", name=unit),
        describe_period(choice.scope),
    ]


def describe_period(scope: ComparisonScope) -> str:
    """The days from which visits are compared, in words."""
    language = current_language()
    since, until = format_date(scope.since, language), format_date(scope.until, language)
    period: str = _("Period: all visits")
    if scope.since and scope.until:
        period = _("Period: from %(since)s to %(until)s", since=since, until=until)
    elif scope.since:
        period = _("Period: since %(since)s", since=since)
    elif scope.until:
        period = _("Period: until %(until)s", until=until)
    return period


def name_checklist(choice: Choice) -> str:
    """The title of the compared checklist in the reader's language."""
    return checklist_title(choice.checklist)[0 if current_language() == "ru" else 1]


def name_file(choice: Choice) -> str:
    """A plain file name that tells one comparison from another: staff-comparison-shop-visit-2026-01-01."""
    scope = choice.scope
    slug = re.sub(r"[^a-z0-9-]", "", choice.checklist.slug.lower())
    days = [day.isoformat() for day in (scope.since, scope.until) if day]
    return "-".join(["staff-comparison", *([slug] if slug else []), *days])


def send_file(content: bytes, mimetype: str, name: str) -> Response:
    """An attachment with a plain name."""
    response = make_response(content)
    response.headers["Content-Type"] = mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
