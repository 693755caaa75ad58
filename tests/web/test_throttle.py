"""Throttle: too many attempts are refused for a while, whichever worker they reach."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from mystery.clock import now
from mystery.database import db
from mystery.models import SignInAttempt
from mystery.web.throttle import RESET, SIGN_IN, Limits, Throttle, TooManyAttempts
from tests.cast import PASSWORD, Cast

LEAD = "lead@lavka.example"


def knock(
    client: FlaskClient, email: str, password: str = "wrong", address: str = "10.0.0.1"
) -> TestResponse:
    """Send the sign-in form from an address."""
    return client.post(
        "/sign-in",
        data={"email": email, "password": password},
        environ_overrides={"REMOTE_ADDR": address},
    )


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No argon2: these tests count attempts and check no passwords."""
    monkeypatch.setattr("mystery.accounts.authentication.check_password", lambda *_arguments: False)


@pytest.mark.parametrize("email", [LEAD, "nobody@lavka.example", "not an address"])
def test_it_refuses_the_seventh_attempt_on_any_account_known_or_not(
    client: FlaskClient, cast: Cast, quick: None, email: str
) -> None:
    assert [knock(client, email).status_code for _ in range(6)] == [422] * 6
    refused = knock(client, email)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= SIGN_IN.within.total_seconds() + 1


def test_it_refuses_the_right_password_as_well_while_it_waits(client: FlaskClient, cast: Cast) -> None:
    for _ in range(6):
        knock(client, LEAD)
    assert knock(client, LEAD, PASSWORD).status_code == 429


def test_it_counts_together_what_reaches_different_workers(app: Flask, cast: Cast, quick: None) -> None:
    workers = [app.test_client() for _ in range(7)]
    assert [knock(worker, LEAD).status_code for worker in workers] == [422] * 6 + [429]


def test_it_lets_no_more_through_when_all_try_at_once(app: Flask, cast: Cast, quick: None) -> None:
    """An attempt is counted before the password is looked at, so none finds the count still low."""
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _number: knock(app.test_client(), LEAD).status_code, range(20)))
    assert sorted(answers) == [422] * 6 + [429] * 14


def test_it_lets_the_owner_in_from_elsewhere_while_one_address_is_refused(
    client: FlaskClient, cast: Cast
) -> None:
    for _ in range(7):
        knock(client, LEAD, address="10.0.0.1")
    assert knock(client, LEAD, PASSWORD, address="10.0.0.2").status_code == 303


def test_it_refuses_guesses_that_are_spread_over_many_addresses(
    client: FlaskClient, cast: Cast, quick: None
) -> None:
    answers = [knock(client, LEAD, address=f"10.0.1.{number}").status_code for number in range(31)]
    assert answers == [422] * 30 + [429]


def test_it_refuses_an_address_that_tries_one_account_after_another(
    client: FlaskClient, cast: Cast, quick: None
) -> None:
    answers = [knock(client, f"user{number}@lavka.example").status_code for number in range(61)]
    assert answers == [422] * 60 + [429]


def test_it_takes_all_addresses_of_one_ipv6_subscriber_for_one(
    client: FlaskClient, cast: Cast, quick: None
) -> None:
    answers = [knock(client, LEAD, address=f"2001:db8::{number:x}").status_code for number in range(1, 8)]
    assert answers == [422] * 6 + [429]


def test_it_lets_a_person_try_again_when_the_time_is_over(client: FlaskClient, cast: Cast) -> None:
    for _ in range(7):
        knock(client, LEAD)
    db.session.execute(update(SignInAttempt).values(attempted_at=now() - SIGN_IN.within))
    assert knock(client, LEAD, PASSWORD).status_code == 303


def test_it_forgets_the_slips_of_a_person_who_came_in(client: FlaskClient, cast: Cast) -> None:
    for _ in range(5):
        knock(client, LEAD)
    assert knock(client, LEAD, PASSWORD).status_code == 303
    fresh = client.application.test_client()
    assert [knock(fresh, LEAD).status_code for _ in range(2)] == [422, 422]


def test_it_does_not_count_a_whole_office_that_signs_in_from_one_address(app: Flask, cast: Cast) -> None:
    for _round in range(12):
        for role in ("lead", "manager", "hr"):
            assert knock(app.test_client(), f"{role}@lavka.example", PASSWORD).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(SignInAttempt)) == 0


def test_it_keeps_the_count_of_an_address_when_somebody_signs_in_to_his_own_account(
    app: Flask, cast: Cast
) -> None:
    """Otherwise a thief with one account could wipe away his guesses at the others."""
    throttle = Throttle("k" * 40)
    limits = Limits("test", timedelta(minutes=5), account_here=50, account=50, address=3)
    for victim in ("a", "b"):
        throttle.count(limits, account=victim, address="10.0.0.1")
    throttle.take_back(throttle.count(limits, account="thief", address="10.0.0.1"))
    throttle.count(limits, account="c", address="10.0.0.1")
    with pytest.raises(TooManyAttempts):
        throttle.count(limits, account="d", address="10.0.0.1")


def test_it_keeps_no_address_and_no_account_in_the_table(
    client: FlaskClient, cast: Cast, quick: None
) -> None:
    knock(client, LEAD)
    subjects = list(db.session.scalars(select(SignInAttempt.subject)))
    assert len(subjects) == 3
    assert all(len(subject) == 64 and int(subject, 16) >= 0 for subject in subjects)


def test_it_digests_with_the_key_of_this_installation(app: Flask, cast: Cast) -> None:
    for key in ("a" * 40, "b" * 40):
        Throttle(key).count(SIGN_IN, account=LEAD, address="10.0.0.1")
    assert len(set(db.session.scalars(select(SignInAttempt.subject)))) == 6


def test_it_sweeps_what_is_older_than_a_day(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mystery.web.throttle.SWEPT_EVERY", 1)
    throttle = Throttle("k" * 40)
    with time_machine.travel(now() - timedelta(days=2)):
        throttle.count(RESET, account="old", address="10.0.0.9")
    throttle.count(RESET, account="new", address="10.0.0.9")
    assert db.session.scalar(select(func.count()).select_from(SignInAttempt)) == 3


def test_it_answers_in_clear_words(client: FlaskClient, cast: Cast, quick: None) -> None:
    for _ in range(7):
        answer = client.post(
            "/sign-in", data={"email": LEAD, "password": "x"}, headers={"Accept-Language": "en"}
        )
    assert "Wait a few minutes" in answer.text
