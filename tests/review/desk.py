"""Visits that need a decision, as phones leave them behind."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from mystery.access.scopes import load_reach
from mystery.capture.actions import open_visit
from mystery.clock import set_to
from mystery.database import db
from mystery.models import DraftCopy, FlagKind, Recording, Upload, Visit, VisitFlag
from mystery.sheets.held_visit import hold_visit as sheets_hold_visit
from mystery.sheets.raw_sheet import write_raw
from mystery.storage import media_store
from tests.cast import Cast
from tests.factories import MOSCOW, make_assignment, make_submitted_visit, read_worked_answers

ARRIVED = datetime(2026, 11, 5, 18, tzinfo=MOSCOW)
UNREADABLE = b"\x00\x01not a picture<script>"
SOUND = b"OggS" + bytes(2000)


def write_incomplete_sheet(**changes: Any) -> dict[str, Any]:
    """The answers V1 without the wait and without a comment on the offer; ``changes`` replace parts of it."""
    raw = read_worked_answers("V1")
    raw["answers"].pop("wait")
    return {**raw, **changes}


def make_held_visit(
    cast: Cast,
    raw: dict[str, Any] | None = None,
    *,
    unit: str = "N1",
    employee: str | None = "Анна",
    foreign: bool = False,
    arrived: datetime = ARRIVED,
    version: UUID | None = None,
) -> UUID:
    """A visit that arrived from a phone with something still to be mended, and its flag."""
    company = cast.foreign if foreign else cast.ours
    assignment = make_assignment(cast, unit=unit, employee=employee, foreign=foreign, version=version)
    visit_id = open_visit(load_reach(company.users["auditor"]), assignment)
    hold_visit(visit_id, write_incomplete_sheet() if raw is None else raw, arrived=arrived)
    return visit_id


def hold_visit(visit_id: UUID, raw: dict[str, Any], *, arrived: datetime = ARRIVED) -> None:
    """Hold a draft: what the report of a phone does when something is missing in it."""
    with set_to(arrived):
        assert sheets_hold_visit(db.session.get_one(Visit, visit_id), raw, submitted_at=arrived)
    db.session.commit()
    db.session.expire_all()


def raise_flag(
    visit_id: UUID, kind: FlagKind, detail: dict[str, Any] | None = None, *, at: datetime = ARRIVED
) -> UUID:
    """A flag as the server raises it."""
    flag = VisitFlag(
        visit_id=visit_id,
        kind=kind.value,
        detail=json.dumps(detail or {}, sort_keys=True, separators=(",", ":")),
        raised_at=at,
    )
    db.session.add(flag)
    db.session.commit()
    return flag.id


def make_twice_sent_visit(cast: Cast, *, foreign: bool = False) -> UUID:
    """A visit that counts, sent again with other content an hour later."""
    visit_id = make_submitted_visit(cast, foreign=foreign)
    other = read_worked_answers("V1")
    other["answers"]["wait"] = 300
    other["comments"] = {"mood": "Во второй раз иначе."}
    content = write_raw(other)
    digest = hashlib.sha256(content.encode()).hexdigest()
    db.session.add(DraftCopy(visit_id=visit_id, content=content, content_hash=digest))
    raise_flag(visit_id, FlagKind.DIFFERS, {"copy": digest}, at=ARRIVED + timedelta(hours=1))
    return visit_id


def add_unreadable_file(visit_id: UUID, question: str = "wait") -> UUID:
    """A file that arrived whole and that nothing could read, and its flag."""
    upload_id = uuid4()
    digest = hashlib.sha256(UNREADABLE).hexdigest()
    key = f"unreadable/{visit_id.hex}/{upload_id.hex}"
    db.session.add(
        Upload(
            id=upload_id,
            visit_id=visit_id,
            question=question,
            media_type="image/jpeg",
            byte_size=len(UNREADABLE),
            received=len(UNREADABLE),
            sha256=digest,
            original_sha256=digest,
            state="unreadable",
            storage_key=key,
        )
    )
    media_store().put(key, UNREADABLE)
    raise_flag(visit_id, FlagKind.UNREADABLE_FILE, {"upload": str(upload_id)})
    return upload_id


def add_recording(visit_id: UUID, question: str = "", media_type: str = "audio/ogg;codecs=opus") -> UUID:
    """A voice memo."""
    recording = Recording(
        visit_id=visit_id,
        question=question,
        sha256=uuid4().hex * 2,
        storage_key=f"recordings/{visit_id.hex}/{uuid4().hex}",
        media_type=media_type,
        byte_size=len(SOUND),
    )
    db.session.add(recording)
    media_store().put(recording.storage_key, SOUND)
    db.session.commit()
    return recording.id


def read_flag(visit_id: UUID, kind: FlagKind = FlagKind.INCOMPLETE) -> VisitFlag:
    """The one flag of a kind, read afresh."""
    db.session.expire_all()
    return db.session.scalars(
        select(VisitFlag).where(VisitFlag.visit_id == visit_id, VisitFlag.kind == kind.value)
    ).one()


def read_visit(visit_id: UUID) -> Visit:
    """A visit, read afresh."""
    db.session.expire_all()
    return db.session.get_one(Visit, visit_id)
