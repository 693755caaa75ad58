"""Settling what was raised beside holding: one answer for each kind, kept with its name, and undoable."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from mystery.access.scopes import NotYours, load_reach
from mystery.database import db
from mystery.models import DraftCopy, FlagKind
from mystery.review.actions import Outcome, reopen_flag, return_visit, settle_flag
from tests.cast import Cast
from tests.factories import make_submitted_visit
from tests.review.desk import make_held_visit, make_twice_sent_visit, raise_flag, read_flag, read_visit

Browsers = Callable[..., FlaskClient]
DECISIONS = [
    (FlagKind.DIFFERS, "sent_kept"),
    (FlagKind.SET_ASIDE, "kept_aside"),
    (FlagKind.CLOCK, "seen"),
    (FlagKind.UNREADABLE_FILE, "seen"),
]


@pytest.fixture
def visit(cast: Cast) -> UUID:
    """A visit that counts."""
    return make_submitted_visit(cast)


@pytest.mark.parametrize(("kind", "decision"), DECISIONS)
def test_it_settles_with_name_and_moment_and_undoes_it(
    cast: Cast, visit: UUID, kind: FlagKind, decision: str
) -> None:
    reach = load_reach(cast.ours.users["lead"])
    flag_id = raise_flag(visit, kind)
    assert settle_flag(reach, visit, flag_id) is Outcome.DONE
    flag = read_flag(visit, kind)
    assert (flag.decision, flag.settled_by_id) == (decision, reach.user_id)
    assert flag.settled_at is not None
    assert settle_flag(reach, visit, flag_id) is Outcome.ALREADY
    assert reopen_flag(reach, visit, flag_id) is Outcome.DONE
    flag = read_flag(visit, kind)
    assert (flag.decision, flag.settled_by_id, flag.settled_at) == ("", None, None)
    assert reopen_flag(reach, visit, flag_id) is Outcome.ALREADY


def test_it_keeps_both_contents_whatever_is_settled(cast: Cast) -> None:
    visit_id = make_twice_sent_visit(cast)
    sent = read_visit(visit_id).raw_answers
    settle_flag(load_reach(cast.ours.users["lead"]), visit_id, read_flag(visit_id, FlagKind.DIFFERS).id)
    assert read_visit(visit_id).raw_answers == sent
    assert len(db.session.scalars(select(DraftCopy).where(DraftCopy.visit_id == visit_id)).all()) == 1


def test_it_takes_no_word_for_the_decision_about_a_held_visit(cast: Cast) -> None:
    visit_id = make_held_visit(cast)
    reach, flag = load_reach(cast.ours.users["lead"]), read_flag(visit_id)
    for decide in (settle_flag, reopen_flag):
        with pytest.raises(NotYours):
            decide(reach, visit_id, flag.id)
    assert read_flag(visit_id).settled_at is None


def test_it_settles_nothing_while_the_visit_is_with_its_auditor(cast: Cast) -> None:
    visit_id, reach = make_held_visit(cast), load_reach(cast.ours.users["lead"])
    clock = raise_flag(visit_id, FlagKind.CLOCK, {"seconds": 4000})
    return_visit(reach, visit_id, "Добавьте время.")
    with pytest.raises(NotYours):
        settle_flag(reach, visit_id, clock)


@pytest.mark.parametrize("decide", [settle_flag, reopen_flag])
def test_it_knows_only_flags_of_this_visit_and_of_this_reach(
    cast: Cast, visit: UUID, decide: Callable[..., Outcome]
) -> None:
    own, other = raise_flag(visit, FlagKind.CLOCK), make_submitted_visit(cast)
    foreign = make_submitted_visit(cast, foreign=True)
    theirs = raise_flag(foreign, FlagKind.CLOCK)
    lead = load_reach(cast.ours.users["lead"])
    for reach, asked, flag in (
        (lead, other, own),
        (lead, foreign, theirs),
        (lead, visit, theirs),
        (lead, visit, uuid4()),
        (load_reach(cast.foreign.users["lead"]), visit, own),
        (load_reach(cast.ours.users["manager"]), visit, own),
    ):
        with pytest.raises(NotYours):
            decide(reach, asked, flag)
    assert read_flag(visit, FlagKind.CLOCK).settled_at is None


def test_it_moves_what_is_settled_below_and_offers_to_undo_it(
    client_of: Browsers, cast: Cast, visit: UUID
) -> None:
    flag_id = raise_flag(visit, FlagKind.CLOCK, {"seconds": 4000})
    lead = client_of("lead")
    address = f"/review/{visit}/flags/{flag_id}"
    assert f'action="{address}/settle"' in lead.get(f"/review/{visit}").get_data(as_text=True)
    answer = lead.post(f"{address}/settle")
    assert answer.status_code == 303
    page = lead.get(answer.location).get_data(as_text=True)
    assert f'action="{address}/reopen"' in page
    assert page.index('id="questions"') < page.index(f"flag-{flag_id}")
    lead.post(f"{address}/reopen")
    assert f'action="{address}/settle"' in lead.get(f"/review/{visit}").get_data(as_text=True)


def test_it_tells_the_second_of_two_leads(client_of: Browsers, cast: Cast, visit: UUID) -> None:
    flag_id = raise_flag(visit, FlagKind.CLOCK, {"seconds": 4000})
    first, second = client_of("lead"), client_of("lead")
    first.post(f"/review/{visit}/flags/{flag_id}/settle")
    answer = second.post(f"/review/{visit}/flags/{flag_id}/settle")
    page = second.get(answer.location).get_data(as_text=True)
    assert "notice-missed" in page
    assert "lead lavka" in page
