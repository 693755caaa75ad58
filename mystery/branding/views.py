"""The look of a company's reports: tried on a specimen, set, changed back; for leads and administrators."""

from __future__ import annotations

from uuid import UUID

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.access.scopes import list_whole_companies
from mystery.branding import actions
from mystery.branding.colours import is_readable, read_colour
from mystery.branding.forms import LookForm
from mystery.branding.queries import Look, LookCompany, has_logo, read_company, read_logo
from mystery.branding.specimen import print_specimen
from mystery.clock import now
from mystery.sheets.photo_desk import PhotoFault
from mystery.web.attachments import send_attachment
from mystery.web.forms import ConfirmForm
from mystery.web.locale import current_language
from reports.words import say

blueprint = Blueprint("branding", __name__, url_prefix="/look")

Answer = str | tuple[str, int] | AnyResponse
# What the report looks like where a company set nothing of its own.
OUR_COLOUR = "#0f5c63"


@blueprint.get("")
@requires(Permission.SET_LOOK)
def list_looks() -> Answer:
    """The companies whose look one may set; with one company, its page."""
    companies = list_whole_companies(current_reach(), Permission.SET_LOOK)
    if len(companies) == 1:
        return redirect(url_for("branding.show_look", company_id=companies[0][0]), 303)
    return render_template("branding/companies.html", companies=companies)


@blueprint.get("/<uuid:company_id>")
@requires(Permission.SET_LOOK)
def show_look(company_id: UUID) -> str:
    """The look as it is, and the form to try another."""
    company = read_company(current_reach(), company_id)
    form = LookForm(data={"staged": company.look.logo, "colour": company.look.colour})
    return render_look(company, form, company.look, is_tried=False)


@blueprint.post("/<uuid:company_id>")
@requires(Permission.SET_LOOK)
def change_look(company_id: UUID) -> Answer:
    """Show what the entered look would be, or set it."""
    reach = current_reach()
    company = read_company(reach, company_id)
    form = LookForm()
    if not form.validate():
        return render_look(company, form, company.look, is_tried=False), 422
    if request.form.get("suggestion"):
        form.colour.data = request.form["suggestion"]
    stage_logo(company, form)
    look = form.read_look()
    if form.errors or look is None:
        return render_look(company, form, company.look, is_tried=False), 422
    if request.form.get("step") != "set":
        return render_look(company, form, look, is_tried=True)
    tell(is_changed=actions.set_look(reach, company_id, look))
    return redirect(url_for("branding.show_look", company_id=company_id), 303)


@blueprint.post("/<uuid:company_id>/remove-logo")
@requires(Permission.SET_LOOK)
def remove_logo(company_id: UUID) -> Answer:
    """Let the reports carry no logo; the colour stays."""
    if not ConfirmForm().validate():
        abort(400)
    company = read_company(current_reach(), company_id)
    tell(is_changed=actions.set_look(current_reach(), company_id, Look("", company.look.colour)))
    return redirect(url_for("branding.show_look", company_id=company_id), 303)


@blueprint.post("/<uuid:company_id>/restore/<uuid:change_id>")
@requires(Permission.SET_LOOK)
def restore_look(company_id: UUID, change_id: UUID) -> Answer:
    """Set again what was set before."""
    if not ConfirmForm().validate():
        abort(400)
    tell(is_changed=actions.restore_look(current_reach(), company_id, change_id))
    return redirect(url_for("branding.show_look", company_id=company_id), 303)


@blueprint.get("/<uuid:company_id>/logos/<digest>.png")
@requires(Permission.SET_LOOK)
def show_logo(company_id: UUID, digest: str) -> Response:
    """A logo that was handed in for this company."""
    response = make_response(read_logo(current_reach(), company_id, digest))
    response.headers["Content-Type"] = "image/png"
    return response


@blueprint.get("/<uuid:company_id>/specimen.pdf")
@requires(Permission.SET_LOOK)
def download_specimen(company_id: UUID) -> Response:
    """The report of an invented visit in the look that the address names; what is amiss in it is left out."""
    company = read_company(current_reach(), company_id)
    colour = read_colour(request.args.get("colour", "")) or ""
    logo = request.args.get("logo", "")
    look = Look(logo if has_logo(company_id, logo) else "", colour if colour and is_readable(colour) else "")
    content = print_specimen(company, look, current_language(), day=now().date())
    return send_attachment(content, "application/pdf", plain="specimen.pdf")


def stage_logo(company: LookCompany, form: LookForm) -> None:
    """Keep a newly chosen logo, so that it is not lost while the rest of the form is mended."""
    content = form.read_file()
    if content is not None:
        kept = actions.keep_logo(current_reach(), company.id, content)
        if isinstance(kept, PhotoFault):
            form.show_fault(kept)
        else:
            form.staged.data = kept
    if not has_logo(company.id, form.staged.data or ""):
        form.staged.data = ""


def tell(*, is_changed: bool) -> None:
    """Say what came of it."""
    if is_changed:
        flash(_("Set. Every report that is printed or downloaded from now on looks so."), "success")
    else:
        flash(_("The reports look so already; nothing was changed."), "success")


def render_look(company: LookCompany, form: LookForm, look: Look, *, is_tried: bool) -> str:
    """The page of a look."""
    return render_template(
        "branding/look.html",
        company=company,
        form=form,
        confirm=ConfirmForm(),
        look=look,
        colour=look.colour or OUR_COLOUR,
        our_colour=OUR_COLOUR,
        report_word=say("report", current_language()),
        is_tried=is_tried,
        has_several=len(list_whole_companies(current_reach(), Permission.SET_LOOK)) > 1,
    )
