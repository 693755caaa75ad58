"""The account page: name, language, time zone and password of whoever is signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mystery.database import db
from mystery.mail import Message
from mystery.models import User
from tests.cast import PASSWORD, Cast

Browser = Callable[..., FlaskClient]
NEW = "seven green kettles"
PROFILE = {"name": "Ольга Петрова", "language": "en", "time_zone": "Asia/Yekaterinburg"}


def change_password(client: FlaskClient, current: str, new: str, again: str | None = None) -> TestResponse:
    """Send the password form."""
    fields = {"current_password": current, "new_password": new, "new_password_again": again or new}
    return client.post("/account/password", data=fields)


def test_it_saves_name_language_and_time_zone(client_of: Browser, cast: Cast) -> None:
    client = client_of("hr")
    assert client.post("/account/", data=PROFILE).status_code == 303
    user = db.session.get_one(User, cast.ours.users["hr"])
    assert (user.name, user.language, user.time_zone) == tuple(PROFILE.values())
    assert '<html lang="en">' in client.get("/account/").text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 121),
        ("name", "x" * 100_000),
        ("name", "Ольга\0"),
        ("name", "Ольга\u202e"),
        ("language", "de"),
        ("language", ""),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", ""),
    ],
)
def test_it_says_what_is_wrong_beside_the_field_and_changes_nothing(
    client_of: Browser, cast: Cast, field: str, value: str
) -> None:
    answer = client_of("hr").post("/account/", data={**PROFILE, field: value})
    assert answer.status_code == 422
    assert "field-problem" in answer.text
    user = db.session.get_one(User, cast.ours.users["hr"])
    assert (user.name, user.language) == ("hr lavka", "ru")


def test_it_prints_what_was_entered_as_text(client_of: Browser, cast: Cast) -> None:
    client = client_of("hr")
    for name in ("<script>alert(1)</script>", "{{7*7}}", "{% raw %}"):
        assert client.post("/account/", data={**PROFILE, "name": name}).status_code == 303
        page = client.get("/account/").text
        assert "<script>alert" not in page
        assert "49" not in page.split("<main")[0]


def test_it_keeps_an_old_name_of_a_time_zone_among_the_choices(client_of: Browser, cast: Cast) -> None:
    db.session.get_one(User, cast.ours.users["hr"]).time_zone = "Asia/Calcutta"
    assert '<option selected value="Asia/Calcutta">' in client_of("hr").get("/account/").text


def test_it_changes_the_password_of_who_knows_the_present_one(
    client_of: Browser, client: FlaskClient, cast: Cast
) -> None:
    assert change_password(client_of("hr"), PASSWORD, NEW).status_code == 303
    for password, status in ((PASSWORD, 422), (NEW, 303)):
        answer = client.post("/sign-in", data={"email": "hr@lavka.example", "password": password})
        assert answer.status_code == status


def test_it_tells_the_owner_by_mail_in_his_language(
    client_of: Browser, cast: Cast, letters: Callable[[], list[Message]]
) -> None:
    db.session.get_one(User, cast.ours.users["hr"]).language = "en"
    change_password(client_of("hr"), PASSWORD, NEW)
    (letter,) = letters()
    assert letter.recipient == "hr@lavka.example"
    assert letter.subject == "Your password has been changed"
    assert NEW not in letter.text + letter.html


@pytest.mark.parametrize(
    ("current", "new", "again"),
    [
        ("not my password", NEW, NEW),
        (PASSWORD, NEW, "another one entirely"),
        (PASSWORD, "short", "short"),
        (PASSWORD, "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa"),
        (PASSWORD, "password1234", "password1234"),
        (PASSWORD, "Пароль 123456", "Пароль 123456"),
        (PASSWORD, "lavka.example1", "lavka.example1"),
        (PASSWORD, "x" * 129, "x" * 129),
        ("x" * 100_000, NEW, NEW),
        ("", "", ""),
    ],
)
def test_it_refuses_a_password_that_is_wrong_weak_or_written_differently(
    client_of: Browser, client: FlaskClient, cast: Cast, current: str, new: str, again: str
) -> None:
    answer = change_password(client_of("hr"), current, new, again)
    assert answer.status_code == 422
    assert "field-problem" in answer.text
    kept = client.post("/sign-in", data={"email": "hr@lavka.example", "password": PASSWORD})
    assert kept.status_code == 303


def test_it_takes_a_phrase_in_russian_with_spaces(
    client_of: Browser, client: FlaskClient, cast: Cast
) -> None:
    phrase = "семь зелёных чайников"
    assert change_password(client_of("hr"), PASSWORD, phrase).status_code == 303
    assert client.post("/sign-in", data={"email": "hr@lavka.example", "password": phrase}).status_code == 303


def test_it_throttles_guesses_at_the_present_password(client_of: Browser, cast: Cast) -> None:
    """Somebody at an unlocked phone must not guess the password at leisure."""
    client = client_of("hr")
    answers = [change_password(client, f"guess number {number}", NEW).status_code for number in range(7)]
    assert answers == [422] * 6 + [429]


def test_it_never_sends_a_password_back(client_of: Browser, cast: Cast) -> None:
    page = change_password(client_of("hr"), "not my password", NEW).text
    assert "not my password" not in page
    assert NEW not in page
