"""An auditor's phone stays signed in between two visits; everybody else's session ends the same day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, update

from mystery.access.permissions import Role
from mystery.accounts.lifetimes import CAPTURING_ROLES
from mystery.clock import now
from mystery.database import db
from mystery.models import Grant, User, UserSession
from tests.cast import Cast

Browser = Callable[..., FlaskClient]
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def age(**columns: timedelta) -> None:
    """Make every session as old as this."""
    db.session.execute(update(UserSession).values({name: now() - span for name, span in columns.items()}))
    db.session.commit()


def is_signed_in(client: FlaskClient) -> bool:
    """Whether the browser still opens its account page."""
    return client.get("/account/").status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_it_keeps_only_who_can_only_capture_signed_in_for_days(client_of: Browser, role: Role) -> None:
    client = client_of(role.value)
    age(last_seen_at=13 * HOUR)
    assert is_signed_in(client) is (role is Role.AUDITOR)
    age(last_seen_at=14 * DAY - HOUR)
    assert is_signed_in(client) is (role is Role.AUDITOR)
    age(last_seen_at=14 * DAY + HOUR)
    assert not is_signed_in(client)


def test_it_asks_an_auditor_as_well_after_the_longest_time(client_of: Browser) -> None:
    client = client_of("auditor")
    age(created_at=30 * DAY + HOUR)
    assert not is_signed_in(client)


def test_it_shortens_the_session_of_an_auditor_who_is_given_another_role(
    client_of: Browser, cast: Cast
) -> None:
    client = client_of("auditor")
    age(last_seen_at=2 * DAY)
    user_id = cast.ours.users["auditor"]
    db.session.add(Grant(user_id=user_id, role=Role.LEAD.value, unit_id=cast.ours.units["N1"]))
    db.session.commit()
    assert not is_signed_in(client)


def test_it_does_not_take_somebody_without_any_role_for_an_auditor(client_of: Browser, cast: Cast) -> None:
    client = client_of("auditor")
    db.session.execute(delete(Grant).where(Grant.user_id == cast.ours.users["auditor"]))
    age(last_seen_at=2 * DAY)
    assert not is_signed_in(client)


def test_it_is_not_misled_by_the_roles_of_somebody_else(client_of: Browser, cast: Cast) -> None:
    lead, auditor = client_of("lead"), client_of("auditor")
    age(last_seen_at=2 * DAY)
    assert not is_signed_in(lead)
    assert is_signed_in(auditor)


def test_it_counts_as_capturing_only_roles_that_can_do_nothing_else() -> None:
    assert list(CAPTURING_ROLES) == ["auditor"]


@pytest.mark.parametrize(
    ("role", "idle"), [("auditor", "14 days without use"), ("hr", "12 hours without use")]
)
def test_it_says_on_the_account_page_how_long(
    app: Flask, client_of: Browser, cast: Cast, role: str, idle: str
) -> None:
    db.session.get_one(User, cast.ours.users[role]).language = "en"
    db.session.commit()
    page = client_of(role).get("/account/").text
    assert idle in page
    assert "After 30 days at the latest" in page


def test_it_lists_a_phone_that_rested_for_days_so_that_it_can_be_ended(
    app: Flask, client_of: Browser, cast: Cast
) -> None:
    """A phone that is lost must be found in the list for as long as it opens anything."""
    client_of("auditor")
    age(last_seen_at=10 * DAY)
    page = client_of("auditor").get("/account/").text
    assert page.count("/end") >= 1
