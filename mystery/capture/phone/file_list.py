"""The list of files that a phone sends along: which belong where, which are removed, which are missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import func, select

from mystery.capture.phone.arrivals import LATE, NO_QUESTION, UNREADABLE, Whole, find_asked
from mystery.capture.phone.bodies import NamedFile
from mystery.clock import now
from mystery.database import db, insert_new
from mystery.models import FlagKind, Photo, Recording, Upload, UploadState, Visit
from mystery.sheets.flags import raise_flag, withdraw_flag
from mystery.storage import media_store


@dataclass
class Litter:
    """What lies in the media store and belongs to nothing any more, once the transaction is committed."""

    keys: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)

    def clear_away(self) -> None:
        """Delete it, after the commit: a file without a row is litter, a row without a file is a loss."""
        for key in self.keys:
            media_store().delete(key)
        for folder in self.folders:
            media_store().delete_under(folder)


@dataclass(frozen=True)
class NamedBack:
    """A file that is here, with the hash that was verified: the phone may let go of it."""

    id: UUID
    sha256: str


def settle_files(visit: Visit, files: Iterable[NamedFile], removed: Iterable[UUID]) -> Litter:
    """Put the files of a draft where the phone says they belong, and remove what it has removed."""
    litter = Litter()
    for file_id in removed:
        _remove_file(visit, file_id, litter)
    for file in files:
        upload = _find_upload(visit, file.id)
        if upload is not None and upload.state != UploadState.REMOVED.value:
            upload.question = file.question
            _move_file(visit, upload, litter)
    db.session.flush()
    return litter


def compare_files(visit: Visit, files: Iterable[NamedFile]) -> tuple[list[UUID], list[NamedBack]]:
    """The files that have not arrived whole, and those that have with the hash that was verified."""
    missing, here = [], []
    for file in files:
        digest = _find_digest(visit, file)
        if digest is None or file.sha256 not in ("", digest):
            missing.append(file.id)
        else:
            here.append(NamedBack(file.id, digest))
    return missing, here


def flag_files_without_question(visit: Visit) -> None:
    """Tell the reviewer of every photo that belongs to no question of the version."""
    stray = select(Upload.id).join(Photo, Photo.id == Upload.photo_id)
    for upload_id in db.session.scalars(stray.where(Upload.visit_id == visit.id, Photo.question == "")):
        raise_flag(visit.id, FlagKind.UNREADABLE_FILE, upload=str(upload_id), reason=NO_QUESTION)


def _find_upload(visit: Visit, file_id: UUID) -> Upload | None:
    return db.session.scalar(select(Upload).where(Upload.id == file_id, Upload.visit_id == visit.id))


def _find_digest(visit: Visit, file: NamedFile) -> str | None:
    upload = _find_upload(visit, file.id)
    if upload is None:
        # A photo that was added with the plain form goes by its own id on every phone.
        own = select(Photo.original_sha256).where(Photo.id == file.id, Photo.visit_id == visit.id)
        return db.session.scalar(own)
    if upload.state == UploadState.REMOVED.value:
        # Removed on another device, or never wanted: there is nothing to wait for.
        return file.sha256 or upload.sha256
    return None if upload.state == UploadState.RECEIVING.value else upload.sha256


def _remove_file(visit: Visit, file_id: UUID, litter: Litter) -> None:
    upload = _find_upload(visit, file_id)
    if upload is None:
        photo = db.session.scalar(select(Photo).where(Photo.id == file_id, Photo.visit_id == visit.id))
        if photo is not None:
            _delete_photo(photo, litter)
        else:
            _forbid_upload(visit, file_id)
        return
    if upload.state == UploadState.REMOVED.value:
        return
    photo_id, recording_id = upload.photo_id, upload.recording_id
    upload.state, upload.photo_id, upload.recording_id = UploadState.REMOVED.value, None, None
    if upload.storage_key:
        litter.keys.append(upload.storage_key)
        upload.storage_key = ""
        for reason in (UNREADABLE, LATE):
            withdraw_flag(visit.id, FlagKind.UNREADABLE_FILE, upload=str(upload.id), reason=reason)
    litter.folders.append(Whole.read_row(upload).folder)
    db.session.flush()
    if photo_id is not None and not _count_uploads(photo_id):
        _delete_photo(db.session.get_one(Photo, photo_id), litter)
    if recording_id is not None:
        _delete_recording(recording_id, litter)


def _delete_photo(photo: Photo, litter: Litter) -> None:
    litter.keys.append(photo.storage_key)
    db.session.delete(photo)
    db.session.flush()


def _delete_recording(recording_id: UUID, litter: Litter) -> None:
    others = select(func.count()).select_from(Upload).where(Upload.recording_id == recording_id)
    recording = db.session.get(Recording, recording_id)
    if recording is not None and not db.session.scalar(others):
        litter.keys.append(recording.storage_key)
        db.session.delete(recording)
        db.session.flush()


def _forbid_upload(visit: Visit, file_id: UUID) -> None:
    """Mark the id as removed, so that a piece that is still on its way cannot bring the file back."""
    empty = {"question": "", "media_type": "", "byte_size": 0, "sha256": "", "original_sha256": ""}
    row = {"id": file_id, "visit_id": visit.id, "received": 0, "state": UploadState.REMOVED.value}
    insert_new(Upload, {**row, **empty, "storage_key": "", "begun_at": now()})


def _move_file(visit: Visit, upload: Upload, litter: Litter) -> None:
    """Bring the photo or the memo of an upload to the question that the upload names now."""
    if upload.recording_id is not None:
        _move_recording(visit, db.session.get_one(Recording, upload.recording_id), upload.question)
    if upload.photo_id is None:
        return
    photo = db.session.get_one(Photo, upload.photo_id)
    question = find_asked(visit, upload.question)
    if photo.question == question:
        return
    same = (Photo.visit_id == visit.id, Photo.question == question)
    there = db.session.scalar(select(Photo).where(*same, Photo.original_sha256 == photo.original_sha256))
    if there is None and _count_uploads(photo.id) > 1:
        there = _copy_photo(photo, question)
    if there is None:
        photo.question = question
    else:
        upload.photo_id = there.id
    db.session.flush()
    if not _count_uploads(photo.id):
        # The very same picture was there already.
        _delete_photo(photo, litter)


def _move_recording(visit: Visit, recording: Recording, question: str) -> None:
    asked = find_asked(visit, question, sound=True)
    same = (Recording.visit_id == visit.id, Recording.question == asked)
    if db.session.scalar(select(Recording.id).where(*same, Recording.sha256 == recording.sha256)) is None:
        recording.question = asked


def _copy_photo(photo: Photo, question: str) -> Photo:
    """The same picture under another question, as a file of its own: each may be removed alone."""
    own = uuid4()
    key = f"photos/{photo.visit_id.hex}/{own.hex}.jpg"
    media_store().put_durably(key, media_store().get(photo.storage_key) or b"")
    copy = Photo(
        id=own,
        visit_id=photo.visit_id,
        question=question,
        original_sha256=photo.original_sha256,
        storage_key=key,
        width=photo.width,
        height=photo.height,
        byte_size=photo.byte_size,
        created_at=photo.created_at,
    )
    db.session.add(copy)
    db.session.flush()
    return copy


def _count_uploads(photo_id: UUID) -> int:
    return db.session.scalar(select(func.count()).select_from(Upload).where(Upload.photo_id == photo_id)) or 0
