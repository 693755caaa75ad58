"""What is evidence cannot be changed, not even by a statement that goes past the application."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from mystery.database import db
from tests.cast import Cast
from tests.factories import make_submitted_visit


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
