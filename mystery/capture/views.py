"""Capture: the auditor's lists, the legend, the fill-in page, and what was sent."""

from __future__ import annotations

from typing import Any, cast
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
from flask_security import current_user
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge, Unauthorized
from werkzeug.wrappers import Response as BaseResponse

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.capture import actions, queries
from mystery.capture.forms import VisitForm, list_buttons
from mystery.capture.page import Findings, build_page
from mystery.capture.windows import say_window
from mystery.sheets.photo_desk import PhotoFault
from mystery.sheets.raw_sheet import RawSheet
from mystery.storage import media_store
from mystery.web.locale import current_language
from mystery.web.unnoticed import remember_lists

blueprint = Blueprint("capture", __name__, url_prefix="/capture")

# Several photos may ride along with a plain form; each has its own limit and its own message.
MOST_POSTED_BYTES = 256 * 1024 * 1024
MOST_TYPED_BYTES = 12 * 1024 * 1024
MOST_POSTED_PARTS = 5000


@blueprint.get("")
@requires(Permission.CAPTURE_VISITS)
def list_assignments() -> str:
    """The person's assignments as cards."""
    tasks = queries.list_tasks(current_reach())
    to_do = [task for task in tasks if task.progress.is_with_auditor]
    sent = queries.order_sent(tasks)
    return render_template("capture/list.html", to_do=to_do, sent=sent, say_window=say_window)


@blueprint.get("/assignments/<uuid:assignment_id>")
@requires(Permission.CAPTURE_VISITS)
def show_assignment(assignment_id: UUID) -> str:
    """One assignment: when and where, the legend, and the way in."""
    brief = queries.read_brief(current_reach(), assignment_id)
    return render_template("capture/assignment.html", brief=brief, say_window=say_window)


@blueprint.post("/assignments/<uuid:assignment_id>/begin")
@requires(Permission.CAPTURE_VISITS)
def begin_visit(assignment_id: UUID) -> BaseResponse:
    """Open the visit of an assignment, or the one already begun."""
    brief = queries.read_brief(current_reach(), assignment_id)
    if brief.task.is_cancelled and brief.visit_id is None:
        flash(_("This visit is no longer needed."), "error")
        return redirect(url_for("capture.show_assignment", assignment_id=assignment_id), 303)
    actions.open_visit(current_reach(), assignment_id)
    brief = queries.read_brief(current_reach(), assignment_id)
    return redirect(url_for("capture.fill_visit", visit_id=brief.visit_id, version_id=brief.version_id), 303)


@blueprint.get("/<uuid:visit_id>/<uuid:version_id>")
@requires(Permission.CAPTURE_VISITS)
def fill_visit(visit_id: UUID, version_id: UUID) -> str | BaseResponse:
    """The checklist to be filled in, with everything saved so far; blank for the cache of a phone."""
    blank = request.args.get("blank") == "1"
    draft = queries.read_draft(current_reach(), visit_id, version_id, blank=blank)
    if draft.is_sent:
        return _go_to_sent(draft.visit_id)
    return _render_page(draft, draft.raw, draft.revision, Findings())


@blueprint.post("/<uuid:visit_id>/<uuid:version_id>")
@requires(Permission.CAPTURE_VISITS)
def save_visit(visit_id: UUID, version_id: UUID) -> BaseResponse:
    """Keep everything that was entered; then send the visit, remove a photo, or go on."""
    draft = queries.read_draft(current_reach(), visit_id, version_id)
    form = VisitForm(draft.checklist, current_language())
    try:
        raw = form.read(_read_request())
    except RequestEntityTooLarge:
        return make_response(render_template("capture/too_large.html", draft=draft), 413)
    visit_id = draft.visit_id
    if not draft.is_begun:
        visit_id = actions.open_visit(current_reach(), draft.assignment_id)
    # The plain form knows nothing of moments; what a phone had noted stays.
    raw |= {part: draft.raw[part] for part in ("events", "answered") if part in draft.raw}
    raw |= form.origin
    saved = actions.save_draft(current_reach(), visit_id, raw, form.revision)
    if isinstance(saved, actions.Submitted):
        return _tell_sent(saved)
    photo_faults = _add_photos(visit_id, form)
    if isinstance(saved, actions.Clash):
        findings = Findings(photos=photo_faults, elsewhere=saved.saved)
        return _show_again(visit_id, version_id, raw, findings, 409)
    return _finish_save(visit_id, version_id, raw, photo_faults)


@blueprint.get("/<uuid:visit_id>/sent")
@requires(Permission.CAPTURE_VISITS)
def show_sent(visit_id: UUID) -> str:
    """What was sent, and when."""
    sent = queries.read_sent(current_reach(), visit_id)
    if sent is None:
        abort(404)
    return render_template("capture/sent.html", sent=sent)


@blueprint.get("/<uuid:visit_id>/photos/<uuid:photo_id>")
@requires(Permission.CAPTURE_VISITS)
def show_photo(visit_id: UUID, photo_id: UUID) -> BaseResponse:
    """A photo of the person's own visit."""
    content = media_store().get(queries.find_photo_key(current_reach(), visit_id, photo_id))
    if content is None:
        abort(404)
    response = make_response(content)
    response.mimetype = "image/jpeg"
    # A photo never changes under its id: a browser may keep it, but has to ask each time, signed in.
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(photo_id.hex)
    return response.make_conditional(request)


@blueprint.after_request
def name_reader(response: Response) -> Response:
    """Say whose page it is, for a phone keeps it for that person only; the browser remembers the lists."""
    if current_user.is_authenticated:
        response.headers["X-Page-Uid"] = current_user.id.hex
        remember_lists(response)
    return response


@blueprint.errorhandler(401)
def keep_what_was_posted(_refusal: Unauthorized) -> BaseResponse:
    """Hand everything back to somebody whose session ended meanwhile: he signs in elsewhere and resends."""
    sent = [(name, value) for name, value in _read_request().items(multi=True) if isinstance(value, str)]
    return make_response(render_template("capture/signed_out.html", sent=sent), 401)


def _read_request() -> MultiDict[str, Any]:
    request.max_content_length = MOST_POSTED_BYTES
    request.max_form_memory_size = MOST_TYPED_BYTES
    request.max_form_parts = MOST_POSTED_PARTS
    return CombinedMultiDict([request.files, request.form])


def _add_photos(visit_id: UUID, form: VisitForm) -> tuple[tuple[str, PhotoFault, str], ...]:
    faults = []
    for question, upload in form.list_photos():
        result = actions.add_photo(current_reach(), visit_id, question, upload.read())
        if isinstance(result, PhotoFault):
            faults.append((question, result, upload.filename or ""))
    return tuple(faults)


def _finish_save(
    visit_id: UUID, version_id: UUID, raw: RawSheet, photo_faults: tuple[tuple[str, PhotoFault, str], ...]
) -> BaseResponse:
    button, subject = list_buttons(request.form.getlist("action"))
    if button == "remove":
        subject = _remove_photo(visit_id, subject)
    if button == "send":
        # A visit is not sent without a photo that was meant to go with it.
        send = queries.find_problems if photo_faults else actions.submit_visit
        result = send(current_reach(), visit_id, raw)
        if isinstance(result, actions.Submitted):
            return _tell_sent(result)
        findings = Findings(result.problems, result.faults, photo_faults, is_refused=True)
        return _show_again(visit_id, version_id, raw, findings, 422)
    if photo_faults:
        return _show_again(visit_id, version_id, raw, Findings(photos=photo_faults), 422)
    flash(_("Draft saved."))
    # A phone that keeps the blank page knows by the query that this one has to come from here.
    page = {"visit_id": visit_id, "version_id": version_id, "saved": 1, "_anchor": subject or None}
    return redirect(url_for("capture.fill_visit", **cast(Any, page)), 303)


def _remove_photo(visit_id: UUID, subject: str) -> str:
    """Remove the photo named "<id>:<anchor>" and return the anchor to go back to."""
    photo, _colon, anchor = subject.partition(":")
    try:
        actions.remove_photo(current_reach(), visit_id, UUID(photo))
    except ValueError:
        abort(400)
    return anchor


def _show_again(
    visit_id: UUID, version_id: UUID, raw: RawSheet, findings: Findings, status: int
) -> BaseResponse:
    draft = queries.read_draft(current_reach(), visit_id, version_id)
    return make_response(_render_page(draft, raw, draft.revision, findings), status)


def _render_page(draft: queries.Draft, raw: RawSheet, revision: int, findings: Findings) -> str:
    page = build_page(draft, raw, current_language(), findings=findings, revision=revision)
    return render_template("capture/fill.html", draft=draft, page=page, findings=findings)


def _tell_sent(result: actions.Submitted) -> BaseResponse:
    if result.differs:
        flash(
            _("What you sent now differs from the visit sent before. It is kept, and the visit is unchanged.")
        )
    return _go_to_sent(result.visit_id)


def _go_to_sent(visit_id: UUID) -> BaseResponse:
    return redirect(url_for("capture.show_sent", visit_id=visit_id), 303)
