"""What the database holds of a visit, read anew."""

from __future__ import annotations

import json
from uuid import UUID

from sqlalchemy import func, select

from mystery.database import Base, db
from mystery.models import Upload, Visit, VisitFlag


def load_visit(visit_id: UUID) -> Visit:
    """The visit as the database has it now."""
    db.session.rollback()
    return db.session.get_one(Visit, visit_id, populate_existing=True)


def load_upload(upload_id: UUID) -> Upload:
    """The upload as the database has it now."""
    db.session.rollback()
    return db.session.get_one(Upload, upload_id, populate_existing=True)


def list_flags(visit_id: UUID) -> list[tuple[str, dict[str, object]]]:
    """What was raised about a visit: (kind, detail)."""
    db.session.rollback()
    rows = db.session.scalars(select(VisitFlag).where(VisitFlag.visit_id == visit_id))
    return [(flag.kind, json.loads(flag.detail)) for flag in rows]


def count_rows(model: type[Base]) -> int:
    """How many rows there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0
