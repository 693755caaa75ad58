"""What auditors may record during a visit: read by all who read checklists, switched by the lead."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.authoring.forms import SwitchForm
from mystery.authoring.recording import Recordable, list_recording_companies, switch_recording
from mystery.authoring.views.blueprint import blueprint


@blueprint.get("/recording")
@requires(Permission.SEE_CHECKLISTS)
def show_recording() -> str:
    """What may be recorded in the person's companies, and what each of it means for people."""
    reach = current_reach()
    companies = list_recording_companies(reach)
    return render_template(
        "authoring/recording.html",
        companies=companies,
        may_publish=reach.may(Permission.PUBLISH_CHECKLISTS),
        may_read_legends=reach.may(Permission.PLAN_VISITS) or reach.may(Permission.PUBLISH_CHECKLISTS),
    )


@blueprint.post("/recording/<uuid:company_id>")
@requires(Permission.PUBLISH_CHECKLISTS)
def switch_recording_of(company_id: UUID) -> Response:
    """Switch one thing on or off in one company."""
    form = SwitchForm()
    if not form.validate():
        abort(400)
    allowed = form.turn.data == "on"
    switch_recording(current_reach(), company_id, Recordable(form.what.data or ""), allowed=allowed)
    flash(_("Auditors may record this now.") if allowed else _("Auditors no longer record this."), "success")
    return redirect(url_for("authoring.show_recording"), 303)
