"""Emergency files: the lead hands in what an auditor's phone could not send."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.review.forms import RescueForm
from mystery.review.views.blueprint import blueprint
from mystery.sheets.rescue import MOST_RESCUE_BYTES, Rescued, RescueFault, accept_rescue

FORM_AROUND_FILE_BYTES = 64 * 1024
FAULTS = {
    RescueFault.TOO_LARGE: _l("The file is larger than 100 MB."),
    RescueFault.NO_COPY: _l("This is no emergency file. Ask the auditor for the one that his phone saved."),
    RescueFault.CUT_OFF: _l("The file is not whole. Ask the auditor to send it once more."),
    RescueFault.SEALED_ELSEWHERE: _l("The file does not open. It was changed, or it is of another site."),
    RescueFault.NOT_YOURS: _l("This visit is not of a place in which you review visits."),
}
STATES = {
    "submitted": _l("The visit has arrived and counts."),
    "held": _l("The visit has arrived. Something is missing, so decide what becomes of it."),
    "set_aside": _l("The visit has arrived and is set aside: another one of this assignment counts."),
}


@blueprint.get("/rescue")
@requires(Permission.REVIEW_VISITS)
def offer_rescue() -> str:
    """The page on which an emergency file is handed in."""
    return render_template("review/rescue.html", form=RescueForm())


@blueprint.post("/rescue")
@requires(Permission.REVIEW_VISITS)
def take_rescue() -> str | tuple[str, int] | Response:
    """Take the visit in an emergency file, exactly as if the phone had sent it."""
    request.max_content_length = MOST_RESCUE_BYTES + FORM_AROUND_FILE_BYTES
    try:
        form = RescueForm()
    except RequestEntityTooLarge:
        return show_too_large()
    content = form.read_file() if form.validate() else None
    if content is None:
        return render_template("review/rescue.html", form=form), 422
    result = accept_rescue(current_reach(), content)
    if isinstance(result, RescueFault):
        form.add_problem("file", str(FAULTS[result]))
        return render_template("review/rescue.html", form=form), 422
    tell_arrival(result)
    return redirect(url_for("review.show_visit", visit_id=result.visit_id), 303)


def show_too_large() -> tuple[str, int]:
    """The page again; what was posted cannot be read, not even as far as it came."""
    form = RescueForm(formdata=None)
    form.add_problem("file", str(FAULTS[RescueFault.TOO_LARGE]))
    return render_template("review/rescue.html", form=form), 413


def tell_arrival(result: Rescued) -> None:
    """Say what came of the file."""
    if result.differs:
        flash(_("The visit had arrived before with other content. Both are kept."), "success")
    elif result.again:
        flash(_("The visit had arrived before with the same content; nothing was changed."), "success")
    else:
        flash(str(STATES[result.state]), "success")
    if result.missing:
        flash(
            ngettext(
                "%(num)s photo is neither in the file nor here.",
                "%(num)s photos are neither in the file nor here.",
                result.missing,
            ),
            "error",
        )
