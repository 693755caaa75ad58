"""The screen for the time of a visit: a plain list to anybody who looks over the auditor's shoulder."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response as BaseResponse

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.capture.notes import read_notes_page
from mystery.web.locale import current_language
from mystery.web.unnoticed import remember_lists

blueprint = Blueprint("notes", __name__, url_prefix="/capture")


@blueprint.get("/<uuid:visit_id>/<uuid:version_id>/notes")
@requires(Permission.CAPTURE_VISITS)
def show_notes(visit_id: UUID, version_id: UUID) -> str | BaseResponse:
    """The screen of a visit; with ``?blank=1`` for the cache of a phone, whatever became of the visit."""
    page = read_notes_page(current_reach(), visit_id, version_id, current_language())
    if page.is_sent and request.args.get("blank") != "1":
        return redirect(url_for("capture.show_sent", visit_id=page.visit_id), 303)
    return render_template("capture/notes.html", page=page, words=list_words())


@blueprint.after_request
def name_reader(response: Response) -> Response:
    """Say whose page it is, for a phone keeps it for that person only; the browser remembers the lists."""
    if current_user.is_authenticated:
        response.headers["X-Page-Uid"] = current_user.id.hex
        remember_lists(response)
    return response


def list_words() -> dict[str, str]:
    """Everything the script says, in the language of the page; neutral words only."""
    return {
        "opening": _("One moment"),
        "ready": _("Every tap is kept on this device."),
        "kept": _("saved on this device"),
        "undone": _("Taken back"),
        "running": _("Still running: %(cues)s. Tap it to stop it, or take it back.", cues="#"),
        "lost": _("NOT SAVED."),
        "full": _("This device is full. Delete something from it, then tap again."),
        "failed": _("This browser keeps nothing here. Open everything, and write there."),
        "locked": _("Nothing can be kept here before you sign in."),
        "finished": _("This list is finished."),
        "elsewhere": _("This list is open in another tab."),
        "unreadable": _("This picture cannot be read. Take another."),
        "no_camera": _("The camera does not open here. Add a picture instead."),
        "no_sound": _("The microphone does not open here."),
        "looking": _("Looking for the place"),
        "no_place": _("The place cannot be found just now."),
        "name": _("Name"),
        "note": _("Note"),
        "photo": _("Photo"),
        "memo": _("Voice"),
        "place": _("Place"),
        "end": _("Done"),
        "shopping": _("Shopping"),
        "other": _("Other list"),
        "items": _("bread, milk, apples, tea, sponges, batteries"),
    }
