"""Rescue: a visit comes in a file that somebody carried here, and goes the way of every other report.

That it opens with a person's key shows whose phone made it. Who hands it in is either that person, or
somebody who reviews visits where it was made.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from uuid import UUID

from werkzeug.datastructures import MultiDict

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, load_reach
from mystery.capture.forms import VisitForm
from mystery.capture.phone.actions import FilesMissing, Received, ReportResult, receive_report
from mystery.capture.phone.bodies import SentSheet
from mystery.capture.phone.keys import derive_key
from mystery.capture.phone.queries import read_checklist
from mystery.capture.phone.sealed_copy import (
    CutOff,
    NoCopy,
    SealedCopy,
    SealedElsewhere,
    SealedPhoto,
    read_copy,
)
from mystery.capture.phone.senders import Sender
from mystery.capture.phone.tickets import read_ticket
from mystery.capture.phone.uploads import Piece, PieceFault, PieceRefused, take_piece
from mystery.database import db
from mystery.models import Assignment, FlagKind
from mystery.settings import current_settings
from mystery.sheets.flags import raise_flag
from mystery.sheets.rescue import MOST_RESCUE_BYTES, Rescued, RescueFault, RescueResult

MISSING = "missing"
TRIES = 3


def accept_copy(reach: Reach, content: bytes) -> RescueResult:
    """Take the visit in an emergency file. See mystery.sheets.rescue, through which both pages come here."""
    if len(content) > MOST_RESCUE_BYTES:
        return RescueFault.TOO_LARGE
    try:
        copy = read_copy(content)
        if not _may_hand_in(reach, copy):
            return RescueFault.NOT_YOURS
        return _take_copy(copy)
    except NoCopy:
        return RescueFault.NO_COPY
    except CutOff:
        return RescueFault.CUT_OFF
    except SealedElsewhere:
        return RescueFault.SEALED_ELSEWHERE
    except NotYours:
        return RescueFault.NOT_YOURS


def _may_hand_in(reach: Reach, copy: SealedCopy) -> bool:
    if reach.user_id == copy.user_id and reach.may(Permission.CAPTURE_VISITS):
        return True
    assignment = db.session.get(Assignment, copy.assignment_id)
    return assignment is not None and reach.covers(Permission.REVIEW_VISITS, assignment.unit)


def _take_copy(copy: SealedCopy) -> RescueResult:
    key = derive_key(current_settings().secret_key, copy.user_id)
    sheet, ticket = copy.open_sheet(key)
    sender = _make_sender(copy, ticket)
    for photo in copy.photos:
        if photo.id not in sheet.removed:
            _send_photo(sender, copy.visit_id, photo, sheet, photo.box.open(key))
    result, missing = _report(sender, copy.visit_id, sheet)
    assert isinstance(result, Received), "what is missing was taken off the list, and nothing is strict here"
    for file_id in missing:
        raise_flag(result.sent.visit_id, FlagKind.UNREADABLE_FILE, upload=str(file_id), reason=MISSING)
    db.session.commit()
    return Rescued(
        result.sent.visit_id,
        result.sent.state_name,
        again=result.sent.again,
        differs=result.sent.differs,
        missing=len(missing),
    )


def _make_sender(copy: SealedCopy, text: str) -> Sender:
    """The person whose phone made the copy; by his ticket, however old: the assignment may have moved on."""
    ticket = read_ticket(current_settings().secret_key, text)
    named = (copy.visit_id, copy.assignment_id, copy.user_id)
    if ticket is not None and (ticket.visit_id, ticket.assignment_id, ticket.user_id) == named:
        return Sender(Reach(copy.user_id, ()), ticket)
    return Sender(load_reach(copy.user_id))


def _send_photo(sender: Sender, visit_id: UUID, photo: SealedPhoto, sheet: SentSheet, content: bytes) -> None:
    """Send a photo as a phone would, from wherever it was cut off; what is refused stays missing."""
    if not content or hashlib.sha256(content).hexdigest() != photo.sha256:
        return
    question = next((file.question for file in sheet.files if file.id == photo.id), "")
    whole = Piece(0, content, len(content), photo.sha256, "", question, photo.media_type)
    offset = 0
    for _ in range(TRIES):
        piece = replace(whole, offset=offset, content=content[offset:])
        result = take_piece(sender, visit_id, photo.id, piece)
        if not isinstance(result, PieceRefused) or result.fault not in (PieceFault.OFFSET, PieceFault.HASH):
            return
        offset = result.offset


def _report(sender: Sender, visit_id: UUID, sheet: SentSheet) -> tuple[ReportResult, list[UUID]]:
    checklist = read_checklist(sheet.version_id)
    raw = sheet.complete_raw(VisitForm(checklist, "ru").read(MultiDict(sheet.fields)))
    result = receive_report(sender, visit_id, sheet, raw)
    if not isinstance(result, FilesMissing):
        return result, []
    missing = set(result.ids)
    there = tuple(file for file in sheet.files if file.id not in missing)
    return receive_report(sender, visit_id, replace(sheet, files=there), raw), list(result.ids)
