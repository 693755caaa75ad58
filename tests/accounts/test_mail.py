"""Mail: through the server of the settings, as text and HTML; printed to the log where none is named."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
import structlog
from aiosmtpd.controller import Controller
from flask import Flask

from mystery.mail import Mailer, MailError, Message
from mystery.settings import MailSettings

MESSAGE = Message(
    recipient="olga@почта.рф",
    subject="Вам открыт доступ",
    text="Здравствуйте, Ольга.\nhttps://checks.example/account/invitation/x\n",
    html="<p>Здравствуйте, Ольга.</p>",
)


class Mailbox:
    """What a mail server was given; refuses recipients called ``refused``."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        if address.startswith("refused"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        self.recipients.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Keep a message."""
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 OK"


@pytest.fixture
def post_office() -> Iterator[tuple[Mailbox, MailSettings]]:
    """A mail server of our own on a free port, and the settings that lead to it."""
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings = MailSettings("127.0.0.1", port, None, None, tls=False, sender="checks@example.com")
    yield mailbox, settings
    controller.stop()


def test_it_sends_text_and_html_that_any_server_understands(
    post_office: tuple[Mailbox, MailSettings],
) -> None:
    mailbox, settings = post_office
    Mailer(settings).send(MESSAGE)
    (received,) = mailbox.messages
    assert mailbox.recipients == ["olga@xn--80a1acny.xn--p1ai"]
    assert received["Subject"] == "Вам открыт доступ"
    assert received["From"] == "checks@example.com"
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["Message-ID"]
    assert received["Date"]
    assert received.get_content_type() == "multipart/alternative"
    bodies = {part.get_content_type(): part.get_content() for part in received.iter_parts()}
    assert bodies["text/plain"].splitlines() == MESSAGE.text.splitlines()
    assert bodies["text/html"].strip() == MESSAGE.html


def test_it_raises_when_the_server_refuses(post_office: tuple[Mailbox, MailSettings]) -> None:
    _mailbox, settings = post_office
    with pytest.raises(MailError):
        Mailer(settings).send(Message("refused@example.com", "x", "x", "x"))


def test_it_raises_when_the_server_is_away() -> None:
    settings = MailSettings("127.0.0.1", 1, None, None, tls=False, sender="checks@example.com")
    with pytest.raises(MailError):
        Mailer(settings).send(MESSAGE)


def test_it_does_not_send_in_clear_to_a_server_without_encryption(
    post_office: tuple[Mailbox, MailSettings],
) -> None:
    mailbox, settings = post_office
    strict = MailSettings(settings.host, settings.port, None, None, tls=True, sender=settings.sender)
    with pytest.raises(MailError):
        Mailer(strict).send(MESSAGE)
    assert mailbox.messages == []


@pytest.mark.parametrize(
    "message",
    [
        Message("olga@example.com\nBcc: all@example.com", "x", "x", "x"),
        Message("olga@example.com", "x\nBcc: all@example.com", "x", "x"),
    ],
)
def test_it_sends_nothing_with_a_line_end_in_a_header(
    post_office: tuple[Mailbox, MailSettings], message: Message
) -> None:
    mailbox, settings = post_office
    with pytest.raises(ValueError, match=r".+"):
        Mailer(settings).send(message)
    assert mailbox.messages == []


def test_it_prints_to_the_log_without_a_server() -> None:
    mailer = Mailer(MailSettings(None, 587, None, None, tls=True, sender="checks@example.com"))
    assert mailer.prints_to_log
    with structlog.testing.capture_logs() as entries:
        mailer.send(MESSAGE)
    assert any(MESSAGE.text in entry["event"] for entry in entries)


def test_it_logs_a_letter_that_failed_behind_a_request(app: Flask) -> None:
    mailer = Mailer(MailSettings("127.0.0.1", 1, None, None, tls=False, sender="checks@example.com"))
    with structlog.testing.capture_logs() as entries:
        mailer.send_later(MESSAGE)
        mailer.wait_for_all()
    assert [entry["log_level"] for entry in entries] == ["error"]
    assert entries[0]["exc_info"] is not None


def test_it_sends_behind_the_request(post_office: tuple[Mailbox, MailSettings]) -> None:
    mailbox, settings = post_office
    mailer = Mailer(settings)
    for number in range(5):
        mailer.send_later(Message(f"user{number}@example.com", "x", "x", "x"))
    mailer.wait_for_all()
    assert len(mailbox.messages) == 5
