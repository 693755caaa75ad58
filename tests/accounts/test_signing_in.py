"""Signing in: one answer for every failure, in the same time, and a place on this site afterwards."""

from __future__ import annotations

import re
import time
from unittest.mock import Mock

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from flask_security import verify_password
from sqlalchemy import update
from werkzeug.test import TestResponse

from mystery.database import db
from mystery.models import User
from tests.cast import PASSWORD, Cast

LEAD = "lead@lavka.example"
STRANGER = "nobody@lavka.example"


def knock(client: FlaskClient, email: str, password: str, **extra: str) -> TestResponse:
    """Send the sign-in form."""
    return client.post("/sign-in", data={"email": email, "password": password, **extra})


def test_it_lets_a_person_in_with_the_right_password(client: FlaskClient, cast: Cast) -> None:
    answer = knock(client, LEAD, PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("email", ["LEAD@Lavka.Example", "  lead@lavka.example "])
def test_it_reads_an_address_however_it_is_written(client: FlaskClient, cast: Cast, email: str) -> None:
    assert knock(client, email, PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (LEAD, "not the password at all"),
        (STRANGER, PASSWORD),
        ("not an address", PASSWORD),
        (LEAD, ""),
        ("", ""),
        (LEAD, PASSWORD + "\0"),
        ("\0" + LEAD, PASSWORD),
        (LEAD, "x" * 100_000),
        ("x" * 100_000 + "@example.com", PASSWORD),
    ],
)
def test_it_answers_every_failure_alike(client: FlaskClient, cast: Cast, email: str, password: str) -> None:
    answer = knock(client, email, password)
    assert answer.status_code == 422
    assert answer.text.count('id="refused"') == 1
    assert client.get("/account/").status_code == 302


def read_words(answer: TestResponse) -> str:
    """The page without its form token, which differs from one second to the next."""
    return re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", answer.text)


def test_it_says_the_same_words_for_a_known_and_an_unknown_account(client: FlaskClient, cast: Cast) -> None:
    known = read_words(knock(client, LEAD, "not the password at all")).replace(LEAD, "")
    unknown = read_words(knock(client, STRANGER, "not the password at all")).replace(STRANGER, "")
    assert known == unknown


def test_it_keeps_a_switched_off_account_out_without_saying_why(client: FlaskClient, cast: Cast) -> None:
    db.session.execute(update(User).where(User.email == LEAD).values(active=False))
    right, wrong = knock(client, LEAD, PASSWORD), knock(client, LEAD, "not the password at all")
    assert right.status_code == wrong.status_code == 422
    assert read_words(right) == read_words(wrong)


@pytest.mark.parametrize("email", [LEAD, STRANGER])
def test_it_computes_one_hash_whether_or_not_the_account_exists(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    check = Mock(wraps=verify_password)
    monkeypatch.setattr("mystery.accounts.passwords.verify_password", check)
    knock(client, email, "not the password at all")
    assert check.call_count == 1


def test_it_takes_the_same_time_for_a_known_and_an_unknown_account(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Measured is our own work, not the clock on the wall: what else a machine does says nothing here."""
    monkeypatch.setattr("mystery.web.throttle.Throttle._refuse_when_full", lambda *_arguments: None)
    spent: dict[str, list[float]] = {LEAD: [], STRANGER: []}
    for _round in range(16):
        for email, seconds in spent.items():
            begun = time.process_time()
            knock(client, email, "not the password at all")
            seconds.append(time.process_time() - begun)
    # The least of many: other work can only add to what an answer costs, never take from it.
    known, unknown = (min(seconds) for seconds in spent.values())
    # Without the hash of nobody the unknown account would answer in a third of the time.
    assert 0.75 < known / unknown < 1.33, f"known {known * 1000:.1f} ms, unknown {unknown * 1000:.1f} ms"


def test_it_hashes_with_argon2id_at_two_passes_over_nineteen_megabytes(app: Flask, cast: Cast) -> None:
    user = db.session.get_one(User, cast.ours.users["lead"])
    assert str(user.password).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_it_makes_an_outdated_hash_anew(client: FlaskClient, cast: Cast) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    db.session.execute(update(User).where(User.email == LEAD).values(password=weak))
    assert knock(client, LEAD, PASSWORD).status_code == 303
    user = db.session.get_one(User, cast.ours.users["lead"])
    assert "m=19456,t=2" in str(user.password)
    assert knock(client.application.test_client(), LEAD, PASSWORD).status_code == 303


def test_it_leads_on_to_the_page_that_was_asked_for(client: FlaskClient, cast: Cast) -> None:
    asked = client.get("/account/?a=1")
    assert asked.status_code == 302
    page = client.get(asked.location)
    assert 'value="/account/?a=1"' in page.text
    assert knock(client, LEAD, PASSWORD, next="/account/?a=1").location == "/account/?a=1"


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    " //evil.example/",
    "javascript:alert(1)",
    "evil.example",
    "/\u200b/evil.example",
    "/" + "x" * 5000,
]


@pytest.mark.parametrize("place", ELSEWHERE)
def test_it_never_leads_to_another_site(client: FlaskClient, cast: Cast, place: str) -> None:
    page = client.get("/sign-in", query_string={"next": place})
    assert (page.status_code, page.location) == (302, "/sign-in")
    assert knock(client, LEAD, PASSWORD, next=place).status_code == 400
    answer = client.post("/sign-in", query_string={"next": place}, data={"email": LEAD, "password": PASSWORD})
    assert answer.status_code == 400
    assert client.get("/account/").status_code == 302


def test_it_sends_whoever_is_signed_in_already_to_the_first_page(client: FlaskClient, cast: Cast) -> None:
    knock(client, LEAD, PASSWORD)
    assert client.get("/sign-in").location == "/"


@pytest.mark.parametrize("body", ["5", "[]", "{}", "{", '{"email": "lead@lavka.example"}'])
def test_it_takes_forms_only(client: FlaskClient, cast: Cast, body: str) -> None:
    answer = client.post("/sign-in", data=body, content_type="application/json")
    assert answer.status_code == 415


def test_it_never_answers_with_tokens(client: FlaskClient, cast: Cast) -> None:
    answer = client.post(
        "/sign-in?include_auth_token",
        data={"email": LEAD, "password": PASSWORD},
        headers={"Accept": "application/json"},
    )
    assert answer.mimetype == "text/html"
    assert "token" not in answer.text


def test_it_offers_the_browser_to_fill_in_the_form(client: FlaskClient, cast: Cast) -> None:
    page = client.get("/sign-in").text
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_it_says_nothing_of_shops_or_checks_before_the_door(client: FlaskClient, cast: Cast) -> None:
    """An auditor may sign in with somebody looking over his shoulder."""
    page = client.get("/sign-in", headers={"Accept-Language": "en"}).text.lower()
    assert not [word for word in ("audit", "shopper", "shop", "check", "visit") if word in page]
