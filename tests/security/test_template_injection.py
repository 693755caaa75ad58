"""Template injection in letters: names reach the text of a mail as what they are, and never its head.

Pages and PDFs are looked at in test_stored_script.py, where every text is a payload with {{7*7}} in it.
"""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mystery.database import db
from mystery.mail import Mailer, Message, mailer
from mystery.models import Unit, User
from mystery.settings import current_settings
from tests.cast import Cast
from tests.security.page_parts import PageParts

NAME = "{{7*7}}{% raw %}${7*7}%(name)s %s {0}<script>__hit()</script><a href='http://evil.example'>x</a>"


@pytest.fixture
def letters(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Message]]:
    """The letters of a company in which everything has a hostile name."""
    sent: list[Message] = []
    monkeypatch.setattr(Mailer, "send", lambda _self, message: sent.append(message))
    for unit in (cast.ours.company, cast.ours.units["N1"]):
        db.session.get_one(Unit, unit).name = NAME
    db.session.get_one(User, cast.ours.users["hr"]).name = NAME
    db.session.commit()

    def read() -> list[Message]:
        mailer().wait_for_all()
        return sent

    return read


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_writes_names_into_an_invitation_as_they_are(
    cast: Cast, client_of: Callable[..., FlaskClient], letters: Callable[[], list[Message]], language: str
) -> None:
    answer = client_of("administrator").post(
        "/account/invitations",
        data={
            "email": "guest@lavka.example",
            "name": NAME,
            "language": language,
            "role": "manager",
            "unit": str(cast.ours.units["N1"]),
        },
    )
    assert answer.status_code == 303
    (letter,) = letters()
    # The reader's name, the company's and the shop's.
    judge_letter(letter, times=3)


def test_it_writes_a_name_into_a_reset_letter_as_it_is(
    client: FlaskClient, letters: Callable[[], list[Message]]
) -> None:
    client.post("/new-password", data={"email": "hr@lavka.example"})
    (letter,) = letters()
    judge_letter(letter, times=1)


def test_it_leads_every_letter_to_the_public_address_of_the_settings(
    client: FlaskClient, letters: Callable[[], list[Message]]
) -> None:
    """Whoever asks for somebody's link under another host name would otherwise get his click."""
    client.post("/new-password", data={"email": "lead@lavka.example"}, headers={"Host": "evil.example"})
    client.post(
        "/new-password", data={"email": "lead@lavka.example"}, headers={"X-Forwarded-Host": "evil.example"}
    )
    sent = letters()
    assert len(sent) == 2
    for letter in sent:
        assert "evil.example" not in letter.text + letter.html
        assert f"{current_settings().public_url}/new-password/" in letter.text


def judge_letter(letter: Message, *, times: int) -> None:
    """The name stands in both versions as text, and nothing of it became markup or a line of the head."""
    assert letter.text.count(NAME) == times
    assert "49" not in letter.text.replace(NAME, "").partition("http")[0]
    parts = PageParts(letter.html)
    assert "".join(parts.texts).count(NAME) == times
    tags = {tag for tag, _attributes in parts.tags}
    assert tags <= {"html", "head", "meta", "title", "body", "p", "a"}
    assert len({link.partition("/account")[0].partition("/new-password")[0] for link in parts.links}) == 1
    assert not any("evil.example" in link for link in parts.links)
    assert "\n" not in letter.subject
    assert NAME not in letter.subject


@pytest.mark.parametrize(
    "address", ["a@b.example\r\nBcc: all@b.example", "a@b.example\nSubject: x", "a@b.example,c@d.example"]
)
def test_it_never_lets_an_address_write_the_head_of_a_letter(
    cast: Cast, client_of: Callable[..., FlaskClient], letters: Callable[[], list[Message]], address: str
) -> None:
    data = {
        "email": address,
        "name": "Гость",
        "language": "ru",
        "role": "lead",
        "unit": str(cast.ours.company),
    }
    assert client_of("administrator").post("/account/invitations", data=data).status_code == 422
    client_of("administrator").post("/new-password", data={"email": address})
    assert letters() == []


def test_it_composes_a_letter_that_a_name_cannot_leave(app: Flask) -> None:
    """Down to the message that goes over the wire."""
    message = Message("a@b.example", "Тема", NAME, f"<p>{NAME}</p>")
    composed = mailer()._compose(message)
    assert isinstance(composed, EmailMessage)
    assert composed["To"] == "a@b.example"
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        mailer()._compose(Message("a@b.example", "Тема\r\nBcc: x@y.example", "", ""))
