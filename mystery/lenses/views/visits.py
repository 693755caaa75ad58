"""The lenses over visits: consistency, pyramid of expectations, three impressions, effort."""

from __future__ import annotations

from flask import render_template, request

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.access.scopes import list_reached_units
from mystery.lenses.queries.unit_lenses import MOST_NAMED, ReadLenses, name_visits, read_lenses
from mystery.lenses.views.blueprint import blueprint
from mystery.printouts.reported_visits import PeriodScope, list_unit_checklists
from mystery.web.forms import HIDDEN
from mystery.web.locale import current_language
from mystery.web.periods import UnitPeriodForm
from reports.lenses.page import LensSection, build_sections
from reports.period_words import describe_period


@blueprint.get("/")
@requires(Permission.COMPARE_STAFF)
def show_lenses() -> str:
    """What the visits of a unit show through the customer's eyes."""
    reach, language = current_reach(), current_language()
    offered = list_unit_checklists(reach)
    if not offered:
        return render_template("lenses/none_yet.html")
    form = UnitPeriodForm(request.args)
    unit_id = form.offer_units(list_reached_units(reach, Permission.COMPARE_STAFF))
    checklist = form.offer_checklists(
        [(each.checklist_id, each.title_in(language), each.last_visit) for each in offered]
    )
    scope = PeriodScope(checklist, form.since.data, form.until.data)
    found = read_lenses(reach, unit_id, scope)
    sections = build_sections(found.lenses, language) if found else ()
    return render_template(
        "lenses/visits.html",
        form=form,
        found=found,
        sections=sections,
        named=name_lists(found, sections) if found else {},
        most_named=MOST_NAMED,
        days=describe_period(scope.period, language),
        arguments={**scope.list_arguments(), "unit": str(unit_id), **keep_names_hidden()},
    )


def keep_names_hidden() -> dict[str, str]:
    """The part of the address that says so where somebody comes from a comparison without names."""
    return {"names": HIDDEN} if request.args.get("names") == HIDDEN else {}


def name_lists(found: ReadLenses, sections: tuple[LensSection, ...]) -> dict[str, object]:
    """The visits that sections list, by the title of the list."""
    return {
        listed.title: name_visits(listed.visits, found.days)
        for section in sections
        for listed in section.lists
    }
