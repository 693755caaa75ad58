"""The ticket among the kinds of tokens: it lets one visit's files and report in, whoever is signed in."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from mystery.capture.own_visits import derive_visit_id
from mystery.capture.phone.tickets import DAYS_AFTER_WINDOW, Ticket, sign_ticket
from mystery.clock import now
from mystery.database import db
from mystery.models import Assignment
from tests.access.token_kinds import TokenKind
from tests.cast import Cast
from tests.factories import make_assignment
from tests.phone.device import Device, take_picture

BRIEFING = "An assignment that a ticket is for."
ONE_DAY = timedelta(days=1)


def make_ticket(cast: Cast) -> str:
    """A ticket of our auditor, for an assignment whose last day is today."""
    today = now().date()
    assignment = make_assignment(cast, window=(today, today), briefing=BRIEFING)
    user = cast.ours.users["auditor"]
    ticket = Ticket(derive_visit_id(assignment, user), assignment, user)
    return sign_ticket(current_app.config["MYSTERY"].secret_key, ticket)


def use_ticket(browser: FlaskClient, token: str) -> TestResponse:
    """Send a piece of a photo to the visit that the last ticket was made for."""
    statement = select(Assignment).where(Assignment.briefing == BRIEFING).order_by(Assignment.created_at)
    assignment = db.session.scalars(statement).all()[-1]
    visit = derive_visit_id(assignment.id, assignment.auditor_id)
    device = Device(browser, visit, assignment.version_id, assignment.id, token)
    db.session.rollback()
    return device.send_piece(take_picture(question=""), 0, b"a piece")


def is_taken(answer: TestResponse) -> bool:
    """Whether the piece is here."""
    return answer.status_code == 204


TOKENS = [
    TokenKind(
        "ticket",
        make_ticket,
        use_ticket,
        is_taken,
        DAYS_AFTER_WINDOW + 2 * ONE_DAY,
        owner="auditor",
        single_use=False,
        bearer=True,
    )
]
