"""An auditor's own visits: finding them, and keeping aside what could not be taken over."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID, uuid4, uuid5

from sqlalchemy import Select, select, update
from sqlalchemy.orm import InstrumentedAttribute

from mystery.access.scopes import NotYours, Reach, own_assignments
from mystery.clock import now
from mystery.database import db, insert_new
from mystery.models import Assignment, DraftCopy, FlagKind, Visit, VisitState
from mystery.sheets.flags import raise_flag
from mystery.sheets.raw_sheet import RawSheet, is_overtaken, read_raw, says_same

VISIT_NAMESPACE = UUID("b3b7c1de-5f0b-4f52-9a5c-2f6f1d1f6a3e")


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
    been answered by another visit, ``held`` while a reviewer looks at what is still to be mended, and
    ``cancelled`` says that the assignment had been withdrawn.
    """

    visit_id: UUID
    submitted_at: datetime
    again: bool = False
    differs: bool = False
    set_aside: bool = False
    held: bool = False
    cancelled: bool = False

    @property
    def state_name(self) -> str:
        """The state of the visit, as phones are told it."""
        if self.held:
            return VisitState.HELD.value
        return (VisitState.SET_ASIDE if self.set_aside else VisitState.SUBMITTED).value


SaveResult: TypeAlias = Saved | Clash | Submitted


def derive_visit_id(assignment_id: UUID, auditor_id: UUID) -> UUID:
    """The id of an auditor's visit of an assignment, the same on every device and without a network.

    So two devices can never begin two drafts of one assignment. A visit that was begun before ids were
    derived keeps its own.
    """
    return uuid5(VISIT_NAMESPACE, f"{assignment_id.hex} {auditor_id.hex}")


def foresee_visit(reach: Reach, visit_id: UUID) -> tuple[Assignment, Visit | None]:
    """The person's visit with its assignment; None as the visit while nobody has begun it.

    Raises NotYours for a visit of somebody else, and for an id that no assignment of the person leads to.
    """
    visit = find_own_visit(reach, visit_id)
    if visit is not None:
        return visit.assignment, visit
    for assignment_id in db.session.scalars(select(Assignment.id).where(own_assignments(reach))):
        if derive_visit_id(assignment_id, reach.user_id) == visit_id:
            begun = find_visit(reach, assignment_id)
            visit = db.session.get_one(Visit, begun) if begun is not None else None
            return db.session.get_one(Assignment, assignment_id), visit
    raise NotYours


def find_own_visit(reach: Reach, visit_id: UUID) -> Visit | None:
    """The person's visit under this very id, or None."""
    return db.session.scalar(select(Visit).where(Visit.id == visit_id, Visit.auditor_id == reach.user_id))


def find_visit(reach: Reach, assignment_id: UUID) -> UUID | None:
    """The person's visit of an assignment: the draft, else what was sent first."""
    return db.session.scalar(select_visit(reach, assignment_id))


def select_visit(reach: Reach, assignment_id: UUID | InstrumentedAttribute[UUID]) -> Select[UUID]:
    """The statement that finds the id of the person's visit of an assignment: the draft, else the first."""
    own = (Visit.assignment_id == assignment_id, Visit.auditor_id == reach.user_id)
    drafts_first = (Visit.state != VisitState.DRAFT.value, Visit.started_at)
    return select(Visit.id).where(*own).order_by(*drafts_first).limit(1)


def load_own_visit(reach: Reach, visit_id: UUID) -> Visit:
    """A visit of this person; raises NotYours for any other.

    A visit stays with whoever began it, even when the assignment moves on: no report may be stranded.
    """
    visit = find_own_visit(reach, visit_id)
    if visit is None:
        raise NotYours
    return visit


def answer_again(visit: Visit, content: str) -> Submitted:
    """What somebody is told who sends a visit that is already sent; other content is kept beside it."""
    raw, sent = read_raw(content), read_raw(visit.raw_answers or "{}")
    differs = not says_same(raw, sent) and not is_overtaken(raw, sent)
    if content != visit.raw_answers:
        had_arrived = differs and arrived_before(visit.id, raw)
        digest = keep_copy(visit.id, content, None)
        # What a mended visit said before it was returned is nothing new, and neither is what was raised once.
        if differs and not had_arrived:
            raise_flag(visit.id, FlagKind.DIFFERS, copy=digest)
    return describe_sent(visit, again=True, differs=differs)


def arrived_before(visit_id: UUID, raw: RawSheet) -> bool:
    """Whether a visit was sent with this very content before: it was returned then, or came a second time."""
    sent = select(DraftCopy.content).where(DraftCopy.visit_id == visit_id, DraftCopy.revision.is_(None))
    return any(says_same(read_raw(content), raw) for content in db.session.scalars(sent))


def describe_sent(visit: Visit, *, again: bool = False, differs: bool = False) -> Submitted:
    """The result of sending, read from a visit that is no draft any more."""
    assert visit.submitted_at is not None, "a visit that is no draft has its moment"
    return Submitted(
        visit.id,
        visit.submitted_at,
        again=again,
        differs=differs,
        set_aside=visit.state == VisitState.SET_ASIDE.value,
        held=visit.state == VisitState.HELD.value,
        cancelled=visit.assignment.cancelled_at is not None,
    )


def keep_both(visit: Visit, content: str, revision: int) -> SaveResult:
    """Keep the draft that stands and the ``content`` that came from a page of an older revision."""
    db.session.refresh(visit)
    if visit.state != VisitState.DRAFT.value:
        return answer_again(visit, content)
    if content == visit.draft:
        return Saved(visit.draft_revision)
    keep_copy(visit.id, content, revision)
    keep_copy(visit.id, visit.draft, visit.draft_revision)
    return Clash(visit.draft_revision, read_raw(visit.draft))


def begin_visit(
    assignment: Assignment, auditor_id: UUID, visit_id: UUID | None = None, *, at: datetime | None = None
) -> bool:
    """Insert the draft of an auditor's visit; False when he has one already. Commits nothing."""
    new = {
        "id": visit_id or derive_visit_id(assignment.id, auditor_id),
        "assignment_id": assignment.id,
        "version_id": assignment.version_id,
        "unit_id": assignment.unit_id,
        "employee_id": assignment.employee_id,
        "auditor_id": auditor_id,
        "state": VisitState.DRAFT.value,
        "started_at": at or now(),
    }
    # A unique index, not a look beforehand, holds one draft an auditor: two taps may run side by side.
    return insert_new(Visit, new)


def change_draft(visit_id: UUID, content: str, revision: int) -> bool:
    """Save the draft if ``revision`` is the one last saved; False when it is not, or the visit is sent."""
    statement = (
        update(Visit)
        .where(Visit.id == visit_id, Visit.state == VisitState.DRAFT.value)
        .where(Visit.draft_revision == revision)
        .values(draft=content, draft_revision=revision + 1)
        .returning(Visit.id)
        .execution_options(synchronize_session=False)
    )
    return db.session.scalar(statement) is not None


def replace_draft(visit: Visit, content: str) -> int:
    """Put ``content`` in the place of the draft, which is kept as a copy, and return the new revision."""
    if content != visit.draft:
        keep_copy(visit.id, visit.draft, visit.draft_revision)
        change_draft(visit.id, content, visit.draft_revision)
        db.session.refresh(visit)
    return visit.draft_revision


def keep_copy(visit_id: UUID, content: str, revision: int | None) -> str:
    """Keep ``content`` beside a visit and return its hash; the same content is kept once."""
    digest = hashlib.sha256(content.encode()).hexdigest()
    copy = {"id": uuid4(), "visit_id": visit_id, "content": content, "content_hash": digest}
    insert_new(DraftCopy, {**copy, "revision": revision, "kept_at": now()})
    return digest
