"""Sessions live on the server: rotated at sign-in, limited in time, listed, and ended for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_login.utils import encode_cookie  # type: ignore[import-untyped]
from sqlalchemy import event, func, select, update
from sqlalchemy.exc import OperationalError

from mystery.accounts.devices import describe_device
from mystery.accounts.sessions import SESSION_KEY, USE_NOTED_EVERY
from mystery.app import create_app
from mystery.clock import now
from mystery.database import Base, db
from mystery.models import User, UserSession
from mystery.settings import read_settings
from tests.cast import PASSWORD, Cast

LEAD = "lead@lavka.example"
COOKIE = "mystery"


def enter(client: FlaskClient, password: str = PASSWORD) -> str:
    """Sign the lead in through the form, and return his cookie."""
    assert client.post("/sign-in", data={"email": LEAD, "password": password}).status_code == 303
    return read_cookie(client)


def read_cookie(client: FlaskClient) -> str:
    """The session cookie of a browser."""
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def holds(app: Flask, cookie: str) -> bool:
    """Whether a cookie, put into a fresh browser, opens the account page."""
    client = app.test_client()
    client.set_cookie(COOKIE, cookie)
    return client.get("/account/").status_code == 200


def read_rows(cast: Cast) -> list[UserSession]:
    """The sessions of the lead, the oldest first."""
    return list(
        db.session.scalars(
            select(UserSession)
            .where(UserSession.user_id == cast.ours.users["lead"])
            .order_by(UserSession.created_at)
        )
    )


def test_it_keeps_a_row_for_each_sign_in(client: FlaskClient, cast: Cast) -> None:
    enter(client)
    (row,) = read_rows(cast)
    assert row.ended_at is None
    with client.session_transaction() as session:
        assert session[SESSION_KEY] == row.id.hex


def test_it_gives_a_new_session_at_sign_in_whatever_the_browser_held_before(app: Flask, cast: Cast) -> None:
    """Session fixation: what an attacker planted before the sign-in opens nothing after it."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["planted"] = "yes"
        session["csrf_token"] = "known to the attacker"
        session[SESSION_KEY] = "0" * 32
    planted = read_cookie(client)
    enter(client)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != "known to the attacker"
        assert session[SESSION_KEY] != "0" * 32
    assert not holds(app, planted)


def test_it_ends_the_session_before_when_the_same_browser_signs_in_again(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    enter(client)
    with client.session_transaction() as session:
        del session["_user_id"]
    enter(client)
    first, second = read_rows(cast)
    assert first.ended_at is not None
    assert second.ended_at is None


def test_it_ends_the_session_on_the_server_at_sign_out(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    copied = enter(client)
    assert holds(app, copied)
    assert client.post("/sign-out").status_code == 303
    assert not holds(app, copied), "a copied cookie outlived the sign-out"
    assert read_rows(cast)[0].ended_at is not None
    assert client.get("/account/").status_code == 302


def test_it_signs_out_by_post_only(client: FlaskClient, cast: Cast) -> None:
    enter(client)
    assert client.get("/sign-out").status_code == 405
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize(
    ("column", "limit"),
    [("last_seen_at", "session_idle_seconds"), ("created_at", "session_absolute_seconds")],
)
def test_it_ends_a_session_after_the_limits_of_the_settings(
    app: Flask, cast: Cast, column: str, limit: str
) -> None:
    cookie = enter(app.test_client())
    seconds = getattr(app.config["MYSTERY"], limit)
    moment = now()
    for age, alive in ((seconds - 60, True), (seconds + 60, False)):
        values = {"last_seen_at": moment, "created_at": moment, column: moment - timedelta(seconds=age)}
        db.session.execute(update(UserSession).values(values))
        assert holds(app, cookie) is alive


def test_it_forgets_rows_that_are_too_old_to_open_anything(app: Flask, cast: Cast) -> None:
    enter(app.test_client())
    db.session.execute(update(UserSession).values(created_at=now() - timedelta(days=31)))
    enter(app.test_client())
    assert len(read_rows(cast)) == 1


def test_it_obeys_other_limits(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = enter(app.test_client())
    monkeypatch.setitem(app.config, "MYSTERY", replace(app.config["MYSTERY"], session_idle_seconds=0))
    assert not holds(app, cookie)


def test_it_ends_all_sessions_of_an_account_that_is_switched_off(app: Flask, cast: Cast) -> None:
    cookie = enter(app.test_client())
    db.session.execute(update(User).where(User.email == LEAD).values(active=False))
    assert not holds(app, cookie)


def test_it_ends_the_other_sessions_when_the_password_changes(app: Flask, cast: Cast) -> None:
    phone, desk = app.test_client(), app.test_client()
    old_phone, old_desk = enter(phone), enter(desk)
    answer = desk.post(
        "/account/password",
        data={
            "current_password": PASSWORD,
            "new_password": "seven green kettles",
            "new_password_again": "seven green kettles",
        },
    )
    assert answer.status_code == 303
    assert desk.get("/account/").status_code == 200, "the device at hand stays signed in"
    assert not holds(app, old_phone)
    assert not holds(app, old_desk), "the session at hand is a new one"
    assert [row.ended_at is None for row in read_rows(cast)].count(True) == 1


def test_it_lists_my_sessions_and_ends_the_one_i_choose(app: Flask, cast: Cast) -> None:
    phone, desk = app.test_client(), app.test_client()
    on_phone = enter(phone)
    enter(desk)
    row = read_rows(cast)[0]
    address = f"/account/sessions/{row.id}/end"
    assert address in desk.get("/account/").text
    assert desk.post(address).status_code == 303
    assert not holds(app, on_phone)
    assert address not in desk.get("/account/").text
    assert desk.get("/account/").status_code == 200


def test_it_ends_all_my_other_sessions_at_once(app: Flask, cast: Cast) -> None:
    desk = app.test_client()
    others = [enter(app.test_client()) for _ in range(3)]
    enter(desk)
    assert desk.post("/account/sessions/end-others").status_code == 303
    assert not any(holds(app, cookie) for cookie in others)
    assert desk.get("/account/").status_code == 200


def test_it_does_not_end_the_session_of_somebody_else(
    app: Flask, cast: Cast, client_of: Callable[..., FlaskClient]
) -> None:
    cookie = enter(app.test_client())
    row = read_rows(cast)[0]
    assert client_of("manager").post(f"/account/sessions/{row.id}/end").status_code == 404
    assert holds(app, cookie)


def test_it_notes_the_last_use_once_in_a_few_minutes_only(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    enter(client)
    writes: list[str] = []

    def watch(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("UPDATE", "BEGIN IMMEDIATE")):
            writes.append(statement)

    event.listen(db.engine, "before_cursor_execute", watch)
    try:
        for _ in range(3):
            client.get("/account/")
        assert writes == [], "a page that is only read must not write"
        seen = now() - USE_NOTED_EVERY
        db.session.execute(update(UserSession).values(last_seen_at=seen))
        db.session.commit()
        writes.clear()
        for _ in range(3):
            assert client.get("/account/").status_code == 200
        assert len([statement for statement in writes if statement.startswith("UPDATE")]) == 1
    finally:
        event.remove(db.engine, "before_cursor_execute", watch)
    assert read_rows(cast)[0].last_seen_at > seen


def test_it_shows_the_page_even_when_the_last_use_cannot_be_written(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.test_client()
    enter(client)
    db.session.execute(update(UserSession).values(last_seen_at=now() - USE_NOTED_EVERY))
    db.session.commit()
    locked = OperationalError("UPDATE", {}, Exception("database is locked"))
    monkeypatch.setattr("mystery.accounts.sessions.update", Mock(side_effect=locked))
    assert client.get("/account/").status_code == 200


def test_it_asks_the_database_nothing_for_style_sheets_and_pictures(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    enter(client)
    statements: list[str] = []

    def watch(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", watch)
    try:
        for address in ("/static/office.css", "/bootstrap/static/css/bootstrap.min.css"):
            with client.get(address) as answer:
                assert answer.status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", watch)
    assert statements == []


def test_it_opens_nothing_with_the_remember_cookie_or_tokens_of_the_libraries(app: Flask, cast: Cast) -> None:
    """Flask-Login's and Flask-Security's own ways in know nothing of our rows, so they are closed."""
    user = db.session.get_one(User, cast.ours.users["lead"])
    with app.test_request_context():
        remembered, token = encode_cookie(user.fs_uniquifier), str(user.get_auth_token())
    client = app.test_client()
    client.set_cookie("remember_token", remembered)
    assert client.get("/account/").status_code == 302
    fresh = app.test_client()
    for answer in (
        fresh.get("/account/", headers={"Authentication-Token": token}),
        fresh.get("/account/", query_string={"auth_token": token}),
    ):
        assert answer.status_code == 302


def test_it_opens_nothing_with_a_cookie_that_names_no_session(app: Flask, cast: Cast) -> None:
    user = db.session.get_one(User, cast.ours.users["lead"])
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = user.fs_uniquifier
    assert client.get("/account/").status_code == 302


def test_it_opens_nothing_with_the_session_of_another_user(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    enter(client)
    other = db.session.get_one(User, cast.ours.users["administrator"])
    with client.session_transaction() as session:
        session["_user_id"] = other.fs_uniquifier
    assert client.get("/account/").status_code == 302


def test_it_sets_a_cookie_that_scripts_and_other_sites_cannot_read(tmp_path: Path) -> None:
    """The prefix __Host- makes the browser refuse the cookie unless it is secure and of this very host."""
    settings = read_settings(
        {
            "MYSTERY_SECRET_KEY": "x" * 40,
            "MYSTERY_DATA_DIR": str(tmp_path),
            "MYSTERY_PUBLIC_URL": "https://checks.example",
        }
    )
    app = create_app(settings)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        answer = app.test_client().get("/sign-in", base_url="https://checks.example")
        db.engine.dispose()
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-mystery=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_it_keeps_the_cookie_as_long_as_the_session_may_live(client: FlaskClient, cast: Cast) -> None:
    """A phone closes the browser between two visits; the auditor stays signed in."""
    enter(client)
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    assert isinstance(cookie.expires, datetime)
    remaining = cookie.expires - now()
    assert timedelta(days=29) < remaining <= timedelta(days=30)
    client.get("/account/")
    assert "Set-Cookie" not in client.get("/account/").headers, "the cookie is not sent again and again"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", "Firefox, Linux"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_it_names_a_device_in_known_words_only(user_agent: str, words: str) -> None:
    assert describe_device(user_agent) == words


def test_it_keeps_no_more_of_a_browser_than_those_words(client: FlaskClient, cast: Cast) -> None:
    client.post(
        "/sign-in",
        data={"email": LEAD, "password": PASSWORD},
        headers={"User-Agent": "Chrome/131 (Android 14; secret-serial-number)"},
    )
    assert read_rows(cast)[0].device == "Chrome, Android"
    assert db.session.scalar(select(func.count()).select_from(UserSession)) == 1
