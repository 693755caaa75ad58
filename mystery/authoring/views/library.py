"""The library: checklists that come with the product, to read, to adopt, or to begin a text with."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.authoring import actions
from mystery.authoring.forms import CompanyForm
from mystery.authoring.library import list_library_rows, load_library_row
from mystery.authoring.printed import CHANNELS, print_checklist
from mystery.authoring.queries import list_publishing_companies
from mystery.authoring.views.blueprint import blueprint
from mystery.authoring.views.writing import announce_version
from mystery.web.locale import current_language

Answer = str | tuple[str, int] | Response


@blueprint.get("/library")
@requires(Permission.PUBLISH_CHECKLISTS)
def show_library() -> str:
    """The checklists of the library, each with what it is for."""
    list_publishing_companies(current_reach())
    rows = list_library_rows(current_reach(), current_language())
    return render_template("authoring/library.html", rows=rows, channels=CHANNELS)


@blueprint.get("/library/<library_id>")
@requires(Permission.PUBLISH_CHECKLISTS)
def show_library_checklist(library_id: str) -> str:
    """One checklist of the library, written out, with the way to adopt it."""
    return show_entry(library_id, offer_companies())


@blueprint.post("/library/<library_id>")
@requires(Permission.PUBLISH_CHECKLISTS)
def adopt_checklist(library_id: str) -> Answer:
    """Publish a library checklist in a company, together with its legends."""
    form = offer_companies()
    valid = form.validate()
    company_id = form.read_company()
    if not valid or company_id is None:
        return show_entry(library_id, form), 422
    publication = actions.adopt_library_checklist(current_reach(), company_id, library_id)
    return announce_version(publication)


def offer_companies() -> CompanyForm:
    """A form that asks for the company where there are several."""
    form = CompanyForm()
    form.offer(list_publishing_companies(current_reach()))
    return form


def show_entry(library_id: str, form: CompanyForm) -> str:
    """The page of one library checklist."""
    row = load_library_row(current_reach(), library_id)
    printed = print_checklist(row.checklist, current_language())
    return render_template("authoring/library_checklist.html", row=row, printed=printed, form=form)
