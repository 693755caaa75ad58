"""An auditor signs in and looks at his account in a shop: no name or mark of ours may show."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mystery.access.permissions import Role
from mystery.database import db
from mystery.models import Grant, User
from tests.cast import Cast
from tests.factories import make_assignment

Browsers = Callable[..., FlaskClient]
ELSEWHERE = "/there/is/nothing/here"


def shows_our_name(page: str) -> bool:
    """Whether anything on the page says who we are."""
    return "Mystery" in page or "mark.svg" in page


def grant(cast: Cast, role: Role) -> None:
    """Give our auditor another role."""
    db.session.add(Grant(user_id=cast.ours.users["auditor"], role=role.value, unit_id=cast.ours.company))
    db.session.commit()


@pytest.fixture
def auditor(cast: Cast, client_of: Browsers) -> FlaskClient:
    """The phone of our auditor, who reads English."""
    db.session.get_one(User, cast.ours.users["auditor"]).language = "en"
    db.session.commit()
    browser: FlaskClient = client_of("auditor")
    return browser


@pytest.mark.parametrize("address", ["/account/", ELSEWHERE, "/visits/", f"/visits/{UUID(int=1)}"])
def test_it_calls_every_page_of_an_auditor_lists(auditor: FlaskClient, address: str) -> None:
    page = auditor.get(address)
    assert page.status_code in (200, 403, 404)
    assert not shows_our_name(page.text)
    assert "· Lists</title>" in page.text
    assert "My visits" not in page.text


@pytest.mark.parametrize("role", ["lead", "manager", "hr", "employee", "administrator"])
def test_it_keeps_our_name_for_everybody_else(client_of: Browsers, role: str) -> None:
    assert shows_our_name(client_of(role).get("/account/").text)


def test_it_keeps_our_name_for_an_auditor_with_other_work(auditor: FlaskClient, cast: Cast) -> None:
    """He needs the menu; his other pages could not be neutral anyway."""
    grant(cast, Role.LEAD)
    page = auditor.get("/account/").text
    assert shows_our_name(page)
    assert "My visits" in page


def test_it_lets_a_phone_sign_in_unnoticed_that_had_the_lists_open(auditor: FlaskClient) -> None:
    auditor.get("/capture")
    auditor.post("/sign-out")
    for address in ("/sign-in", "/forgotten", ELSEWHERE):
        assert not shows_our_name(auditor.get(address).text), address


def test_it_remembers_the_lists_on_any_page_of_theirs(auditor: FlaskClient, cast: Cast) -> None:
    assignment = make_assignment(cast)
    for address in ("/capture", f"/capture/assignments/{assignment}"):
        auditor.delete_cookie("lists")
        answer = auditor.get(address)
        (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("lists=")]
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        assert "lists=" not in str(auditor.get(address).headers.getlist("Set-Cookie")), "said once"


def test_it_shows_strangers_who_we_are(app: Flask, client: FlaskClient) -> None:
    assert shows_our_name(client.get("/sign-in").text)
    assert "lists=" not in str(client.get("/sign-in").headers.getlist("Set-Cookie"))


def test_it_stays_neutral_for_an_auditor_whose_role_was_withdrawn(auditor: FlaskClient, cast: Cast) -> None:
    auditor.get("/capture")
    db.session.query(Grant).filter_by(user_id=cast.ours.users["auditor"]).delete()
    db.session.commit()
    assert not shows_our_name(auditor.get("/").text)
