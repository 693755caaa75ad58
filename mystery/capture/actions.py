"""Capture: opening a visit, saving its draft, adding photos, and submitting it exactly once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID, uuid4

from sqlalchemy import select, update

from mystery.access.scopes import NotYours, Reach, own_assignments
from mystery.capture.frozen_visit import freeze_visit
from mystery.capture.insertion import insert_new
from mystery.capture.raw_sheet import RawSheet, read_raw, write_raw
from mystery.capture.submission import Refused, check_visit
from mystery.clock import now
from mystery.database import db
from mystery.models import Assignment, DraftCopy, Visit, VisitState


@dataclass(frozen=True)
class Saved:
    """The draft is kept; the next save names this revision."""

    revision: int


@dataclass(frozen=True)
class Clash:
    """The draft had been saved elsewhere since the page was opened; both are kept, and ``saved`` stands."""

    revision: int
    saved: Mapping[str, Any]


@dataclass(frozen=True)
class Submitted:
    """The visit is sent. ``again`` when it already was; ``differs`` when this sending said something else.

    Then the other content is kept too, beside the visit. A visit is ``set_aside`` when its assignment had
    been answered by another visit, and ``cancelled`` says that the assignment had been withdrawn.
    """

    visit_id: UUID
    submitted_at: datetime
    again: bool = False
    differs: bool = False
    set_aside: bool = False
    cancelled: bool = False


SaveResult: TypeAlias = Saved | Clash | Submitted


def open_visit(
    reach: Reach, assignment_id: UUID, visit_id: UUID | None = None, *, at: datetime | None = None
) -> UUID:
    """The visit of an assignment: the one already begun, else a new draft under ``visit_id``.

    Calling it again changes nothing. Raises NotYours for an assignment or a visit of somebody else.
    """
    assignment = db.session.scalar(
        select(Assignment).where(Assignment.id == assignment_id, own_assignments(reach))
    )
    if assignment is None:
        raise NotYours
    found = _find_visit(reach, assignment_id)
    if found is None:
        new = {
            "id": visit_id or uuid4(),
            "assignment_id": assignment.id,
            "version_id": assignment.version_id,
            "unit_id": assignment.unit_id,
            "employee_id": assignment.employee_id,
            "auditor_id": reach.user_id,
            "started_at": at or now(),
        }
        # A unique index, not the look above, holds one draft an auditor: two taps may run side by side.
        insert_new(Visit, new)
        found = _find_visit(reach, assignment_id)
    if found is None:
        raise NotYours
    db.session.commit()
    return found


def save_draft(reach: Reach, visit_id: UUID, raw: RawSheet, revision: int) -> SaveResult:
    """Keep what was entered so far, whatever it is, if ``revision`` is the one last saved.

    The same content saved twice is no clash. Raises NotYours for somebody else's visit.
    """
    content = write_raw(raw)
    visit = _load_own_visit(reach, visit_id)
    if visit.state != VisitState.DRAFT.value:
        return _answer_again(visit, content)
    if content == visit.draft:
        db.session.commit()
        return Saved(visit.draft_revision)
    saved = db.session.scalar(
        update(Visit)
        .where(Visit.id == visit_id, Visit.state == VisitState.DRAFT.value, Visit.draft_revision == revision)
        .values(draft=content, draft_revision=revision + 1)
        .returning(Visit.draft_revision)
        .execution_options(synchronize_session=False)
    )
    if saved is None:
        return _keep_both(visit, content, revision)
    db.session.commit()
    return Saved(saved)


def submit_visit(
    reach: Reach, visit_id: UUID, raw: RawSheet, *, at: datetime | None = None
) -> Submitted | Refused:
    """Score and freeze a visit; sending it again changes nothing and answers the same.

    ``at`` is the moment of sending, now unless told otherwise. A late visit is never refused for being
    late. Raises NotYours for somebody else's visit.
    """
    content = write_raw(raw)
    visit = _load_own_visit(reach, visit_id)
    if visit.state != VisitState.DRAFT.value:
        return _answer_again(visit, content)
    received_at = at or now()
    checked = check_visit(visit, raw, received_at=received_at)
    if isinstance(checked, Refused):
        db.session.rollback()
        return checked
    frozen = freeze_visit(visit_id, checked, raw=content, submitted_at=received_at)
    db.session.refresh(visit)
    if not frozen:
        return _answer_again(visit, content)
    result = _describe_sent(visit)
    db.session.commit()
    return result


def _find_visit(reach: Reach, assignment_id: UUID) -> UUID | None:
    own = (Visit.assignment_id == assignment_id, Visit.auditor_id == reach.user_id)
    return db.session.scalar(
        select(Visit.id)
        .where(*own)
        .order_by(Visit.state != VisitState.DRAFT.value, Visit.started_at)
        .limit(1)
    )


def _load_own_visit(reach: Reach, visit_id: UUID) -> Visit:
    """A visit stays with whoever began it, even when the assignment moves on: no report may be stranded."""
    visit = db.session.scalar(select(Visit).where(Visit.id == visit_id, Visit.auditor_id == reach.user_id))
    if visit is None:
        raise NotYours
    return visit


def _answer_again(visit: Visit, content: str) -> Submitted:
    differs = content != visit.raw_answers
    if differs:
        _keep_copy(visit.id, content, None)
    result = _describe_sent(visit, again=True, differs=differs)
    db.session.commit()
    return result


def _describe_sent(visit: Visit, *, again: bool = False, differs: bool = False) -> Submitted:
    assert visit.submitted_at is not None, "a visit that is no draft has its moment"
    return Submitted(
        visit.id,
        visit.submitted_at,
        again=again,
        differs=differs,
        set_aside=visit.state == VisitState.SET_ASIDE.value,
        cancelled=visit.assignment.cancelled_at is not None,
    )


def _keep_both(visit: Visit, content: str, revision: int) -> SaveResult:
    db.session.refresh(visit)
    if visit.state != VisitState.DRAFT.value:
        return _answer_again(visit, content)
    if content != visit.draft:
        _keep_copy(visit.id, content, revision)
        _keep_copy(visit.id, visit.draft, visit.draft_revision)
    result = Clash(visit.draft_revision, read_raw(visit.draft))
    db.session.commit()
    return result


def _keep_copy(visit_id: UUID, content: str, revision: int | None) -> None:
    digest = hashlib.sha256(content.encode()).hexdigest()
    copy = {"id": uuid4(), "visit_id": visit_id, "content": content, "content_hash": digest}
    insert_new(DraftCopy, {**copy, "revision": revision, "kept_at": now()})
