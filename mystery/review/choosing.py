"""What a reviewer decides about a visit that was sent twice: which of its versions counts."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from mystery.access.scopes import Reach
from mystery.clock import now
from mystery.database import db
from mystery.jobs.asking import ask_for_printing
from mystery.models import VisitState
from mystery.review.actions import (
    Decision,
    FactsMissing,
    Outcome,
    complete_facts,
    find_flag,
    leave,
    list_needed_facts,
    settle_held,
)
from mystery.review.cases import find_reviewed
from mystery.review.versions import weigh_version
from mystery.sheets.chosen_visit import count_version
from mystery.sheets.submission import Refused, check_visit


def choose_version(
    reach: Reach, visit_id: UUID, flag_id: UUID, *, digest: str, given: Mapping[str, str]
) -> Outcome | FactsMissing:
    """Let the version count that does not count now, if that is the one named ``digest``; keep both.

    It is taken as it is, as a held visit is, and ``given`` facts stand in where its own cannot be used. A
    held visit is thereby taken. Raises NotYours.
    """
    visit = find_reviewed(reach, visit_id, lock=True)
    flag = find_flag(reach, visit_id, flag_id)
    other = weigh_version(visit, flag)
    if other is None or other.digest != digest or visit.submitted_at is None:
        return leave(Outcome.ALREADY)
    if other.bar is not None:
        return leave(Outcome.BARRED)
    needed = list_needed_facts(other.refused)
    completed = complete_facts(other.raw, {name: given.get(name, "") for name in needed})
    checked = check_visit(visit, completed, received_at=visit.submitted_at, as_it_is=True)
    if isinstance(checked, Refused):
        db.session.rollback()
        return FactsMissing(checked.faults)
    was_held = visit.state == VisitState.HELD.value
    if not count_version(visit, checked, other.content):
        return leave(Outcome.ALREADY)
    decision = Decision.SENT_KEPT if other.is_first else Decision.OTHER_TAKEN
    flag.settled_at, flag.settled_by_id, flag.decision = now(), reach.user_id, decision.value
    if was_held:
        settle_held(reach, visit_id, Decision.ACCEPTED, {"given": sorted(needed)} if needed else {})
    ask_for_printing(visit_id, f"chosen {other.digest}")
    db.session.flush()
    db.session.refresh(visit)
    outcome = Outcome.SET_ASIDE if was_held and visit.state == VisitState.SET_ASIDE.value else Outcome.DONE
    db.session.commit()
    return outcome
