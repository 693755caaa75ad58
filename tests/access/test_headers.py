"""Security headers stand on every kind of answer, refusals and failures included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from mystery.web.headers import CONTENT_SECURITY_POLICY, HEADERS
from tests.cast import Cast

Browser = Callable[..., FlaskClient]


def check_headers(answer: Response) -> None:
    """Every header of ours is there, once, and exact."""
    for name, value in HEADERS.items():
        assert answer.headers.getlist(name) == [value], (answer.status_code, name)


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/sign-in", 200),
        ("GET", "/health", 200),
        ("GET", "/", 302),
        ("GET", "/account/", 302),
        ("POST", "/account/", 401),
        ("GET", "/nowhere", 404),
        ("GET", "/account/invitation/x", 410),
        ("DELETE", "/sign-in", 405),
        ("POST", "/sign-in", 422),
        ("POST", "/new-password/x", 303),
        ("GET", "/static/office.css", 200),
        ("GET", "/static/nowhere.css", 404),
        ("GET", "/static/../settings.py", 404),
        ("GET", "/bootstrap/static/css/bootstrap.min.css", 200),
    ],
)
def test_it_puts_headers_on_every_answer(
    client: FlaskClient, cast: Cast, method: str, address: str, status: int
) -> None:
    with client.open(address, method=method) as answer:
        assert answer.status_code == status
        check_headers(answer)


def test_it_puts_headers_on_refusals_to_people(client_of: Browser, cast: Cast) -> None:
    client = client_of("auditor")
    for answer, status in (
        (client.get("/account/people"), 403),
        (client.post("/account/", headers={"Sec-Fetch-Site": "cross-site"}), 403),
        (client.post("/sign-in", data="{", content_type="application/json"), 415),
        (client.post("/account/", data={"name": "x" * 3_000_000}), 413),
    ):
        assert answer.status_code == status
        check_headers(answer)


@pytest.fixture
def broken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database that is away."""

    def refuse(*_arguments: object, **_keywords: object) -> None:
        raise OperationalError("SELECT", {}, Exception("unable to open database file"))

    with monkeypatch.context() as patch:
        patch.setattr("sqlalchemy.orm.session.Session.execute", refuse)
        patch.setattr("sqlalchemy.orm.session.Session.scalar", refuse)
        yield


def test_it_answers_in_our_words_and_headers_when_a_view_breaks(
    client_of: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_arguments: object, **_keywords: object) -> None:
        raise RuntimeError("secret detail")

    client = client_of("administrator")
    monkeypatch.setattr("mystery.accounts.people_views.list_people", break_down)
    answer = client.get("/account/people")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    check_headers(answer)
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_answers_in_our_words_and_headers_when_the_database_is_away(
    client_of: Browser, cast: Cast, request: pytest.FixtureRequest
) -> None:
    client = client_of("administrator")
    request.getfixturevalue("broken")
    answer = client.get("/account/")
    assert answer.status_code == 500
    assert "unable to open" not in answer.text
    check_headers(answer)


def test_it_allows_no_inline_script_and_no_foreign_source() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert "default-src 'none'" in CONTENT_SECURITY_POLICY
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY


def test_it_lets_no_cache_keep_what_belongs_to_a_person(
    client_of: Browser, client: FlaskClient, cast: Cast
) -> None:
    assert client.get("/health").headers["Cache-Control"] == "no-cache"
    person = client_of("administrator")
    for address in ("/account/", "/account/people", "/", "/nowhere"):
        assert person.get(address).headers["Cache-Control"] == "no-store", address
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store", "it carries a token"


def test_it_insists_on_encryption_where_there_is_any(
    app: Flask, client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers
    monkeypatch.setitem(app.config, "MYSTERY", replace(app.config["MYSTERY"], https=True))
    assert client.get("/sign-in").headers["Strict-Transport-Security"] == "max-age=63072000"


def test_it_serves_no_file_from_outside_the_package(client: FlaskClient, app: Flask, cast: Cast) -> None:
    data = Path(app.config["MYSTERY"].data_dir)
    (data / "secret.txt").write_text("secret", encoding="utf-8")
    for address in (
        "/static/../../secret.txt",
        "/static/%2e%2e/%2e%2e/secret.txt",
        f"/static/{data}/secret.txt",
        f"/static//{data}/secret.txt",
        "/static/office.css%00.txt",
    ):
        assert client.get(address, follow_redirects=True).status_code == 404, address
