"""The notice given to staff: shown to all who read checklists, recorded by whoever leads the programme."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.authoring import actions
from mystery.authoring.forms import PURPOSE_NAMES, NoticeForm
from mystery.authoring.notices import list_noticed_companies
from mystery.authoring.queries import list_publishing_companies
from mystery.authoring.views.blueprint import blueprint

Answer = str | tuple[str, int] | Response


@blueprint.get("/notices")
@requires(Permission.SEE_CHECKLISTS)
def list_notices() -> str:
    """The notices of the person's companies, and the form to record one."""
    form = None
    if current_reach().whole_companies(Permission.PUBLISH_CHECKLISTS):
        form = NoticeForm()
        form.offer(list_publishing_companies(current_reach()))
    return show_notices(form)


@blueprint.post("/notices")
@requires(Permission.PUBLISH_CHECKLISTS)
def record_notice() -> Answer:
    """Record a notice."""
    form = NoticeForm()
    form.offer(list_publishing_companies(current_reach()))
    valid = form.validate()
    company_id = form.read_company()
    if valid and company_id is not None:
        recorded = actions.record_notice(current_reach(), company_id, form.read_terms())
        if recorded.id is not None:
            flash(_("The notice is recorded. Visits can be assigned."), "success")
            return redirect(url_for("authoring.list_notices"), 303)
        form.show_faults(recorded.faults)
    return show_notices(form), 422


def show_notices(form: NoticeForm | None) -> str:
    """The page of notices."""
    reach = current_reach()
    return render_template(
        "authoring/notices.html",
        companies=list_noticed_companies(reach),
        purposes=PURPOSE_NAMES,
        form=form,
        may_read_legends=reach.may(Permission.PLAN_VISITS) or reach.may(Permission.PUBLISH_CHECKLISTS),
    )
