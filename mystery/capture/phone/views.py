"""What the script on the phone talks to: state, drafts, uploads in pieces, and the report."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_security import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from mystery.access.guards import current_reach
from mystery.access.scopes import NotYours
from mystery.capture.forms import VisitForm
from mystery.capture.own_visits import Clash, Saved
from mystery.capture.page import Findings, build_page
from mystery.capture.phone import actions, queries, rescue_views, uploads
from mystery.capture.phone.bodies import MOST_BODY_BYTES, BadBody, SentSheet, read_sheet_body
from mystery.capture.phone.entries import list_entries
from mystery.capture.phone.guards import auditors, auditors_and_tickets, current_sender
from mystery.capture.phone.keys import derive_key
from mystery.capture.phone.pieces import BadPiece, read_piece
from mystery.capture.phone.replies import Code, refuse, reply
from mystery.capture.phone.rescue import accept_copy
from mystery.capture.phone.tickets import Ticket, sign_ticket
from mystery.capture.phone.uploads import PieceFault, PieceRefused, PieceResult
from mystery.capture.queries import read_draft
from mystery.clock import now
from mystery.settings import current_settings
from mystery.sheets.raw_sheet import RawSheet, read_part
from mystery.sheets.rescue import offer_acceptor
from mystery.web.locale import current_language

# The page of the emergency file hangs on the pages of capture: whoever registers this has it too.
__all__ = ["blueprint", "rescue_views"]

blueprint = Blueprint("phone", __name__, url_prefix="/capture/phone")

PIECE_FAULTS = {
    PieceFault.OFFSET: Code.OFFSET,
    PieceFault.HASH: Code.HASH,
    PieceFault.TOO_LARGE: Code.TOO_LARGE,
    PieceFault.TOO_MANY_PHOTOS: Code.TOO_MANY_PHOTOS,
    PieceFault.TOO_MANY_FILES: Code.TOO_MANY_FILES,
    PieceFault.OTHER_CONTENT: Code.OTHER_CONTENT,
    PieceFault.BAD_LENGTH: Code.BAD_HEADERS,
}
# Both the auditor's page and the lead's come to this one way of opening an emergency file.
blueprint.record_once(lambda setup: offer_acceptor(setup.app, accept_copy))
REFUSALS = {401: Code.SIGNED_OUT, 403: Code.NOT_OPEN, 404: Code.NOT_YOURS, 413: Code.TOO_LARGE}


@blueprint.get("/state")
@auditors
def show_state() -> Response:
    """Everything a phone needs before it loses the network: the key, and the visits with their tickets."""
    reach = current_reach()
    key = derive_key(current_settings().secret_key, reach.user_id)
    visits = [_write_visit(visit) for visit in queries.list_visits(reach)]
    return reply(
        {
            "uid": reach.user_id.hex,
            "key": base64.b64encode(key).decode(),
            "now": now().isoformat(timespec="milliseconds"),
            "visits": visits,
        }
    )


@blueprint.get("/<uuid:visit_id>/draft")
@auditors
def show_draft(visit_id: UUID) -> Response:
    """The draft as it was saved last, on whatever device."""
    draft = queries.read_phone_draft(current_reach(), visit_id)
    photos = [
        {
            "id": str(photo.id),
            "question": photo.question,
            "sha256": photo.sha256,
            "url": url_for("capture.show_photo", visit_id=draft.visit_id, photo_id=photo.photo_id),
        }
        for photo in draft.photos
    ]
    more = {"state": draft.state, "photos": photos, "returned": draft.returned, "ticket": _sign(draft.ticket)}
    return reply({**more, **_write_sheet(draft, draft.raw, draft.revision)})


@blueprint.put("/<uuid:visit_id>/draft")
@auditors
def save_draft(visit_id: UUID) -> Response:
    """Keep the draft of a phone."""
    sheet, raw = _read_sheet(visit_id)
    result = actions.keep_draft(current_sender(), visit_id, sheet, raw)
    if isinstance(result, Saved):
        return reply({"state": "draft", "revision": result.revision})
    if isinstance(result, Clash):
        draft = queries.read_phone_draft(current_reach(), visit_id)
        return refuse(Code.CLASH, **_write_sheet(draft, result.saved, result.revision))
    return reply({"state": result.state_name})


@blueprint.route("/<uuid:visit_id>/photos/<uuid:upload_id>", methods=["HEAD"])
@auditors_and_tickets
def show_standing(visit_id: UUID, upload_id: UUID) -> Response:
    """How much of a file is here."""
    standing = uploads.find_standing(current_sender(), visit_id, upload_id)
    return refuse(Code.NOT_YOURS) if standing is None else _tell_standing(standing, 200)


@blueprint.patch("/<uuid:visit_id>/photos/<uuid:upload_id>")
@auditors_and_tickets
def take_piece(visit_id: UUID, upload_id: UUID) -> Response:
    """Take the next piece of a file."""
    request.max_content_length = uploads.MOST_PIECE_BYTES
    piece = read_piece(request.headers, request.mimetype, request.get_data(cache=False))
    return _tell_standing(uploads.take_piece(current_sender(), visit_id, upload_id, piece), 204)


@blueprint.put("/<uuid:visit_id>/report")
@auditors_and_tickets
def take_report(visit_id: UUID) -> Response:
    """Take the whole visit."""
    sheet, raw = _read_sheet(visit_id)
    result = actions.receive_report(current_sender(), visit_id, sheet, raw)
    if isinstance(result, actions.FilesMissing):
        return refuse(Code.MISSING, missing=[str(file_id) for file_id in result.ids])
    if isinstance(result, Clash):
        # What stands here is not told: a ticket reads nothing. Sent as a draft, by its person, it is.
        return refuse(Code.CLASH)
    if isinstance(result, actions.NotSent):
        problems = _list_problems(result, sheet.version_id, raw)
        return refuse(Code.PROBLEMS, problems=problems, revision=result.revision)
    return reply(
        {
            "state": result.sent.state_name,
            "again": result.sent.again,
            "differs": result.sent.differs,
            "photos": [{"id": str(file.id), "sha256": file.sha256} for file in result.files],
        }
    )


@blueprint.after_request
def name_reader(response: Response) -> Response:
    """Say who is signed in: on a shared phone it may be another person than the one a draft belongs to."""
    if current_user.is_authenticated:
        response.headers["X-Page-Uid"] = current_user.id.hex
    return response


@blueprint.errorhandler(NotYours)
def refuse_stranger(_error: NotYours) -> Response:
    """Say that there is nothing, or nothing for this person."""
    return refuse(Code.NOT_YOURS)


@blueprint.errorhandler(BadBody)
def refuse_body(error: BadBody) -> Response:
    """Say which part of a body was not understood."""
    return refuse(Code.BAD_JSON if str(error) == "json" else Code.BAD_SHAPE, part=str(error))


@blueprint.errorhandler(BadPiece)
def refuse_headers(error: BadPiece) -> Response:
    """Say which header of a piece was not understood."""
    return refuse(Code.BAD_HEADERS, part=str(error))


@blueprint.errorhandler(HTTPException)
def refuse_request(error: HTTPException) -> Response:
    """Answer what Werkzeug refuses in our words."""
    return refuse(REFUSALS.get(error.code or 0, Code.BAD_HEADERS))


def _read_sheet(visit_id: UUID) -> tuple[SentSheet, dict[str, Any]]:
    request.max_content_length = MOST_BODY_BYTES
    sheet = read_sheet_body(request.get_data(cache=False), visit_id)
    # Asked first: the language is the person's, and reading it later would take the write lock again.
    language = current_language()
    form = VisitForm(queries.read_checklist(sheet.version_id), language)
    return sheet, sheet.complete_raw(form.read(MultiDict(sheet.fields)))


def _list_problems(result: actions.NotSent, version_id: UUID, raw: RawSheet) -> list[dict[str, str]]:
    """The problems as the page lists them."""
    problems = result.refused.problems
    troubled = {problem.place.question for problem in problems}
    # What stands in nobody's way is for the reviewer to look at.
    photos = tuple(
        (question, fault, "")
        for question, fault in queries.find_photo_faults(result.visit_id)
        if question in troubled
    )
    draft = read_draft(current_sender().reach, result.visit_id, version_id)
    findings = Findings(problems, result.refused.faults, photos, is_refused=True)
    page = build_page(draft, raw, current_language(), findings=findings, revision=result.revision)
    return [{"anchor": each.anchor, "number": each.number, "text": each.text} for each in page.problems]


def _tell_standing(result: PieceResult, status: int) -> Response:
    if isinstance(result, PieceRefused):
        response = refuse(PIECE_FAULTS[result.fault])
        response.headers["Upload-Offset"] = str(result.offset)
        return response
    response = Response(status=status)
    response.headers["Upload-Offset"] = str(result.offset)
    response.headers["Upload-State"] = result.state.value
    response.headers["Cache-Control"] = "no-store"
    return response


def _sign(ticket: Ticket) -> str:
    return sign_ticket(current_settings().secret_key, ticket)


def _write_sheet(draft: queries.PhoneDraft, raw: RawSheet, revision: int) -> dict[str, Any]:
    events = raw.get("events")
    return {
        "revision": revision,
        "fields": list_entries(draft.checklist, raw),
        "events": events if isinstance(events, list) else [],
        "answered": dict(read_part(raw, "answered")),
    }


def _write_visit(visit: queries.PhoneVisit) -> dict[str, Any]:
    return {
        "visit": str(visit.visit_id),
        "version": str(visit.version_id),
        "assignment": str(visit.assignment_id),
        "page": visit.page,
        "notes": visit.notes,
        "place": visit.place,
        "first": visit.first.isoformat(),
        "last": visit.last.isoformat(),
        "state": visit.state,
        "revision": visit.revision,
        "ticket": _sign(visit.ticket),
        "voice": visit.voice,
        "fix": visit.fix,
        "returned": visit.returned,
    }
