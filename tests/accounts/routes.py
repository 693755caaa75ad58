"""The permission matrix of accounts: everybody has an account, administrators manage those of their units."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mystery.access.permissions import Role
from mystery.access.scopes import load_reach
from mystery.accounts.invitations import Invitee, Offer, invite
from mystery.accounts.tokens import sign_invitation
from mystery.database import db
from mystery.models import Grant, UserSession
from mystery.settings import current_settings
from tests.access.matrix import Route
from tests.cast import PASSWORD, Cast

EVERYBODY = dict.fromkeys((role.value for role in Role), 200)
EVERYBODY_DONE = dict.fromkeys(EVERYBODY, 303)
ADMIN = {"administrator": 200}
ADMIN_DONE = {"administrator": 303}
NEW = "seven green kettles"


def a_profile(_cast: Cast) -> dict[str, Any]:
    """One's name, language and time zone."""
    return {"name": "Ольга", "language": "ru", "time_zone": "Europe/Moscow"}


def a_password(_cast: Cast) -> dict[str, Any]:
    """A new password."""
    return {"current_password": PASSWORD, "new_password": NEW, "new_password_again": NEW}


def a_session_of_our_hr(cast: Cast) -> dict[str, Any]:
    """A session that belongs to one person only."""
    owner = UserSession.user_id == cast.ours.users["hr"]
    return {"session_id": db.session.scalars(select(UserSession.id).where(owner)).first()}


def our_hr(cast: Cast) -> dict[str, Any]:
    """The person of our HR."""
    return {"user_id": cast.ours.users["hr"]}


def a_role_of_our_hr(cast: Cast) -> dict[str, Any]:
    """The role of our HR."""
    grant = db.session.scalar(select(Grant.id).where(Grant.user_id == cast.ours.users["hr"]))
    return {**our_hr(cast), "grant_id": grant}


def a_role(cast: Cast) -> dict[str, Any]:
    """One more role."""
    return {"role": "manager", "unit": cast.ours.units["N1"]}


def an_invitee(cast: Cast) -> dict[str, Any]:
    """Somebody new."""
    return {**a_role(cast), "email": "olga@lavka.example", "name": "Ольга", "language": "ru"}


def make_offer(cast: Cast) -> Offer:
    """An open invitation to N1."""
    reach = load_reach(cast.ours.users["administrator"])
    invitee = Invitee("new@lavka.example", "Ольга", "ru", Role.MANAGER, cast.ours.units["N1"])
    offer = invite(reach, invitee)
    if not isinstance(offer, Offer):
        raise AssertionError(offer)
    return offer


def an_invitation(cast: Cast) -> dict[str, Any]:
    """An open invitation, as the administrator sees it."""
    return {"invitation_id": make_offer(cast).id}


def a_link(cast: Cast) -> dict[str, Any]:
    """The link of an open invitation."""
    offer = make_offer(cast)
    return {"token": sign_invitation(current_settings().secret_key, offer.id, offer.expires_at)}


def an_acceptance(_cast: Cast) -> dict[str, Any]:
    """What the invited person fills in."""
    return {"name": "Ольга", "language": "ru", "password": NEW, "password_again": NEW}


def no_token(_cast: Cast) -> dict[str, Any]:
    """A link that nobody signed."""
    return {"token": "x"}


def right_password(_cast: Cast) -> dict[str, Any]:
    """The sign-in form of our lead."""
    return {"email": "lead@lavka.example", "password": PASSWORD}


def an_address(_cast: Cast) -> dict[str, Any]:
    """The form that asks for a link."""
    return {"email": "lead@lavka.example"}


SENT_ON = dict.fromkeys(EVERYBODY, 302)
# Whoever is signed in under another address is told that the invitation is not for him.
NOT_FOR_YOU = dict.fromkeys(EVERYBODY, 403)

ROUTES = [
    Route("security.login", public=200, opens=SENT_ON),
    Route("security.login", "POST", public=303, form=right_password),
    Route("security.logout", "POST", public=303),
    Route("security.forgot_password", public=200),
    Route("security.forgot_password", "POST", public=303, form=an_address),
    Route("security.reset_password", public=302, values=no_token),
    Route("security.reset_password", "POST", public=303, values=no_token),
    Route("accounts.show_account", opens=EVERYBODY, foreign=200),
    Route("accounts.save_profile", "POST", opens=EVERYBODY_DONE, form=a_profile, foreign=303),
    Route("accounts.change_password", "POST", opens=EVERYBODY_DONE, form=a_password, foreign=303),
    Route(
        "accounts.end_session",
        "POST",
        opens={**dict.fromkeys(EVERYBODY, 404), "hr": 303},
        values=a_session_of_our_hr,
    ),
    Route("accounts.end_other_sessions", "POST", opens=EVERYBODY_DONE, foreign=303),
    Route("accounts.list_users", opens=ADMIN, foreign=200),
    Route("accounts.show_user", opens=ADMIN, values=our_hr),
    Route("accounts.grant_role", "POST", opens=ADMIN_DONE, values=our_hr, form=a_role),
    Route("accounts.withdraw_role", "POST", opens=ADMIN_DONE, values=a_role_of_our_hr),
    Route("accounts.switch_off", "POST", opens=ADMIN_DONE, values=our_hr),
    Route("accounts.switch_on", "POST", opens=ADMIN_DONE, values=our_hr),
    Route("accounts.list_invitations", opens=ADMIN, foreign=200),
    Route("accounts.start_invitation", opens=ADMIN, foreign=200),
    # A unit of another company is no choice of the form, so it is told beside the field.
    Route("accounts.make_invitation", "POST", opens=ADMIN_DONE, form=an_invitee, foreign=422),
    Route("accounts.show_invitation", opens=ADMIN, values=an_invitation),
    Route("accounts.send_invitation_again", "POST", opens=ADMIN_DONE, values=an_invitation),
    Route("accounts.withdraw_invitation", "POST", opens=ADMIN_DONE, values=an_invitation),
    Route("accounts.show_offer", public=200, opens=NOT_FOR_YOU, values=a_link),
    Route("accounts.accept_offer", "POST", public=303, opens=NOT_FOR_YOU, values=a_link, form=an_acceptance),
]
