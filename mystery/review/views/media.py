"""Photos, voice memos and unreadable files of a visit, to those who review it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, make_response, request
from werkzeug.wrappers import Response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.review import stored_files
from mystery.review.views.blueprint import blueprint
from mystery.storage import media_store

# What a browser may play; anything else is handed over as bytes without a meaning.
SOUND_TYPES = frozenset({"audio/webm", "audio/ogg", "audio/mp4", "audio/mpeg", "audio/aac", "audio/wav"})
PLAIN_BYTES = "application/octet-stream"


@blueprint.get("/<uuid:visit_id>/photos/<uuid:photo_id>")
@requires(Permission.REVIEW_VISITS)
def show_photo(visit_id: UUID, photo_id: UUID) -> Response:
    """One photo of a visit."""
    return send_stored(stored_files.find_photo_key(current_reach(), visit_id, photo_id), "image/jpeg")


@blueprint.get("/<uuid:visit_id>/recordings/<uuid:recording_id>")
@requires(Permission.REVIEW_VISITS)
def play_recording(visit_id: UUID, recording_id: UUID) -> Response:
    """One voice memo of a visit; in parts where the browser asks for parts, as some must to play at all."""
    key, media_type = stored_files.find_sound_key(current_reach(), visit_id, recording_id)
    kind = media_type.partition(";")[0].strip().lower()
    return send_stored(key, kind if kind in SOUND_TYPES else PLAIN_BYTES)


@blueprint.get("/<uuid:visit_id>/files/<uuid:upload_id>")
@requires(Permission.REVIEW_VISITS)
def download_file(visit_id: UUID, upload_id: UUID) -> Response:
    """A file that nothing here could read, as it arrived: to be saved, never to be opened by this site."""
    response = send_stored(
        stored_files.find_unreadable_key(current_reach(), visit_id, upload_id), PLAIN_BYTES
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{upload_id}.bin"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def send_stored(key: str, media_type: str) -> Response:
    """The bytes under a key, or the part of them that was asked for; 404 when they are gone."""
    content = media_store().get(key)
    if content is None:
        abort(404)
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    return response.make_conditional(request, accept_ranges=True, complete_length=len(content))
