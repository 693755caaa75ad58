"""The auditor's page for an emergency file: a plain form, for the day on which nothing else works."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.capture.views import blueprint
from mystery.sheets.rescue import MOST_RESCUE_BYTES, RescueFault, accept_rescue

FORM_AROUND_FILE_BYTES = 64 * 1024

FAULTS = {
    RescueFault.TOO_LARGE: _l("The file is larger than 100 MB. Ask the programme lead."),
    RescueFault.NO_COPY: _l("This is no copy of a list. Choose the file that was saved on the phone."),
    RescueFault.CUT_OFF: _l("The file is not whole. Copy it from the phone once more."),
    RescueFault.SEALED_ELSEWHERE: _l("The file does not open. It was changed, or it is of another site."),
    RescueFault.NOT_YOURS: _l("This list is of another person. Only that person or the lead can hand it in."),
}


@blueprint.get("/rescue")
@requires(Permission.CAPTURE_VISITS)
def offer_rescue() -> str:
    """The page on which the copy of a list is handed in."""
    return render_template("capture/rescue.html", problem="")


@blueprint.post("/rescue")
@requires(Permission.CAPTURE_VISITS)
def take_rescue() -> BaseResponse:
    """Take the visit in the file."""
    request.max_content_length = MOST_RESCUE_BYTES + FORM_AROUND_FILE_BYTES
    try:
        upload = request.files.get("file")
    except RequestEntityTooLarge:
        return _show_problem(str(FAULTS[RescueFault.TOO_LARGE]), 413)
    content = upload.read() if upload is not None else b""
    if not content:
        return _show_problem(_("Choose the file first."), 422)
    result = accept_rescue(current_reach(), content)
    if isinstance(result, RescueFault):
        return _show_problem(str(FAULTS[result]), 422)
    flash(_("The list had arrived before.") if result.again else _("The list has arrived."))
    return redirect(url_for("capture.show_sent", visit_id=result.visit_id), 303)


def _show_problem(problem: str, status: int) -> BaseResponse:
    return make_response(render_template("capture/rescue.html", problem=problem), status)
