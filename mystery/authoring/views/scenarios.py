"""Legends: the roles auditors play. Managers do not read them: who knows the legend knows the auditor."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.authoring import actions, library
from mystery.authoring.forms import CompanyForm
from mystery.authoring.views.blueprint import blueprint
from mystery.authoring.views.library import offer_companies
from mystery.web.locale import current_language

Answer = str | tuple[str, int] | Response
CUSTOMERS = {
    "ordinary": _l("an ordinary customer"),
    "undecided": _l("an undecided customer"),
    "know_it_all": _l("a know-it-all"),
    "rude": _l("a rude customer"),
    "resentful": _l("a resentful sceptic"),
}


@blueprint.get("/scenarios")
@requires(Permission.PLAN_VISITS, Permission.PUBLISH_CHECKLISTS)
def list_scenarios() -> str:
    """The legends of the person's companies, and those of the library that could be added."""
    reach, language = current_reach(), current_language()
    may_publish = bool(reach.whole_companies(Permission.PUBLISH_CHECKLISTS))
    rows = library.list_scenarios(reach, language)
    return render_template(
        "authoring/scenarios.html",
        rows=rows,
        companies=len({row.company for row in rows}),
        offered=library.list_library_scenarios(reach, language) if may_publish else (),
        customers=CUSTOMERS,
        may_publish=may_publish,
    )


@blueprint.get("/scenarios/<uuid:scenario_id>")
@requires(Permission.PLAN_VISITS, Permission.PUBLISH_CHECKLISTS)
def show_scenario(scenario_id: UUID) -> str:
    """One legend of a company."""
    page = library.load_scenario(current_reach(), scenario_id)
    return render_template("authoring/scenario.html", page=page, customers=CUSTOMERS, form=None)


@blueprint.get("/scenarios/library/<slug>")
@requires(Permission.PUBLISH_CHECKLISTS)
def show_library_scenario(slug: str) -> str:
    """One legend of the library, with the way to add it."""
    return show_offered(slug, offer_companies())


@blueprint.post("/scenarios/library/<slug>")
@requires(Permission.PUBLISH_CHECKLISTS)
def add_scenario(slug: str) -> Answer:
    """Add a legend of the library to a company."""
    form = offer_companies()
    valid = form.validate()
    company_id = form.read_company()
    if not valid or company_id is None:
        return show_offered(slug, form), 422
    scenario = library.load_library_scenario(slug).scenario
    added = actions.add_scenario(current_reach(), company_id, scenario)
    flash(_("The legend is added.") if added.new else _("This legend was there already."), "success")
    return redirect(url_for("authoring.show_scenario", scenario_id=added.id), 303)


def show_offered(slug: str, form: CompanyForm) -> str:
    """The page of one library legend."""
    page = library.load_library_scenario(slug)
    return render_template("authoring/scenario.html", page=page, customers=CUSTOMERS, form=form)
