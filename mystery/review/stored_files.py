"""Where the photos, voice memos and unreadable files of a visit are stored, for those who review it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from mystery.access.scopes import NotYours, Reach
from mystery.database import db
from mystery.models import Recording, Upload, VisitState
from mystery.review.cases import find_reviewed, of_unreadable
from mystery.sheets import stored_photos


def find_photo_key(reach: Reach, visit_id: UUID, photo_id: UUID) -> str:
    """Where a photo of a reviewed visit is stored; raises NotYours for any other."""
    _allow_sent(reach, visit_id)
    return stored_photos.find_photo_key(visit_id, photo_id)


def find_sound_key(reach: Reach, visit_id: UUID, recording_id: UUID) -> tuple[str, str]:
    """Where a voice memo of a reviewed visit is stored, and its media type; raises NotYours for any other."""
    _allow_sent(reach, visit_id)
    row = db.session.execute(
        select(Recording.storage_key, Recording.media_type).where(
            Recording.id == recording_id, Recording.visit_id == visit_id
        )
    ).one_or_none()
    if row is None:
        raise NotYours
    return row.storage_key, row.media_type


def find_unreadable_key(reach: Reach, visit_id: UUID, upload_id: UUID) -> str:
    """Where a file is stored that nothing here could read; raises NotYours for any other."""
    _allow_sent(reach, visit_id)
    key = db.session.scalar(
        select(Upload.storage_key).where(Upload.id == upload_id, *of_unreadable(visit_id))
    )
    if not key:
        raise NotYours
    return key


def _allow_sent(reach: Reach, visit_id: UUID) -> None:
    """Raise NotYours for a visit that is with its auditor: his photos are his until he sends them."""
    if find_reviewed(reach, visit_id).state == VisitState.DRAFT.value:
        raise NotYours
