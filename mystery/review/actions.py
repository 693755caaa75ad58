"""What a reviewer decides: take a held visit as it is, return it, or settle what else was raised."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from mystery.access.scopes import NotYours, Reach
from mystery.clock import now
from mystery.database import db, insert_new
from mystery.models import DraftCopy, FlagKind, Visit, VisitFlag, VisitState
from mystery.review.cases import find_refusal, find_reviewed, hash_content, read_detail
from mystery.sheets.frozen_visit import freeze_visit
from mystery.sheets.raw_sheet import RawSheet, read_part, read_raw
from mystery.sheets.submission import Refused, check_visit
from mystery.sheets.visit_facts import FactFault

LONGEST_REASON = 4000


class Decision(StrEnum):
    """What was decided about one thing that was raised."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    SENT_KEPT = "sent_kept"
    OTHER_TAKEN = "other_taken"
    KEPT_ASIDE = "kept_aside"
    SEEN = "seen"


# A held visit is taken or returned, which is more than a word; everything else has one answer.
DECISIONS: dict[FlagKind, Decision] = {
    FlagKind.DIFFERS: Decision.SENT_KEPT,
    FlagKind.SET_ASIDE: Decision.KEPT_ASIDE,
    FlagKind.CLOCK: Decision.SEEN,
    FlagKind.UNREADABLE_FILE: Decision.SEEN,
}


class Outcome(Enum):
    """What came of a decision; nothing was changed unless it is DONE or SET_ASIDE."""

    DONE = auto()
    # Taken, but another visit of the same assignment counts already.
    SET_ASIDE = auto()
    # Somebody had decided before.
    ALREADY = auto()
    # Others have read the report, or answers of it were corrected: its version stays.
    BARRED = auto()
    # The auditor has begun the same assignment anew, and can have one draft of it only.
    OTHER_DRAFT = auto()


@dataclass(frozen=True)
class FactsMissing:
    """The visit cannot be taken until these facts are given; nothing was changed."""

    faults: tuple[FactFault, ...]


def take_visit(reach: Reach, visit_id: UUID, given: Mapping[str, str]) -> Outcome | FactsMissing:
    """Score and freeze a held visit with what is in it.

    ``given`` are facts ("date", "employee") in the words of a raw sheet; they stand in only where what was
    sent cannot be used, and what was sent stays as it is. Raises NotYours.
    """
    visit = find_reviewed(reach, visit_id, lock=True)
    if visit.state != VisitState.HELD.value or visit.submitted_at is None:
        return leave(Outcome.ALREADY)
    sent = read_raw(visit.raw_answers or "{}")
    needed = list_needed_facts(find_refusal(visit, sent))
    completed = complete_facts(sent, {name: given.get(name, "") for name in needed})
    checked = check_visit(visit, completed, received_at=visit.submitted_at, as_it_is=True)
    if isinstance(checked, Refused):
        db.session.rollback()
        return FactsMissing(checked.faults)
    raw, submitted_at = visit.raw_answers or "{}", visit.submitted_at
    if not freeze_visit(visit_id, checked, raw=raw, submitted_at=submitted_at, was=VisitState.HELD):
        return leave(Outcome.ALREADY)
    settle_held(reach, visit_id, Decision.ACCEPTED, {"given": sorted(needed)} if needed else {})
    db.session.refresh(visit)
    outcome = Outcome.DONE if visit.state == VisitState.SUBMITTED.value else Outcome.SET_ASIDE
    db.session.commit()
    return outcome


def return_visit(reach: Reach, visit_id: UUID, reason: str) -> Outcome:
    """Give a held visit back to its auditor with a reason: what he sent is his draft again, and a copy of
    it is kept. Raises NotYours, and ValueError for a blank reason.
    """
    if not reason.strip():
        raise ValueError("an auditor is told what to mend")
    visit = find_reviewed(reach, visit_id, lock=True)
    if visit.state != VisitState.HELD.value or visit.raw_answers is None:
        return leave(Outcome.ALREADY)
    revision = visit.draft_revision
    _keep_copy(visit.id, visit.raw_answers)
    values = {
        "state": VisitState.DRAFT.value,
        "draft": visit.raw_answers,
        "draft_revision": revision + 1,
        "returned_reason": reason,
        "raw_answers": None,
        "submitted_at": None,
        # What was read from the facts on arrival: the draft may say something else when it comes back.
        "visited_at": None,
        "visited_on": None,
        "employee_id": visit.assignment.employee_id,
        "employee_note": "",
    }
    try:
        with db.session.begin_nested():
            returned = _change_held(visit_id, values)
    except IntegrityError:
        return leave(Outcome.OTHER_DRAFT)
    if not returned:
        return leave(Outcome.ALREADY)
    # The revision tells this holding from the next one, should the visit be held again.
    settle_held(reach, visit_id, Decision.RETURNED, {"returned": revision})
    db.session.commit()
    return Outcome.DONE


def settle_flag(reach: Reach, visit_id: UUID, flag_id: UUID) -> Outcome:
    """Settle something that was raised, other than that the visit is held. Raises NotYours."""
    flag = find_flag(reach, visit_id, flag_id)
    decision = DECISIONS.get(FlagKind(flag.kind))
    if decision is None:
        raise NotYours
    if flag.kind == FlagKind.DIFFERS.value and names_counted_version(visit_id, flag):
        decision = Decision.OTHER_TAKEN
    values = {"settled_at": now(), "settled_by_id": reach.user_id, "decision": decision.value}
    statement = (
        update(VisitFlag)
        .where(VisitFlag.id == flag_id, VisitFlag.settled_at.is_(None))
        .values(values)
        .returning(VisitFlag.id)
    )
    settled = db.session.scalar(statement) is not None
    db.session.commit()
    return Outcome.DONE if settled else Outcome.ALREADY


def reopen_flag(reach: Reach, visit_id: UUID, flag_id: UUID) -> Outcome:
    """Undo the settling of a flag; what was taken or returned stays so. Raises NotYours."""
    flag = find_flag(reach, visit_id, flag_id)
    if FlagKind(flag.kind) not in DECISIONS:
        raise NotYours
    reopened = flag.settled_at is not None
    flag.settled_at, flag.settled_by_id, flag.decision = None, None, ""
    db.session.commit()
    return Outcome.DONE if reopened else Outcome.ALREADY


def names_counted_version(visit_id: UUID, flag: VisitFlag) -> bool:
    """Whether the copy that a flag is about was chosen to count."""
    chosen = db.session.get_one(Visit, visit_id).chosen_answers
    return chosen is not None and read_detail(flag.detail).get("copy") == hash_content(chosen)


def list_needed_facts(refused: Refused) -> frozenset[str]:
    """Which facts of a raw sheet a reviewer has to give: "date", "employee", both or none."""
    return frozenset("employee" if fault.is_about_employee else "date" for fault in refused.faults)


def complete_facts(sent: RawSheet, given: Mapping[str, str]) -> dict[str, Any]:
    """What was sent, with the facts of a reviewer in the place of its own."""
    return {**sent, "visit": {**read_part(sent, "visit"), **given}}


def find_flag(reach: Reach, visit_id: UUID, flag_id: UUID) -> VisitFlag:
    """Something that was raised about a visit which lies on the person's desk; raises NotYours."""
    visit = find_reviewed(reach, visit_id, lock=True)
    flag = db.session.scalar(select(VisitFlag).where(VisitFlag.id == flag_id, VisitFlag.visit_id == visit.id))
    # What was raised about a visit that is with its auditor again waits until the visit comes back.
    if flag is None or visit.state == VisitState.DRAFT.value:
        raise NotYours
    return flag


def _change_held(visit_id: UUID, values: Mapping[str, Any]) -> bool:
    statement = (
        update(Visit)
        .where(Visit.id == visit_id, Visit.state == VisitState.HELD.value)
        .values(**values)
        .returning(Visit.id)
        .execution_options(synchronize_session=False)
    )
    return db.session.scalar(statement) is not None


def settle_held(reach: Reach, visit_id: UUID, decision: Decision, remark: Mapping[str, Any]) -> None:
    """Settle why the visit was held; ``remark`` is added to the detail of each such flag."""
    flags = db.session.scalars(
        select(VisitFlag).where(
            VisitFlag.visit_id == visit_id,
            VisitFlag.kind == FlagKind.INCOMPLETE.value,
            VisitFlag.settled_at.is_(None),
        )
    )
    for flag in flags:
        flag.detail = json.dumps(
            {**read_detail(flag.detail), **remark}, sort_keys=True, separators=(",", ":")
        )
        flag.settled_at, flag.settled_by_id, flag.decision = now(), reach.user_id, decision.value


def _keep_copy(visit_id: UUID, content: str) -> None:
    copy = {"id": uuid4(), "visit_id": visit_id, "content": content, "content_hash": hash_content(content)}
    insert_new(DraftCopy, {**copy, "revision": None, "kept_at": now()})


def leave(outcome: Outcome) -> Outcome:
    """Change nothing, and say so."""
    db.session.rollback()
    return outcome
