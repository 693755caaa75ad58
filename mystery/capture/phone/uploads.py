"""Uploads: a file arrives in pieces, whatever is cut off in between, and becomes one photo or recording.

Each piece is an object in the media store, and the row says how many bytes are here. When all are, their
hash is verified, and the photo desk prepares the picture while nobody waits for the write lock. Then photo
and upload change in one transaction. Whoever comes again, at any of these steps, ends with the same photo.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import func, select, update

from mystery.access.scopes import NotYours
from mystery.capture.actions import MOST_PHOTOS_A_QUESTION
from mystery.capture.own_visits import find_own_visit, foresee_visit
from mystery.capture.phone.arrivals import Whole, keep_whole
from mystery.capture.phone.queries import may_record_voice
from mystery.capture.phone.senders import Sender, open_visit_of
from mystery.clock import now
from mystery.database import allow_writing, db, insert_new
from mystery.models import Upload, UploadState, Visit
from mystery.sheets.photo_desk import MOST_PHOTO_BYTES
from mystery.storage import media_store

MOST_PIECE_BYTES = 256 * 1024
MOST_SOUND_BYTES = 25 * 1024 * 1024
MOST_FILES_A_VISIT = 150
MOST_BYTES_A_VISIT = 512 * 1024 * 1024
LONGEST_MEDIA_TYPE = 40


class PieceFault(Enum):
    """Why a piece was not taken."""

    OFFSET = auto()
    HASH = auto()
    TOO_LARGE = auto()
    TOO_MANY_PHOTOS = auto()
    TOO_MANY_FILES = auto()
    OTHER_CONTENT = auto()
    BAD_LENGTH = auto()


@dataclass(frozen=True)
class Piece:
    """Some bytes of a file, where they belong, and what the whole file is."""

    offset: int
    content: bytes
    byte_size: int
    sha256: str
    original_sha256: str
    question: str
    media_type: str

    @property
    def is_sound(self) -> bool:
        """Whether the file is a voice memo."""
        return is_sound(self.media_type)


@dataclass(frozen=True)
class Standing:
    """How far a file is: bytes that are here, and what became of it."""

    offset: int
    state: UploadState


@dataclass(frozen=True)
class PieceRefused:
    """A piece that was not taken; the phone goes on at ``offset``."""

    fault: PieceFault
    offset: int = 0


PieceResult: TypeAlias = Standing | PieceRefused


def is_sound(media_type: str) -> bool:
    """Whether what a phone calls its file is a voice memo; everything else is taken for a picture."""
    return media_type.startswith("audio/")


def find_standing(sender: Sender, visit_id: UUID, upload_id: UUID) -> Standing | None:
    """How far a file of the sender's visit is; None while nothing of it is here. Raises NotYours.

    What is here whole but was cut off before it was kept is kept now.
    """
    visit = find_own_visit(sender.reach, visit_id)
    if visit is None and sender.ticket is None:
        _assignment, visit = foresee_visit(sender.reach, visit_id)
    upload = db.session.get(Upload, upload_id) if visit is not None else None
    if upload is None or visit is None:
        return None
    if upload.visit_id != visit.id:
        raise NotYours
    if upload.state == UploadState.RECEIVING.value and upload.received == upload.byte_size:
        allow_writing()
        result = finish_upload(upload_id)
        return result if isinstance(result, Standing) else Standing(result.offset, UploadState.RECEIVING)
    return _describe(upload)


def take_piece(sender: Sender, visit_id: UUID, upload_id: UUID, piece: Piece) -> PieceResult:
    """Keep one piece of a file, and the file itself when it was the last one. Raises NotYours."""
    result = _keep_piece(sender, visit_id, upload_id, piece)
    if isinstance(result, PieceRefused):
        db.session.rollback()
        return result
    db.session.commit()
    is_whole = result.state is UploadState.RECEIVING and result.offset == piece.byte_size
    return finish_upload(upload_id) if is_whole else result


def finish_upload(upload_id: UUID) -> PieceResult:
    """Make a photo or a recording of a file that is here whole; when it already was, nothing changes."""
    upload = db.session.get_one(Upload, upload_id, populate_existing=True)
    if upload.state != UploadState.RECEIVING.value or upload.received < upload.byte_size:
        return _describe(upload)
    whole = Whole.read_row(upload)
    # Nobody shall wait for the write lock while pieces are read and a picture is prepared.
    db.session.rollback()
    content = _join_pieces(whole)
    if content is None or hashlib.sha256(content).hexdigest() != whole.sha256:
        return _begin_again(whole)
    keep_whole(whole, content)
    media_store().delete_under(whole.folder)
    return _describe(db.session.get_one(Upload, upload_id, populate_existing=True))


def finish_whole_uploads(visit_id: UUID) -> None:
    """Keep every file of a visit that is here whole and was cut off before it was kept."""
    waiting = select(Upload.id).where(
        Upload.visit_id == visit_id,
        Upload.state == UploadState.RECEIVING.value,
        Upload.received == Upload.byte_size,
    )
    found = list(db.session.scalars(waiting))
    db.session.rollback()
    for upload_id in found:
        finish_upload(upload_id)


def _keep_piece(sender: Sender, visit_id: UUID, upload_id: UUID, piece: Piece) -> PieceResult:
    visit = open_visit_of(sender, visit_id)
    upload = lock_upload(upload_id)
    if upload is None:
        fault = _begin_upload(visit, upload_id, piece)
        if fault is not None:
            return PieceRefused(fault)
        upload = lock_upload(upload_id)
    if upload is None or upload.visit_id != visit.id:
        raise NotYours
    if (upload.byte_size, upload.sha256) != (piece.byte_size, piece.sha256):
        fault = _change_plan(upload, piece)
        if fault is not None:
            return PieceRefused(fault)
    if upload.state != UploadState.RECEIVING.value or upload.received == upload.byte_size:
        return _describe(upload)
    return _add_piece(upload, piece)


def _add_piece(upload: Upload, piece: Piece) -> PieceResult:
    if piece.offset != upload.received:
        return PieceRefused(PieceFault.OFFSET, upload.received)
    end = piece.offset + len(piece.content)
    if not piece.content or end > upload.byte_size:
        return PieceRefused(PieceFault.BAD_LENGTH, upload.received)
    # Under the lock, so that no other sender writes here; what a kill leaves behind is written over.
    media_store().replace(f"{Whole.read_row(upload).folder}/{piece.offset}", piece.content)
    taken = db.session.scalar(
        update(Upload)
        .where(Upload.id == upload.id, Upload.received == piece.offset)
        .where(Upload.state == UploadState.RECEIVING.value)
        .values(received=end)
        .returning(Upload.received)
        .execution_options(synchronize_session=False)
    )
    assert taken == end, "the row is locked"
    return Standing(end, UploadState.RECEIVING)


def _begin_upload(visit: Visit, upload_id: UUID, piece: Piece) -> PieceFault | None:
    if piece.byte_size > (MOST_SOUND_BYTES if piece.is_sound else MOST_PHOTO_BYTES):
        return PieceFault.TOO_LARGE
    fault = _find_excess(visit, piece)
    if fault is not None:
        return fault
    # A memo that the company has not allowed is not taken, and must not keep the report on the phone either.
    is_unwanted = piece.is_sound and not may_record_voice(visit)
    row = {
        "id": upload_id,
        "visit_id": visit.id,
        "received": 0,
        "state": (UploadState.REMOVED if is_unwanted else UploadState.RECEIVING).value,
        "storage_key": "",
        "begun_at": now(),
    }
    insert_new(Upload, row | _list_plan(piece))
    return None


def _find_excess(visit: Visit, piece: Piece) -> PieceFault | None:
    living = (Upload.visit_id == visit.id, Upload.state != UploadState.REMOVED.value)
    files, size = db.session.execute(
        select(func.count(), func.coalesce(func.sum(Upload.byte_size), 0)).where(*living)
    ).one()
    if files >= MOST_FILES_A_VISIT or size + piece.byte_size > MOST_BYTES_A_VISIT:
        return PieceFault.TOO_MANY_FILES
    if not piece.question or piece.is_sound:
        return None
    same = (Upload.question == piece.question, Upload.media_type.not_like("audio/%"))
    photos = db.session.scalar(select(func.count()).select_from(Upload).where(*living, *same)) or 0
    return PieceFault.TOO_MANY_PHOTOS if photos >= MOST_PHOTOS_A_QUESTION else None


def _list_plan(piece: Piece) -> dict[str, str | int]:
    return {
        "question": piece.question,
        "media_type": piece.media_type[:LONGEST_MEDIA_TYPE],
        "byte_size": piece.byte_size,
        "sha256": piece.sha256,
        "original_sha256": piece.original_sha256 or piece.sha256,
    }


def _change_plan(upload: Upload, piece: Piece) -> PieceFault | None:
    """Begin anew under the same id: the phone has made the picture smaller meanwhile."""
    if upload.state == UploadState.KEPT.value:
        return PieceFault.OTHER_CONTENT
    if upload.state != UploadState.RECEIVING.value:
        return None
    if piece.offset:
        return PieceFault.OFFSET
    upload.received = 0
    db.session.flush()
    for name, value in _list_plan(piece).items():
        setattr(upload, name, value)
    db.session.flush()
    return None


def lock_upload(upload_id: UUID) -> Upload | None:
    """The row of a file, held until the commit; None while nothing of it is here."""
    locked = select(Upload).where(Upload.id == upload_id).with_for_update(of=Upload)
    return db.session.scalars(locked.execution_options(populate_existing=True)).one_or_none()


def _join_pieces(whole: Whole) -> bytes | None:
    pieces, length = [], 0
    while length < whole.byte_size:
        piece = media_store().get(f"{whole.folder}/{length}")
        if not piece:
            return None
        pieces.append(piece)
        length += len(piece)
    return b"".join(pieces)


def _begin_again(whole: Whole) -> PieceResult:
    """The bytes that are here are not the file; unless another sender has just kept it, all come anew."""
    restarted = db.session.scalar(
        update(Upload)
        .where(Upload.id == whole.upload_id, Upload.state == UploadState.RECEIVING.value)
        .where(Upload.received == Upload.byte_size, Upload.sha256 == whole.sha256)
        .values(received=0)
        .returning(Upload.id)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()
    if restarted is None:
        return _describe(db.session.get_one(Upload, whole.upload_id, populate_existing=True))
    return PieceRefused(PieceFault.HASH)


def _describe(upload: Upload) -> Standing:
    state = UploadState(upload.state)
    return Standing(upload.received if state is UploadState.RECEIVING else upload.byte_size, state)
