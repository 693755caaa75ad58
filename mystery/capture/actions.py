"""Capture: opening a visit, saving its draft, adding photos, and submitting it exactly once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Select, delete, func, select, update

from mystery.access.scopes import NotYours, Reach, own_assignments
from mystery.capture.own_visits import (
    Clash,
    Saved,
    SaveResult,
    Submitted,
    answer_again,
    begin_visit,
    change_draft,
    describe_sent,
    find_visit,
    keep_both,
    load_own_visit,
    replace_draft,
)
from mystery.clock import now
from mystery.database import db, insert_new
from mystery.models import (
    Assignment,
    FlagKind,
    Photo,
    Upload,
    UploadState,
    Visit,
    VisitState,
    parse_version,
)
from mystery.sheets.flags import raise_flag
from mystery.sheets.frozen_visit import freeze_visit
from mystery.sheets.photo_desk import PhotoFault, PreparedPhoto, desk
from mystery.sheets.raw_sheet import RawSheet, has_same_writer, is_overtaken, read_raw, write_raw
from mystery.sheets.submission import Refused, check_visit
from mystery.storage import media_store

__all__ = [
    "Clash",
    "PhotoFault",
    "PhotoKept",
    "Refused",
    "SaveResult",
    "Saved",
    "Submitted",
    "add_photo",
    "open_visit",
    "remove_photo",
    "save_draft",
    "submit_visit",
]

MOST_PHOTOS_A_QUESTION = 10


@dataclass(frozen=True)
class PhotoKept:
    """The photo is stored; the same picture sent twice to the same question is one photo."""

    photo_id: UUID


def open_visit(
    reach: Reach, assignment_id: UUID, visit_id: UUID | None = None, *, at: datetime | None = None
) -> UUID:
    """The visit of an assignment: the one already begun, else a new draft under its derived id.

    Calling it again changes nothing. ``visit_id`` is for visits that were begun under another id. Raises
    NotYours for an assignment or a visit of somebody else.
    """
    assignment = db.session.scalar(
        select(Assignment).where(Assignment.id == assignment_id, own_assignments(reach))
    )
    if assignment is None:
        raise NotYours
    found = find_visit(reach, assignment_id)
    if found is None:
        begin_visit(assignment, reach.user_id, visit_id, at=at)
        found = find_visit(reach, assignment_id)
    if found is None:
        raise NotYours
    db.session.commit()
    return found


def save_draft(reach: Reach, visit_id: UUID, raw: RawSheet, revision: int) -> SaveResult:
    """Keep what was entered so far, whatever it is, if ``revision`` is the one last saved.

    The same content saved twice is no clash, nor is a later state of the same draft: a phone that can keep
    nothing any more posts its form. Raises NotYours for somebody else's visit.
    """
    content = write_raw(raw)
    visit = load_own_visit(reach, visit_id)
    result: SaveResult
    if visit.state != VisitState.DRAFT.value:
        result = answer_again(visit, content)
    elif content == visit.draft:
        result = Saved(visit.draft_revision)
    elif change_draft(visit_id, content, revision):
        result = Saved(revision + 1)
    elif has_same_writer(raw, saved := read_raw(visit.draft)) and not is_overtaken(raw, saved):
        result = Saved(replace_draft(visit, content))
    else:
        result = keep_both(visit, content, revision)
    db.session.commit()
    return result


def submit_visit(
    reach: Reach, visit_id: UUID, raw: RawSheet, *, at: datetime | None = None
) -> Submitted | Refused:
    """Score and freeze a visit; sending it again changes nothing and answers the same.

    ``at`` is the moment of sending, now unless told otherwise. A late visit is never refused for being
    late. Raises NotYours for somebody else's visit.
    """
    content = write_raw(raw)
    visit = load_own_visit(reach, visit_id)
    frozen = False
    if visit.state == VisitState.DRAFT.value:
        received_at = at or now()
        checked = check_visit(visit, raw, received_at=received_at)
        if isinstance(checked, Refused):
            db.session.rollback()
            return checked
        frozen = freeze_visit(visit_id, checked, raw=content, submitted_at=received_at)
        db.session.refresh(visit)
    result = describe_sent(visit) if frozen else answer_again(visit, content)
    if frozen and result.set_aside:
        raise_flag(visit_id, FlagKind.SET_ASIDE)
    db.session.commit()
    return result


def add_photo(
    reach: Reach, visit_id: UUID, question: str, content: bytes, *, at: datetime | None = None
) -> PhotoKept | PhotoFault:
    """Prepare a picture and add it to a question of a draft; raises NotYours for somebody else's visit."""
    fault = _find_photo_fault(load_own_visit(reach, visit_id), question)
    # Preparing takes a while, and nobody else shall wait for the write lock until it is done.
    db.session.rollback()
    if fault is not None:
        return fault
    prepared = desk.prepare(content)
    if isinstance(prepared, PhotoFault):
        return prepared
    result = _store_photo(visit_id, question, hashlib.sha256(content).hexdigest(), prepared, at=at)
    db.session.commit()
    return result


def remove_photo(reach: Reach, visit_id: UUID, photo_id: UUID) -> bool:
    """Remove a photo from a draft; False when the visit is sent, or the photo is already gone."""
    load_own_visit(reach, visit_id)
    is_draft = db.session.scalar(_lock_state(visit_id)) == VisitState.DRAFT.value
    key = None
    if is_draft:
        # A phone that still lists the photo learns that it was taken away on purpose.
        db.session.execute(
            update(Upload)
            .where(Upload.photo_id == photo_id, Upload.visit_id == visit_id)
            .values(state=UploadState.REMOVED.value)
        )
        statement = delete(Photo).where(Photo.id == photo_id, Photo.visit_id == visit_id)
        key = db.session.scalar(statement.returning(Photo.storage_key))
    db.session.commit()
    if key is not None:
        # After the commit: a file without a row is litter, a row without a file is a broken report.
        media_store().delete(key)
    return key is not None


def _find_photo_fault(visit: Visit, question_id: str) -> PhotoFault | None:
    if visit.state != VisitState.DRAFT.value:
        return PhotoFault.VISIT_SENT
    questions = {question.id: question for question in parse_version(visit.version.content).questions()}
    question = questions.get(question_id)
    if question is None or (question.kind != "photo" and question.evidence.photo == "none"):
        return PhotoFault.NOT_ASKED_FOR
    photos = select(func.count()).where(Photo.visit_id == visit.id, Photo.question == question_id)
    if (db.session.scalar(photos) or 0) >= MOST_PHOTOS_A_QUESTION:
        return PhotoFault.TOO_MANY_PHOTOS
    return None


def _store_photo(
    visit_id: UUID, question: str, digest: str, prepared: PreparedPhoto, *, at: datetime | None
) -> PhotoKept | PhotoFault:
    if db.session.scalar(_lock_state(visit_id)) != VisitState.DRAFT.value:
        return PhotoFault.VISIT_SENT
    photo_id = uuid4()
    row = {
        "id": photo_id,
        "visit_id": visit_id,
        "question": question,
        "original_sha256": digest,
        "storage_key": f"photos/{visit_id.hex}/{photo_id.hex}.jpg",
        "width": prepared.width,
        "height": prepared.height,
        "byte_size": len(prepared.content),
        "created_at": at or now(),
    }
    if insert_new(Photo, row):
        # Before the commit, so that a photo that is listed can always be shown.
        media_store().put(str(row["storage_key"]), prepared.content)
        return PhotoKept(photo_id)
    same = (Photo.visit_id == visit_id, Photo.question == question, Photo.original_sha256 == digest)
    return PhotoKept(db.session.scalars(select(Photo.id).where(*same)).one())


def _lock_state(visit_id: UUID) -> Select[str]:
    # SQLite has locked the whole database by now; PostgreSQL is told to hold this row until the commit.
    return select(Visit.state).where(Visit.id == visit_id).with_for_update()
