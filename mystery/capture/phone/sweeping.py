"""Sweeping: pieces of files that no phone goes on with are cleared away, and what is whole is kept after all.

A phone that goes on later begins such a file anew. Nothing is swept of a visit that may still come: a phone
may lie in a drawer for weeks and send with the ticket in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from mystery.capture.phone.arrivals import Whole
from mystery.capture.phone.tickets import Ticket
from mystery.capture.phone.uploads import finish_upload, lock_upload
from mystery.clock import now
from mystery.database import db
from mystery.models import Upload, UploadState, Visit, VisitState
from mystery.storage import media_store

UNTOUCHED = timedelta(days=30)
PIECES = "uploads"
PARTS_OF_A_PIECE = 4


@dataclass(frozen=True)
class Swept:
    """What was done: files cleared away, and files that were here whole and are kept now."""

    cleared: int
    kept: int


def sweep_unfinished(*, at: datetime | None = None) -> Swept:
    """Clear away what no phone has touched for 30 days, file by file, each in a transaction of its own."""
    moment = at or now()
    touched = _list_touched()
    before = moment - UNTOUCHED
    cleared = kept = 0
    for upload_id, folder in _list_unfinished(before):
        if touched.pop(folder, before) > before:
            continue
        outcome = _sweep_upload(upload_id, moment.date())
        cleared += outcome is UploadState.REMOVED
        kept += outcome is UploadState.KEPT
    return Swept(cleared + _clear_litter(touched, before), kept)


def _list_touched() -> dict[str, datetime]:
    """When the last piece came, of every file of which pieces lie in the media store."""
    touched: dict[str, datetime] = {}
    for key, written_at in media_store().list_written(PIECES):
        parts = key.split("/")
        # A whole file that nobody could read lies beside its folder: that is evidence.
        if len(parts) == PARTS_OF_A_PIECE:
            folder = "/".join(parts[:-1])
            touched[folder] = max(written_at, touched.get(folder, written_at))
    return touched


def _list_unfinished(before: datetime) -> list[tuple[UUID, str]]:
    unfinished = select(Upload).where(Upload.state == UploadState.RECEIVING.value, Upload.begun_at <= before)
    found = [(upload.id, Whole.read_row(upload).folder) for upload in db.session.scalars(unfinished)]
    db.session.rollback()
    return found


def _sweep_upload(upload_id: UUID, today: date) -> UploadState:
    """REMOVED when it was cleared away, KEPT when it was whole, RECEIVING when it was left alone."""
    upload = lock_upload(upload_id)
    if upload is None or upload.state != UploadState.RECEIVING.value or _may_still_come(upload, today):
        db.session.rollback()
        return UploadState.RECEIVING
    if upload.received == upload.byte_size:
        db.session.rollback()
        finish_upload(upload_id)
        return UploadState.KEPT
    # Under the lock, and the pieces first: if that is cut off, the file is found incomplete and begun anew.
    media_store().delete_under(Whole.read_row(upload).folder)
    db.session.delete(upload)
    db.session.commit()
    return UploadState.REMOVED


def _may_still_come(upload: Upload, today: date) -> bool:
    visit = db.session.get_one(Visit, upload.visit_id)
    if visit.state != VisitState.DRAFT.value:
        return False
    ticket = Ticket(visit.id, visit.assignment_id, visit.auditor_id)
    return ticket.is_good_on(today, window_end=visit.assignment.window_end)


def _clear_litter(touched: dict[str, datetime], before: datetime) -> int:
    """Clear away pieces of files that are kept or removed already: somebody was cut off while doing so."""
    cleared = 0
    for folder, at in touched.items():
        upload = db.session.get(Upload, _read_id(folder))
        if at <= before and (upload is None or upload.state != UploadState.RECEIVING.value):
            media_store().delete_under(folder)
            cleared += 1
    db.session.rollback()
    return cleared


def _read_id(folder: str) -> UUID:
    return UUID(hex=folder.rsplit("/", 1)[-1])
