"""Arrivals: what becomes of a file that is here whole, and how it finds its question.

A picture becomes a photo of its draft and a memo a recording. What nobody can read, and what comes when the
visit is sent already, is kept as it came and flagged: a file is no reason to keep a visit on the phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from mystery.capture.forms import takes_photos
from mystery.capture.phone.sounds import name_sound
from mystery.clock import now
from mystery.database import db, insert_new
from mystery.models import (
    FlagKind,
    Photo,
    Recording,
    Upload,
    UploadState,
    Visit,
    VisitState,
    parse_version,
)
from mystery.sheets.flags import raise_flag
from mystery.sheets.photo_desk import PhotoFault, PreparedPhoto, desk
from mystery.storage import media_store

UNREADABLE, LATE, NO_QUESTION = "unreadable", "late", "no_question"


@dataclass(frozen=True)
class Whole:
    """A file that is here whole, as its row says."""

    upload_id: UUID
    visit_id: UUID
    byte_size: int
    sha256: str
    is_sound: bool

    @classmethod
    def read_row(cls, upload: Upload) -> Whole:
        """What the row of an upload says."""
        is_sound = upload.media_type.startswith("audio/")
        return cls(upload.id, upload.visit_id, upload.byte_size, upload.sha256, is_sound)

    @property
    def folder(self) -> str:
        """Where its pieces lie in the media store."""
        return f"uploads/{self.visit_id.hex}/{self.upload_id.hex}"


def keep_whole(whole: Whole, content: bytes) -> None:
    """Keep a verified file as what it is; nothing changes when that was done already."""
    if whole.is_sound:
        media_type = name_sound(content)
        if media_type is None:
            _keep_as_it_came(whole, content, UNREADABLE)
        else:
            _keep_recording(whole, content, media_type)
        return
    prepared = desk.prepare(content)
    if isinstance(prepared, PhotoFault):
        _keep_as_it_came(whole, content, UNREADABLE)
    else:
        _keep_photo(whole, content, prepared)


def find_asked(visit: Visit, question: str, *, sound: bool = False) -> str:
    """The question a file belongs to; empty where the version does not ask for such a file there."""
    asked = {each.id: each for each in parse_version(visit.version.content).questions()}
    found = asked.get(question)
    return question if found is not None and (sound or takes_photos(found)) else ""


def _keep_photo(whole: Whole, content: bytes, prepared: PreparedPhoto) -> None:
    key = f"photos/{whole.visit_id.hex}/{whole.upload_id.hex}.jpg"
    # Before the transaction, so that a photo that is listed can always be shown, and nobody waits for it.
    media_store().put_durably(key, prepared.content)
    upload, visit = _lock_rows(whole, key)
    if upload is None:
        return
    question = find_asked(visit, upload.question)
    same = select(Photo.id).where(
        Photo.visit_id == visit.id,
        Photo.original_sha256 == upload.original_sha256,
        Photo.question == question,
    )
    photo_id = db.session.scalar(same)
    if photo_id is None and visit.state != VisitState.DRAFT.value:
        db.session.rollback()
        media_store().delete(key)
        _keep_as_it_came(whole, content, LATE)
        return
    if photo_id is None:
        photo_id = upload.id
        row = {
            "id": photo_id,
            "visit_id": visit.id,
            "question": question,
            "original_sha256": upload.original_sha256,
            "storage_key": key,
            "width": prepared.width,
            "height": prepared.height,
            "byte_size": len(prepared.content),
            "created_at": now(),
        }
        insert_new(Photo, row)
    upload.photo_id, upload.state = photo_id, UploadState.KEPT.value
    db.session.commit()
    if photo_id != whole.upload_id:
        media_store().delete(key)


def _keep_recording(whole: Whole, content: bytes, media_type: str) -> None:
    key = f"recordings/{whole.visit_id.hex}/{whole.upload_id.hex}"
    media_store().put_durably(key, content)
    upload, visit = _lock_rows(whole, key)
    if upload is None:
        return
    question = find_asked(visit, upload.question, sound=True)
    row = {
        "id": upload.id,
        "visit_id": visit.id,
        "question": question,
        "sha256": upload.sha256,
        "storage_key": key,
        "media_type": media_type,
        "byte_size": len(content),
        "created_at": now(),
    }
    is_new = insert_new(Recording, row)
    same = select(Recording.id).where(
        Recording.visit_id == visit.id, Recording.question == question, Recording.sha256 == upload.sha256
    )
    upload.recording_id = upload.id if is_new else db.session.scalars(same).one()
    upload.state = UploadState.KEPT.value
    db.session.commit()
    if not is_new:
        media_store().delete(key)


def _keep_as_it_came(whole: Whole, content: bytes, reason: str) -> None:
    key = f"{whole.folder}-whole"
    media_store().put_durably(key, content)
    upload, _visit = _lock_rows(whole, key)
    if upload is None:
        return
    upload.storage_key, upload.state = key, UploadState.UNREADABLE.value
    raise_flag(whole.visit_id, FlagKind.UNREADABLE_FILE, upload=str(whole.upload_id), reason=reason)
    db.session.commit()


def _lock_rows(whole: Whole, key: str) -> tuple[Upload | None, Visit]:
    """Upload and visit, held until the commit; None where another sender was faster.

    What was stored under ``key`` is his too then, unless the auditor has removed the file meanwhile.
    """
    held = select(Visit).where(Visit.id == whole.visit_id).with_for_update(of=Visit)
    visit = db.session.scalars(held.execution_options(populate_existing=True)).one()
    locked = select(Upload).where(Upload.id == whole.upload_id).with_for_update(of=Upload)
    upload = db.session.scalars(locked.execution_options(populate_existing=True)).one()
    if upload.state == UploadState.RECEIVING.value and upload.sha256 == whole.sha256:
        return upload, visit
    is_removed = upload.state == UploadState.REMOVED.value
    db.session.rollback()
    if is_removed:
        media_store().delete(key)
    return None, visit
