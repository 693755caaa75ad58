"""One visit as its reviewer sees it: what was sent, how it was captured, and what was raised about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from checklists.definition import Checklist
from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, units_in_reach
from mystery.database import db
from mystery.models import (
    Answer,
    DraftCopy,
    Employee,
    FlagKind,
    Photo,
    Recording,
    Unit,
    Upload,
    UploadState,
    User,
    Visit,
    VisitFlag,
    VisitState,
    parse_version,
)
from mystery.sheets.raw_sheet import RawSheet, read_part, read_raw
from mystery.sheets.recall import list_recall_minutes
from mystery.sheets.staff import StaffMember, list_staff
from mystery.sheets.submission import Refused, check_visit
from mystery.sheets.visit_facts import asks_employee, split_employee


@dataclass(frozen=True)
class Raised:
    """One thing that was raised about the visit, and who settled it; ``detail`` is what its kind needs."""

    id: UUID
    kind: FlagKind
    detail: Mapping[str, Any]
    raised_at: datetime
    settled_at: datetime | None
    settled_by: str | None
    decision: str


@dataclass(frozen=True)
class KeptCopy:
    """Other content of the same visit that is kept beside it; ``was_sent`` unless it stayed a draft."""

    raw: RawSheet
    kept_at: datetime
    was_sent: bool


@dataclass(frozen=True)
class Sound:
    """A voice memo; ``question`` is empty where it belongs to the visit as a whole."""

    id: UUID
    question: str


@dataclass(frozen=True)
class UnreadableFile:
    """A file that arrived whole and that nothing here could read."""

    id: UUID
    question: str
    media_type: str
    byte_size: int


@dataclass(frozen=True)
class Returned:
    """A visit that is with its auditor again: what he writes now is his until he sends it."""

    visit_id: UUID
    unit: str
    auditor: str
    reason: str
    flags: tuple[Raised, ...]


@dataclass(frozen=True)
class Case:
    """Everything a reviewer looks at; the auditor's name is here because the lead planned the visit.

    ``refused`` is what stood in the way of counting the visit, empty unless it is held. ``staff`` is who may
    be named where the auditor named nobody, None where nobody needs to be named. ``counted_id`` is another
    visit that already counts for the same assignment. ``raw`` is what counts, ``first`` what was sent first;
    they differ only where a kept copy was chosen, whose hash ``chosen`` then is.
    """

    visit_id: UUID
    state: VisitState
    assignment_id: UUID
    version_id: UUID
    version_number: int
    checklist: Checklist
    unit: str
    address: str
    time_zone: str
    auditor: str
    employee: str | None
    employee_note: str
    visited_at: datetime | None
    started_at: datetime
    submitted_at: datetime
    skew_seconds: int | None
    is_cancelled: bool
    window: tuple[date, date]
    raw: RawSheet
    first: RawSheet
    chosen: str
    refused: Refused
    asks_employee: bool
    staff: tuple[StaffMember, ...]
    people: Mapping[UUID, str]
    photos: Mapping[str, list[UUID]]
    sounds: tuple[Sound, ...]
    unreadable: tuple[UnreadableFile, ...]
    copies: Mapping[str, KeptCopy]
    recall: Mapping[str, int]
    flags: tuple[Raised, ...]
    counted_id: UUID | None

    @property
    def is_held(self) -> bool:
        """Whether it waits to be taken or returned."""
        return self.state is VisitState.HELD

    @property
    def open_flags(self) -> tuple[Raised, ...]:
        """What still has to be settled."""
        return tuple(flag for flag in self.flags if flag.settled_at is None)


def read_case(reach: Reach, visit_id: UUID) -> Case | Returned:
    """A visit that was sent and lies in the reviewer's subtree; raises NotYours for any other."""
    visit = find_reviewed(reach, visit_id)
    auditor = db.session.get_one(User, visit.auditor_id).name
    flags = list_flags(visit_id)
    if visit.state == VisitState.DRAFT.value:
        return Returned(visit.id, visit.unit.name, auditor, visit.returned_reason, flags)
    assert visit.submitted_at is not None, "a visit that is no draft has its moment"
    raw, first = read_raw(visit.counted_answers), read_raw(visit.raw_answers or "{}")
    copies = _read_copies(visit_id)
    assignment, checklist = visit.assignment, parse_version(visit.version.content)
    asks = asks_employee(checklist.channel, assigned=assignment.employee_id is not None)
    last_day = max(assignment.window_end, visit.submitted_at.date())
    return Case(
        visit_id=visit.id,
        state=VisitState(visit.state),
        assignment_id=assignment.id,
        version_id=visit.version_id,
        version_number=visit.version.number,
        checklist=checklist,
        unit=visit.unit.name,
        address=visit.unit.address,
        time_zone=visit.unit.time_zone,
        auditor=auditor,
        employee=visit.employee.name if visit.employee else None,
        employee_note=visit.employee_note,
        visited_at=visit.visited_at,
        started_at=visit.started_at,
        submitted_at=visit.submitted_at,
        skew_seconds=visit.clock_skew_seconds,
        is_cancelled=assignment.cancelled_at is not None,
        window=(assignment.window_start, assignment.window_end),
        raw=raw,
        first=first,
        chosen=hash_content(visit.chosen_answers) if visit.chosen_answers else "",
        refused=find_refusal(visit, raw),
        asks_employee=asks,
        staff=tuple(list_staff(visit.unit, assignment.window_start, last_day)) if asks else (),
        people=_name_people(visit.unit.company_id, (raw, first, *(copy.raw for copy in copies.values()))),
        photos=_list_photos(visit_id),
        sounds=_list_sounds(visit_id),
        unreadable=_list_unreadable(visit_id),
        copies=copies,
        recall=_read_recall(visit, raw),
        flags=flags,
        counted_id=_find_counted(visit),
    )


def find_reviewed(reach: Reach, visit_id: UUID, *, lock: bool = False) -> Visit:
    """A visit in the reviewer's subtree that was sent, or was returned by a reviewer; raises NotYours."""
    reached = select(Unit.id).where(units_in_reach(reach, Permission.REVIEW_VISITS))
    statement = select(Visit).where(
        Visit.id == visit_id,
        Visit.unit_id.in_(reached),
        or_(Visit.state != VisitState.DRAFT.value, Visit.returned_reason != ""),
    )
    # The row is held where the database can: another reviewer may be deciding at this moment.
    visit = db.session.scalar(statement.with_for_update(of=Visit) if lock else statement)
    if visit is None:
        raise NotYours
    return visit


def find_refusal(visit: Visit, raw: RawSheet) -> Refused:
    """What stood in the way of counting a held visit as it was sent; nothing for any other."""
    if visit.state != VisitState.HELD.value or visit.submitted_at is None:
        return Refused()
    checked = check_visit(visit, raw, received_at=visit.submitted_at)
    return checked if isinstance(checked, Refused) else Refused()


def list_flags(visit_id: UUID) -> tuple[Raised, ...]:
    """What was raised about a visit, in the order it was raised."""
    settler = aliased(User)
    rows = db.session.execute(
        select(VisitFlag, settler.name)
        .outerjoin(settler, settler.id == VisitFlag.settled_by_id)
        .where(VisitFlag.visit_id == visit_id)
        .order_by(VisitFlag.raised_at, VisitFlag.id)
    )
    return tuple(
        Raised(
            flag.id,
            FlagKind(flag.kind),
            read_detail(flag.detail),
            flag.raised_at,
            flag.settled_at,
            name,
            flag.decision,
        )
        for flag, name in rows
    )


def read_detail(text: str) -> dict[str, Any]:
    """The JSON object of a flag's detail; empty where it is none."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def hash_content(content: str) -> str:
    """The name of a kept copy: the hash of its text."""
    return hashlib.sha256(content.encode()).hexdigest()


def of_unreadable(visit_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """The conditions on Upload that it is a file of this visit which arrived whole and cannot be read."""
    return (Upload.visit_id == visit_id, Upload.state == UploadState.UNREADABLE.value)


def _read_copies(visit_id: UUID) -> dict[str, KeptCopy]:
    rows = db.session.scalars(
        select(DraftCopy).where(DraftCopy.visit_id == visit_id).order_by(DraftCopy.kept_at, DraftCopy.id)
    )
    return {
        copy.content_hash: KeptCopy(read_raw(copy.content), copy.kept_at, was_sent=copy.revision is None)
        for copy in rows
    }


def _name_people(company_id: UUID, sheets: Iterable[RawSheet]) -> dict[UUID, str]:
    """The names of the employees that sheets name by id, as far as they are the company's own."""
    named = set()
    for raw in sheets:
        choice, _note = split_employee(read_part(raw, "visit").get("employee"))
        try:
            named.add(UUID(choice))
        except ValueError:
            continue
    rows = db.session.execute(
        select(Employee.id, Employee.name).where(Employee.id.in_(named), Employee.company_id == company_id)
    )
    return dict(rows.all())


def _list_photos(visit_id: UUID) -> dict[str, list[UUID]]:
    rows = db.session.execute(
        select(Photo.question, Photo.id)
        .where(Photo.visit_id == visit_id)
        .order_by(Photo.created_at, Photo.id)
    )
    photos: dict[str, list[UUID]] = {}
    for question, photo_id in rows:
        photos.setdefault(question, []).append(photo_id)
    return photos


def _list_sounds(visit_id: UUID) -> tuple[Sound, ...]:
    rows = db.session.execute(
        select(Recording.id, Recording.question)
        .where(Recording.visit_id == visit_id)
        .order_by(Recording.created_at, Recording.id)
    )
    return tuple(Sound(*row) for row in rows)


def _list_unreadable(visit_id: UUID) -> tuple[UnreadableFile, ...]:
    rows = db.session.execute(
        select(Upload.id, Upload.question, Upload.media_type, Upload.byte_size)
        .where(*of_unreadable(visit_id))
        .order_by(Upload.begun_at, Upload.id)
    )
    return tuple(UnreadableFile(*row) for row in rows)


def _read_recall(visit: Visit, raw: RawSheet) -> dict[str, int]:
    if visit.state == VisitState.HELD.value:
        return _foresee_recall(visit, raw)
    rows = db.session.execute(
        select(Answer.question, Answer.recall_minutes).where(
            Answer.visit_id == visit.id, Answer.recall_minutes.is_not(None)
        )
    )
    return {question: minutes for question, minutes in rows if minutes is not None}


def _foresee_recall(visit: Visit, raw: RawSheet) -> dict[str, int]:
    """The minutes that the answers of a held visit would have; it has no rows yet."""
    # Without any moment of the visit, a delay would be counted from its arrival and always be none.
    if visit.visited_at is None:
        return {}
    answered = read_part(raw, "answers")
    minutes = list_recall_minutes(raw, visit.visited_at)
    return {question: each for question, each in minutes.items() if answered.get(question) is not None}


def _find_counted(visit: Visit) -> UUID | None:
    return db.session.scalar(
        select(Visit.id).where(
            Visit.assignment_id == visit.assignment_id,
            Visit.state == VisitState.SUBMITTED.value,
            Visit.id != visit.id,
        )
    )
