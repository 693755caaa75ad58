"""Requests that another site sends are refused: by Sec-Fetch-Site, or in old browsers by the Origin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mystery.database import db
from mystery.models import User
from tests.cast import PASSWORD, Cast

Browser = Callable[..., FlaskClient]
PROFILE = {"name": "Украденное имя", "language": "en", "time_zone": "Asia/Omsk"}
SENT_BY_OTHERS = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "nonsense"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:8001"},
    {"Origin": "http://[bad"},
    {"Referer": "https://evil.example/page"},
    {"Origin": "https://evil.example", "Referer": "http://localhost/"},
    {},
]
SENT_BY_US = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://localhost"},
    {"Origin": "http://LOCALHOST"},
    {"Origin": "http://127.0.0.1:8000"},
    {"Referer": "http://localhost/account/"},
]


def without_default_headers(client: FlaskClient) -> FlaskClient:
    """The same browser, saying nothing of where its requests come from."""
    client.environ_base.pop("HTTP_SEC_FETCH_SITE")
    return client


@pytest.mark.parametrize("headers", SENT_BY_OTHERS, ids=str)
def test_it_refuses_what_another_site_sends(client_of: Browser, cast: Cast, headers: dict[str, str]) -> None:
    answer = without_default_headers(client_of("hr")).post("/account/", data=PROFILE, headers=headers)
    assert answer.status_code == 403
    assert db.session.get_one(User, cast.ours.users["hr"]).name == "hr lavka"


@pytest.mark.parametrize("headers", SENT_BY_US, ids=str)
def test_it_takes_what_our_own_pages_send(client_of: Browser, cast: Cast, headers: dict[str, str]) -> None:
    """Our own pages: of the host that the request names, or of the public address behind a proxy."""
    answer = without_default_headers(client_of("hr")).post("/account/", data=PROFILE, headers=headers)
    assert answer.status_code == 303


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_it_refuses_every_method_that_may_change_something(app: Flask, method: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    for address in ("/account/", "/sign-in", "/nowhere", "/capture/x"):
        assert app.test_client().open(address, method=method, headers=headers).status_code == 403


def test_it_lets_other_sites_link_to_our_pages(client: FlaskClient, cast: Cast) -> None:
    assert client.get("/sign-in", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_it_does_not_sign_anybody_in_for_another_site(client: FlaskClient, cast: Cast) -> None:
    """Otherwise somebody could be made to work, unnoticed, in the account of an attacker."""
    fields = {"email": "lead@lavka.example", "password": PASSWORD}
    answer = client.post("/sign-in", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("override", ["DELETE", "PUT", "POST"])
def test_it_takes_the_method_of_the_request_and_no_other(
    client_of: Browser, cast: Cast, override: str
) -> None:
    """No method override: a link that another site makes people follow stays a GET."""
    client = client_of("hr")
    answer = client.get(
        "/account/",
        query_string={"_method": override, **PROFILE},
        headers={"X-HTTP-Method-Override": override, "X-HTTP-Method": override},
    )
    assert answer.status_code == 200
    assert db.session.get_one(User, cast.ours.users["hr"]).name == "hr lavka"
