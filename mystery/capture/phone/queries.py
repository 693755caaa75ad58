"""What the script on the phone asks for: the person's visits, one draft, and how much of a file is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from checklists.definition import Checklist
from mystery.access.scopes import NotYours, Reach
from mystery.capture.own_visits import foresee_visit
from mystery.capture.phone.tickets import Ticket
from mystery.capture.queries import Progress, Task, list_tasks
from mystery.database import db
from mystery.models import (
    Assignment,
    CaptureSettings,
    ChecklistVersion,
    Photo,
    Unit,
    Upload,
    UploadState,
    Visit,
    VisitState,
    parse_version,
)
from mystery.sheets.photo_desk import PhotoFault, desk
from mystery.sheets.raw_sheet import RawSheet, read_raw
from mystery.storage import media_store

NO_DRAFT = "none"
CANCELLED = "cancelled"


@dataclass(frozen=True)
class PhoneVisit:
    """One visit as the list on a phone needs it; ``voice`` and ``fix`` are what the company switched on."""

    visit_id: UUID
    version_id: UUID
    assignment_id: UUID
    page: str
    notes: str
    place: str
    first: date
    last: date
    state: str
    revision: int
    ticket: Ticket
    voice: bool
    fix: bool
    returned: str


@dataclass(frozen=True)
class DraftPhoto:
    """A photo of a draft: ``id`` under which the phone knows it, ``photo_id`` under which it is shown."""

    id: UUID
    photo_id: UUID
    question: str
    sha256: str


@dataclass(frozen=True)
class PhoneDraft:
    """A draft as the server has it; ``state`` is that of the visit, "none" while nobody has begun it here."""

    visit_id: UUID
    state: str
    revision: int
    checklist: Checklist
    raw: RawSheet
    photos: tuple[DraftPhoto, ...]
    ticket: Ticket
    returned: str


def list_visits(reach: Reach, *, at: datetime | None = None) -> list[PhoneVisit]:
    """The person's visits, the most urgent first."""
    tasks = list_tasks(reach, at=at)
    ids = [task.id for task in tasks]
    revisions = dict(
        db.session.execute(
            select(Visit.id, Visit.draft_revision).where(
                Visit.assignment_id.in_(ids), Visit.auditor_id == reach.user_id
            )
        ).all()
    )
    rows = db.session.execute(
        select(Assignment.id, CaptureSettings.voice_memos, CaptureSettings.position_fix)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(CaptureSettings, CaptureSettings.company_id == Unit.company_id)
        .where(Assignment.id.in_(ids))
    )
    switches = {assignment: (voice, fix) for assignment, voice, fix in rows}
    return [
        _make_visit(reach, task, revisions.get(task.visit_id, 0), switches.get(task.id, (False, False)))
        for task in tasks
    ]


def read_phone_draft(reach: Reach, visit_id: UUID) -> PhoneDraft:
    """A draft to be gone on with on this device; raises NotYours for somebody else's visit."""
    assignment, visit = foresee_visit(reach, visit_id)
    version = visit.version if visit is not None else assignment.version
    own_id = visit.id if visit is not None else visit_id
    return PhoneDraft(
        visit_id=own_id,
        state=visit.state if visit is not None else NO_DRAFT,
        revision=visit.draft_revision if visit is not None else 0,
        checklist=parse_version(version.content),
        raw=read_raw(visit.draft) if visit is not None else {},
        photos=tuple(_list_photos(visit)) if visit is not None else (),
        ticket=Ticket(own_id, assignment.id, reach.user_id),
        returned=visit.returned_reason if visit is not None and visit.state == "draft" else "",
    )


def read_checklist(version_id: UUID) -> Checklist:
    """The questions of a version, to read a form by; raises NotYours when there is no such version.

    Nothing of it is shown: whether the version is that of the visit is looked at where the form is kept.
    """
    content = db.session.scalar(select(ChecklistVersion.content).where(ChecklistVersion.id == version_id))
    # Reading a long form takes a moment, and nobody else shall wait for the write lock meanwhile.
    db.session.rollback()
    if content is None:
        raise NotYours
    return parse_version(content)


def find_photo_faults(visit_id: UUID) -> list[tuple[str, PhotoFault]]:
    """The files of a draft that were meant as photos and are none: the question of each, and what is wrong.

    They are looked at again, for only that they cannot be read was written down. Ends the transaction.
    """
    unreadable = (Upload.visit_id == visit_id, Upload.state == UploadState.UNREADABLE.value)
    meant = select(Upload.question, Upload.storage_key).where(
        *unreadable, Upload.media_type.not_like("audio/%")
    )
    rows = db.session.execute(meant.order_by(Upload.begun_at, Upload.id)).all()
    db.session.rollback()
    found = [(question, desk.prepare(media_store().get(key) or b"")) for question, key in rows]
    return [(question, fault) for question, fault in found if isinstance(fault, PhotoFault)]


def may_record_voice(visit: Visit) -> bool:
    """Whether the company of the visit's unit has switched voice memos on."""
    switched = select(CaptureSettings.voice_memos).where(CaptureSettings.company_id == visit.unit.company_id)
    return bool(db.session.scalar(switched))


def _make_visit(reach: Reach, task: Task, revision: int, switches: tuple[bool, bool]) -> PhoneVisit:
    is_withdrawn = task.is_cancelled and task.progress.is_with_auditor
    return PhoneVisit(
        visit_id=task.visit_id,
        version_id=task.version_id,
        assignment_id=task.id,
        page=task.page,
        notes=task.notes,
        place=task.place,
        first=task.window_start,
        last=task.window_end,
        state=CANCELLED if is_withdrawn and task.progress is not Progress.RETURNED else task.progress.value,
        revision=revision,
        ticket=Ticket(task.visit_id, task.id, reach.user_id),
        voice=switches[0],
        fix=switches[1],
        returned=task.returned_reason,
    )


def _list_photos(visit: Visit) -> list[DraftPhoto]:
    if visit.state != VisitState.DRAFT.value:
        return []
    kept: dict[UUID, Any] = {
        upload.photo_id: upload
        for upload in db.session.scalars(
            select(Upload).where(Upload.visit_id == visit.id, Upload.state == UploadState.KEPT.value)
        )
        if upload.photo_id is not None
    }
    photos = db.session.scalars(
        select(Photo).where(Photo.visit_id == visit.id).order_by(Photo.created_at, Photo.id)
    )
    return [
        DraftPhoto(
            id=kept[photo.id].id if photo.id in kept else photo.id,
            photo_id=photo.id,
            question=photo.question,
            sha256=kept[photo.id].sha256 if photo.id in kept else photo.original_sha256,
        )
        for photo in photos
    ]
