"""Archives: progress, cancel, what is missing and the download."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import get_timezone
from flask_babel import gettext as _
from werkzeug.http import dump_options_header
from werkzeug.wrappers import Response as AnyResponse

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.archives import actions
from mystery.archives.queries import find_archive, read_archive
from mystery.archives.queries import list_archives as query_archives
from mystery.archives.words import describe_order, describe_reason, describe_size, describe_state
from mystery.printouts.archive_orders import TooManyArchives
from mystery.web.forms import ConfirmForm

blueprint = Blueprint("archives", __name__, url_prefix="/archives")
READING = (Permission.SEE_VISITS, Permission.SEE_OWN_VISITS)


@blueprint.get("/")
@requires(*READING)
def list_archives() -> str:
    """The archives one has asked for."""
    return render_template("archives/list.html", archives=query_archives(current_reach()), **list_words())


@blueprint.get("/<uuid:archive_id>")
@requires(*READING)
def show_archive(archive_id: UUID) -> str:
    """One archive: how far it is, or the download and what is missing."""
    archive = read_archive(current_reach(), archive_id)
    return render_template("archives/archive.html", archive=archive, form=ConfirmForm(), **list_words())


@blueprint.get("/<uuid:archive_id>/progress")
@requires(*READING)
def show_progress(archive_id: UUID) -> dict[str, str | int | bool]:
    """How far an archive is, for the script of its page."""
    archive = find_archive(current_reach(), archive_id)
    return {
        "working": archive.is_at_work,
        "done": archive.done,
        "total": archive.total,
        "words": describe_state(archive),
    }


@blueprint.post("/<uuid:archive_id>/cancel")
@requires(*READING)
def cancel_archive(archive_id: UUID) -> AnyResponse:
    """Stop the packing."""
    if ConfirmForm().validate_on_submit() and not actions.cancel_archive(current_reach(), archive_id):
        flash(_("It was over before it could be cancelled."))
    return redirect(url_for("archives.show_archive", archive_id=archive_id), 303)


@blueprint.post("/<uuid:archive_id>/again")
@requires(*READING)
def repeat_archive(archive_id: UUID) -> AnyResponse:
    """Pack the same reports anew."""
    new_id = archive_id
    if ConfirmForm().validate_on_submit():
        try:
            new_id = actions.repeat_archive(current_reach(), archive_id)
        except TooManyArchives:
            flash(describe_crowd(), "error")
    return redirect(url_for("archives.show_archive", archive_id=new_id), 303)


@blueprint.get("/<uuid:archive_id>/reports.zip")
@requires(*READING)
def download_archive(archive_id: UUID) -> Response:
    """The packed file, piece by piece."""
    packed = actions.open_archive(current_reach(), archive_id)
    response = Response(packed.pieces, mimetype="application/zip")
    response.headers["Content-Length"] = str(packed.size)
    # On the reader's clock, as the list of archives shows it.
    day = packed.asked_at.astimezone(get_timezone()).date().isoformat()
    name = f"reports-{day}-{packed.language}.zip"
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": name})
    return response


def list_words() -> dict[str, object]:
    """The words that both pages use."""
    return {
        "describe_order": describe_order,
        "describe_reason": describe_reason,
        "describe_size": describe_size,
        "describe_state": describe_state,
    }


def describe_crowd() -> str:
    """What to do when too many archives are at work."""
    return str(_("You have several archives at work already. Wait until one is ready, or cancel one."))
