"""The first page leads to a person's own work, and everybody chooses his language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from mystery.database import db
from mystery.models import User
from tests.cast import Cast


@pytest.mark.parametrize(
    ("role", "first_page"),
    [
        ("auditor", "/capture/"),
        ("lead", "/visits/"),
        ("manager", "/visits/"),
        ("hr", "/visits/"),
        ("employee", "/visits/"),
        ("administrator", "/checklists/"),
    ],
)
def test_it_takes_each_person_to_the_first_page_of_his_work(
    client_of: Callable[..., FlaskClient], role: str, first_page: str
) -> None:
    answer = client_of(role).get("/")
    assert answer.status_code == 302
    assert answer.location.rstrip("/") == first_page.rstrip("/")


def test_it_keeps_the_language_a_person_chooses(client_of: Callable[..., FlaskClient], cast: Cast) -> None:
    browser = client_of("hr")
    answer = browser.post("/language", data={"language": "en", "back": "/visits/"})
    assert answer.location == "/visits/"
    db.session.expire_all()
    user = db.session.get(User, cast.ours.users["hr"])
    assert user is not None
    assert user.language == "en"
    assert '<html lang="en">' in browser.get("/visits/").get_data(as_text=True)


def test_it_remembers_the_language_of_a_stranger_in_the_browser(client: FlaskClient) -> None:
    client.post("/language", data={"language": "en", "back": "/"})
    assert '<html lang="en">' in client.get("/sign-in").get_data(as_text=True)


@pytest.mark.parametrize("language", ["", "de", "ru'; --", "en" * 4000])
def test_it_ignores_a_language_it_does_not_speak(
    client_of: Callable[..., FlaskClient], cast: Cast, language: str
) -> None:
    assert client_of("hr").post("/language", data={"language": language}).status_code == 303
    db.session.expire_all()
    user = db.session.get(User, cast.ours.users["hr"])
    assert user is not None
    assert user.language == "ru"


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\\b", "javascript:alert(1)", ""]
)
def test_it_never_sends_anybody_to_another_site(client: FlaskClient, back: str) -> None:
    assert client.post("/language", data={"language": "en", "back": back}).location == "/"
