"""The kinds of token that accounts sign: the link of an invitation, and that of a new password."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from flask.testing import FlaskClient
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import delete
from werkzeug.test import TestResponse

from mystery.accounts.invitations import VALID_FOR
from mystery.accounts.letters import RESET_HOURS
from mystery.accounts.tokens import sign_invitation
from mystery.database import db
from mystery.models import Invitation, User
from mystery.settings import current_settings
from tests.access.token_kinds import TokenKind
from tests.accounts.routes import NEW, make_offer
from tests.cast import Cast


def make_reset_token(cast: Cast) -> str:
    """A link for our lead."""
    user = db.session.get_one(User, cast.ours.users["lead"])
    with current_app.test_request_context():
        token: str = generate_reset_password_token(user)  # type: ignore[no-untyped-call]
    return token


def use_reset_token(client: FlaskClient, token: str) -> TestResponse:
    """Set a new password."""
    return client.post(f"/new-password/{token}", data={"password": NEW, "password_confirm": NEW})


def make_invitation_token(cast: Cast) -> str:
    """A link for somebody who has no account."""
    db.session.execute(delete(Invitation))
    offer = make_offer(cast)
    return sign_invitation(current_settings().secret_key, offer.id, offer.expires_at)


def use_invitation_token(client: FlaskClient, token: str) -> TestResponse:
    """Accept the invitation."""
    answers = {"name": "Ольга", "language": "ru", "password": NEW, "password_again": NEW}
    return client.post(f"/account/invitation/{token}", data=answers)


TOKENS = [
    TokenKind(
        name="reset",
        make=make_reset_token,
        use=use_reset_token,
        accepted=lambda answer: (answer.status_code, answer.location) == (303, "/sign-in"),
        lifetime=timedelta(hours=RESET_HOURS),
        owner="lead",
    ),
    TokenKind(
        name="invitation",
        make=make_invitation_token,
        use=use_invitation_token,
        accepted=lambda answer: (answer.status_code, answer.location) == (303, "/"),
        lifetime=VALID_FOR,
    ),
]
