"""The permission matrix of the phone's interface: only the auditor, and only with his own visits.

Strangers get 401 whatever the method: a script would take a way to the sign-in page for an answer. What a
ticket opens is in tests/phone/tokens.py and test_tickets.py.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from mystery.access.scopes import load_reach
from mystery.capture.actions import open_visit
from mystery.capture.own_visits import derive_visit_id
from mystery.capture.phone import uploads
from mystery.capture.phone.senders import Sender
from tests.access.matrix import Route
from tests.cast import Cast
from tests.phone.device import FIELDS, File, tell_time

OPENS = {"auditor": 200}
FILE = File(b"no photo, but kept", id=UUID("9f0a3a52-5a0f-4a55-8a77-0d1a5d8f2b11"))


def our_visit(cast: Cast) -> dict[str, Any]:
    """A visit of our auditor that nobody has begun; its id is known all the same."""
    assert cast.ours.assignment is not None
    return {"visit_id": derive_visit_id(cast.ours.assignment, cast.ours.users["auditor"])}


def our_file(cast: Cast) -> dict[str, Any]:
    """A file of a visit of our auditor, all of whose bytes are here."""
    assert cast.ours.assignment is not None
    reach = load_reach(cast.ours.users["auditor"])
    visit_id = open_visit(reach, cast.ours.assignment)
    piece = uploads.Piece(0, FILE.content, len(FILE.content), FILE.sha256, "", "", FILE.media_type)
    uploads.take_piece(Sender(reach), visit_id, FILE.id, piece)
    return {"visit_id": visit_id, "upload_id": FILE.id}


def a_sheet(cast: Cast) -> dict[str, Any]:
    """A list that our auditor has begun."""
    return {
        "version": str(cast.ours.version),
        "assignment": str(cast.ours.assignment),
        "fields": FIELDS,
        "revision": 0,
        "at": tell_time(),
    }


def about_file(_cast: Cast) -> dict[str, Any]:
    """What a phone says of its file; the piece without a byte comes when all have come."""
    return {
        "Upload-Offset": str(len(FILE.content)),
        "Upload-Length": str(len(FILE.content)),
        "Upload-Sha256": FILE.sha256,
        "Content-Type": FILE.media_type,
    }


ROUTES = [
    Route("phone.show_state", opens=OPENS, foreign=200, stranger=401),
    Route("phone.show_draft", opens=OPENS, values=our_visit, stranger=401),
    Route("phone.save_draft", "PUT", opens=OPENS, values=our_visit, json=a_sheet),
    Route("phone.show_standing", "HEAD", opens=OPENS, values=our_file, stranger=401),
    Route("phone.take_piece", "PATCH", opens={"auditor": 204}, values=our_file, headers=about_file),
    Route("phone.take_report", "PUT", opens=OPENS, values=our_visit, json=a_sheet),
]
