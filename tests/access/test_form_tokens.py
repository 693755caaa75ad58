"""Back-office forms carry a token of the session: without it, or with that of another, nothing is done."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mystery.database import db
from mystery.models import User
from tests.cast import PASSWORD, Cast

Browser = Callable[..., FlaskClient]
PROFILE = {"name": "Ольга", "language": "en", "time_zone": "Asia/Omsk"}
# Signing out needs no token: it does no harm, and must work from a page that is long out of date.
# Choosing the language before the door is no more than a cookie with two letters.
TOKENLESS = {"/sign-out", "/language"}


@pytest.fixture(autouse=True)
def tokens_checked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other tests switch the tokens off."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


class FormReader(HTMLParser):
    """Finds the forms of a page that post, and whether they carry a token."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, bool] = {}
        self._current: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "form" and (attributes.get("method") or "").lower() == "post":
            self._current = attributes.get("action") or ""
            self.forms.setdefault(self._current, False)
        elif tag == "input" and attributes.get("name") == "csrf_token" and self._current is not None:
            self.forms[self._current] = bool(attributes.get("value"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._current = None


def read_token(page: TestResponse) -> str:
    """The token in a page."""
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def test_it_takes_a_form_with_its_token(client_of: Browser, cast: Cast) -> None:
    client = client_of("hr")
    token = read_token(client.get("/account/"))
    assert client.post("/account/", data={**PROFILE, "csrf_token": token}).status_code == 303


@pytest.mark.parametrize("token", [None, "", "x", "IjEyMyI.abc.def"])
def test_it_does_nothing_without_the_right_token(client_of: Browser, cast: Cast, token: str | None) -> None:
    client = client_of("administrator")
    client.get("/account/")
    extra = {} if token is None else {"csrf_token": token}
    person = f"/account/people/{cast.ours.users['hr']}"
    for address, fields in (("/account/", PROFILE), (f"{person}/switch-off", {})):
        assert client.post(address, data={**fields, **extra}).status_code in (400, 422)
    assert db.session.get_one(User, cast.ours.users["administrator"]).name == "administrator lavka"
    assert db.session.get_one(User, cast.ours.users["hr"]).active


def test_it_does_not_take_the_token_of_another_session(client_of: Browser, cast: Cast) -> None:
    stolen = read_token(client_of("lead").get("/account/"))
    client = client_of("hr")
    client.get("/account/")
    assert client.post("/account/", data={**PROFILE, "csrf_token": stolen}).status_code == 422


def test_it_asks_for_a_token_at_the_door(client: FlaskClient, cast: Cast) -> None:
    fields = {"email": "lead@lavka.example", "password": PASSWORD}
    token = read_token(client.get("/sign-in"))
    assert client.post("/sign-in", data=fields).status_code == 400
    assert client.post("/sign-in", data={**fields, "csrf_token": token}).status_code == 303


def test_it_gives_a_new_token_after_signing_in(client: FlaskClient, cast: Cast) -> None:
    before = read_token(client.get("/sign-in"))
    fields = {"email": "lead@lavka.example", "password": PASSWORD, "csrf_token": before}
    assert client.post("/sign-in", data=fields).status_code == 303
    client.get("/account/")
    assert client.post("/account/", data={**PROFILE, "csrf_token": before}).status_code == 422


def test_it_puts_a_token_into_every_form_of_accounts(
    client_of: Browser, client: FlaskClient, cast: Cast
) -> None:
    browser = client_of("administrator")
    pages = [
        client.get("/sign-in"),
        client.get("/new-password"),
        browser.get("/account/"),
        browser.get("/account/invitations/new"),
        browser.get(f"/account/people/{cast.ours.users['hr']}"),
    ]
    reader = FormReader()
    for page in pages:
        assert page.status_code == 200
        reader.feed(page.text)
    assert len(reader.forms) > 5
    assert {action for action, has_token in reader.forms.items() if not has_token} == TOKENLESS
