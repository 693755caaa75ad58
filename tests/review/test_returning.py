"""Returning a held visit: the auditor goes on with what he had sent, and nothing of it is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from mystery.access.scopes import NotYours, load_reach
from mystery.capture.actions import Submitted, submit_visit
from mystery.capture.queries import read_draft
from mystery.clock import set_to
from mystery.database import db
from mystery.models import DraftCopy, FlagKind, Visit, VisitFlag, VisitState
from mystery.review.actions import Outcome, return_visit, take_visit
from mystery.review.queries import count_desk
from mystery.sheets.raw_sheet import write_raw
from tests.cast import Cast
from tests.factories import read_worked_answers
from tests.review.desk import (
    ARRIVED,
    hold_visit,
    make_held_visit,
    read_flag,
    read_visit,
    write_incomplete_sheet,
)

Browsers = Callable[..., FlaskClient]
REASON = "Добавьте, сколько вы ждали."


def test_it_makes_a_draft_again_of_what_was_sent_and_keeps_a_copy(cast: Cast) -> None:
    raw = write_incomplete_sheet(comments={"name": "Как сказано."})
    visit_id = make_held_visit(cast, raw)
    revision = read_visit(visit_id).draft_revision
    assert return_visit(load_reach(cast.ours.users["lead"]), visit_id, REASON) is Outcome.DONE
    visit = read_visit(visit_id)
    assert visit.state == VisitState.DRAFT.value
    assert visit.draft == write_raw(raw)
    assert visit.draft_revision == revision + 1, "a page opened before must not win"
    assert visit.returned_reason == REASON
    assert (visit.raw_answers, visit.submitted_at) == (None, None)
    copies = db.session.scalars(select(DraftCopy.content).where(DraftCopy.visit_id == visit_id)).all()
    assert copies == [write_raw(raw)]
    flag = read_flag(visit_id)
    assert (flag.decision, flag.settled_by_id) == ("returned", cast.ours.users["lead"])


def test_it_gives_the_auditor_everything_back_to_go_on_with(cast: Cast) -> None:
    visit_id = make_held_visit(cast)
    return_visit(load_reach(cast.ours.users["lead"]), visit_id, REASON)
    auditor = load_reach(cast.ours.users["auditor"])
    draft = read_draft(auditor, visit_id, read_visit(visit_id).version_id)
    assert draft.raw == write_incomplete_sheet()
    sent = submit_visit(auditor, visit_id, read_worked_answers("V1"), at=ARRIVED + timedelta(days=1))
    assert isinstance(sent, Submitted)
    assert read_visit(visit_id).state == VisitState.SUBMITTED.value
    assert count_desk(load_reach(cast.ours.users["lead"])).total_open == 0


def test_it_raises_the_flag_anew_when_the_visit_is_held_again(cast: Cast) -> None:
    """The same reason twice is one row; a second holding is a reason of its own."""
    reach = load_reach(cast.ours.users["lead"])
    visit_id = make_held_visit(cast)
    return_visit(reach, visit_id, REASON)
    hold_visit(visit_id, write_incomplete_sheet())
    flags = db.session.scalars(select(VisitFlag).where(VisitFlag.visit_id == visit_id)).all()
    assert sorted(flag.decision for flag in flags) == ["", "returned"]
    assert len({flag.detail for flag in flags}) == 2
    assert count_desk(reach).open[FlagKind.INCOMPLETE] == 1
    assert take_visit(reach, visit_id, {}) is Outcome.DONE
    db.session.expire_all()
    assert sorted(flag.decision for flag in flags) == ["accepted", "returned"]


def test_it_frees_the_reason_even_where_it_says_nothing_of_a_revision(cast: Cast) -> None:
    visit_id = make_held_visit(cast)
    flag = read_flag(visit_id)
    flag.detail = "{}"
    db.session.commit()
    return_visit(load_reach(cast.ours.users["lead"]), visit_id, REASON)
    assert json.loads(read_flag(visit_id).detail) == {"returned": 0}


def test_it_returns_once(cast: Cast) -> None:
    reach = load_reach(cast.ours.users["lead"])
    visit_id = make_held_visit(cast)
    assert return_visit(reach, visit_id, REASON) is Outcome.DONE
    assert return_visit(reach, visit_id, "Ещё раз.") is Outcome.ALREADY
    visit = read_visit(visit_id)
    assert (visit.returned_reason, visit.draft_revision) == (REASON, 1)


def test_it_returns_nothing_into_a_second_draft(cast: Cast) -> None:
    """An auditor has one draft of an assignment; what he began meanwhile is not thrown away."""
    visit_id = make_held_visit(cast)
    held = read_visit(visit_id)
    other = Visit(
        assignment_id=held.assignment_id,
        version_id=held.version_id,
        unit_id=held.unit_id,
        auditor_id=held.auditor_id,
    )
    db.session.add(other)
    db.session.commit()
    assert return_visit(load_reach(cast.ours.users["lead"]), visit_id, REASON) is Outcome.OTHER_DRAFT
    assert read_visit(visit_id).state == VisitState.HELD.value
    assert db.session.scalars(select(DraftCopy)).all() == []
    assert read_flag(visit_id).settled_at is None


@pytest.mark.parametrize("role", ["auditor", "manager", "hr", "employee", "administrator"])
def test_it_is_nobody_elses_decision(cast: Cast, role: str) -> None:
    visit_id = make_held_visit(cast)
    with pytest.raises(NotYours):
        return_visit(load_reach(cast.ours.users[role]), visit_id, REASON)
    with pytest.raises(NotYours):
        return_visit(load_reach(cast.foreign.users["lead"]), visit_id, REASON)


@pytest.mark.parametrize("reason", ["", "   ", "н" * 4001, "x" * 100_000])
def test_it_asks_for_a_reason_of_bearable_length(client_of: Browsers, cast: Cast, reason: str) -> None:
    visit_id = make_held_visit(cast)
    answer = client_of("lead").post(f"/review/{visit_id}/return", data={"reason": reason})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert 'id="reason-problem"' in page
    assert reason.strip() in page
    assert read_visit(visit_id).state == VisitState.HELD.value


def test_it_keeps_no_character_that_a_database_refuses(client_of: Browsers, cast: Cast) -> None:
    visit_id = make_held_visit(cast)
    client_of("lead").post(f"/review/{visit_id}/return", data={"reason": "До\0бавьте."})
    assert read_visit(visit_id).returned_reason == "Добавьте."


def test_it_sends_the_lead_on_with_a_word_of_what_was_done(client_of: Browsers, cast: Cast) -> None:
    visit_id = make_held_visit(cast)
    lead = client_of("lead")
    with set_to(ARRIVED + timedelta(days=1)):
        answer = lead.post(f"/review/{visit_id}/return", data={"reason": REASON})
    assert answer.status_code == 303
    page = lead.get(answer.location).get_data(as_text=True)
    assert REASON in page
    assert "lead lavka" in page
    assert 'role="status"' in page
