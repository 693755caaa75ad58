"""Where the photos of a visit are stored."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from mystery.access.scopes import NotYours
from mystery.database import db
from mystery.models import Photo


def find_photo_key(visit_id: UUID, photo_id: UUID) -> str:
    """Where a photo of a visit that the asker may see is stored; raises NotYours for one of another visit."""
    key = db.session.scalar(select(Photo.storage_key).where(Photo.id == photo_id, Photo.visit_id == visit_id))
    if key is None:
        raise NotYours
    return key
