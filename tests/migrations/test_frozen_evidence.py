"""What is evidence cannot be changed, not even by a statement that goes past the application."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from mystery.database import db
from mystery.models import VisitState
from tests.cast import Cast
from tests.factories import make_submitted_visit
from tests.review.desk import make_held_visit, read_visit


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE checklist_version SET content = '{}'", "version_is_frozen"),
        ("UPDATE visit SET raw_answers = '{}'", "sent_visit_is_frozen"),
        ("UPDATE answer SET comment = 'другое'", "answer_is_frozen"),
        ("UPDATE access_event SET mac = 'x'", "event_is_chained"),
        ("DELETE FROM access_event", "event_stays"),
    ],
)
def test_it_refuses_to_change_evidence(
    client_of: Callable[..., FlaskClient], cast: Cast, statement: str, rule: str
) -> None:
    visit = make_submitted_visit(cast)
    client_of("manager").get(f"/visits/{visit}")
    with pytest.raises(DatabaseError, match=rule):
        db.session.execute(text(statement))
    db.session.rollback()


def test_it_still_lets_a_draft_be_written_and_a_reader_be_erased(
    client_of: Callable[..., FlaskClient], cast: Cast
) -> None:
    visit = make_submitted_visit(cast)
    client_of("manager").get(f"/visits/{visit}")
    db.session.execute(text("UPDATE access_event SET reader_id = NULL"))
    db.session.commit()


@pytest.mark.parametrize(
    "change",
    [
        "raw_answers = '{}'",
        "raw_answers = '{}', state = 'submitted', visited_on = '2026-11-05'",
        "raw_answers = '{}', state = 'set_aside', visited_on = '2026-11-05'",
        "version_id = (SELECT id FROM checklist_version WHERE id <> visit.version_id)",
    ],
)
def test_it_refuses_to_change_what_a_held_visit_says(cast: Cast, change: str) -> None:
    """It waits for a decision, and a decision is no reason to write something else into it."""
    make_held_visit(cast)
    with pytest.raises(DatabaseError, match="sent_visit_is_frozen"):
        db.session.execute(text(f"UPDATE visit SET {change}"))
    db.session.rollback()


@pytest.mark.parametrize("state", [VisitState.SUBMITTED, VisitState.SET_ASIDE])
def test_it_lets_a_held_visit_be_taken_and_no_further(cast: Cast, state: VisitState) -> None:
    visit = make_held_visit(cast)
    db.session.execute(text(f"UPDATE visit SET state = '{state.value}'"))
    db.session.commit()
    assert read_visit(visit).state == state.value
    for other in set(VisitState) - {state}:
        with pytest.raises(DatabaseError, match="sent_visit_is_frozen"):
            db.session.execute(text(f"UPDATE visit SET state = '{other.value}', raw_answers = NULL"))
        db.session.rollback()


def test_it_lets_a_held_visit_be_returned_and_come_again(cast: Cast) -> None:
    visit = make_held_visit(cast)
    moment = db.session.scalar(text("SELECT submitted_at FROM visit"))
    for change in (
        "draft = raw_answers, raw_answers = NULL, submitted_at = NULL, state = 'draft'",
        "raw_answers = '{}', submitted_at = :moment, state = 'held'",
    ):
        db.session.execute(text(f"UPDATE visit SET {change}"), {"moment": moment})
        db.session.commit()
    assert read_visit(visit).raw_answers == "{}"


@pytest.mark.parametrize("missing", ["raw_answers = NULL", "submitted_at = NULL"])
def test_it_holds_no_visit_without_its_answers_and_its_moment(cast: Cast, missing: str) -> None:
    make_held_visit(cast)
    with pytest.raises(DatabaseError, match=r"submitted_has|sent_visit_is_frozen"):
        db.session.execute(text(f"UPDATE visit SET {missing}"))
    db.session.rollback()
