"""Mail: through the SMTP server of the settings, or printed to the log where none is named (development)."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import cast

import structlog
from email_validator import validate_email
from flask import Flask, current_app

from mystery.settings import MailSettings

log = structlog.get_logger(__name__)

PORT_OF_IMPLICIT_TLS = 465
LONGEST_WAIT_SECONDS = 10


class MailError(Exception):
    """The mail server could not be reached, or did not take the message."""


@dataclass(frozen=True)
class Message:
    """One mail to one person, as text and as HTML that says the same."""

    recipient: str
    subject: str
    text: str
    html: str


class Mailer:
    """Sends messages, at once or behind the answer of the request that asked for them."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")
        self._waiting: set[Future[None]] = set()

    @property
    def prints_to_log(self) -> bool:
        """Whether messages are printed instead of sent, because no server is named."""
        return self._settings.host is None

    def send(self, message: Message) -> None:
        """Send ``message`` now; raises MailError when the server cannot be reached or refuses it."""
        if self._settings.host is None:
            log.info("mail is printed: no server is set", to=message.recipient, subject=message.subject)
            log.info(message.text)
            return
        try:
            with self._connect(self._settings.host) as server:
                self._introduce(server)
                server.send_message(self._compose(message))
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(str(error)) from error

    def do_later(self, task: Callable[[], None]) -> None:
        """Run ``task`` behind the request, whose time then does not tell whether a mail went out.

        A task that fails is logged, and so is not lost from sight; the person asks for the mail again.
        """
        future = self._pool.submit(_run_logged, task)
        self._waiting.add(future)
        future.add_done_callback(self._waiting.discard)

    def send_later(self, message: Message) -> None:
        """Send ``message`` behind the request."""
        self.do_later(lambda: self.send(message))

    def wait_for_all(self, seconds: float = LONGEST_WAIT_SECONDS) -> None:
        """Wait until everything asked for so far was sent; for tests and an orderly stop."""
        wait(list(self._waiting), timeout=seconds)

    def _connect(self, host: str) -> smtplib.SMTP:
        port = self._settings.port
        if self._settings.tls and port == PORT_OF_IMPLICIT_TLS:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, timeout=LONGEST_WAIT_SECONDS, context=context)
        return smtplib.SMTP(host, port, timeout=LONGEST_WAIT_SECONDS)

    def _introduce(self, server: smtplib.SMTP) -> None:
        settings = self._settings
        if settings.tls and settings.port != PORT_OF_IMPLICIT_TLS:
            server.starttls(context=ssl.create_default_context())
        if settings.user:
            server.login(settings.user, settings.password or "")

    def _compose(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["Subject"] = message.subject
        mail["From"] = self._settings.sender
        # A domain in Cyrillic letters travels in its ASCII form, which every server understands.
        mail["To"] = validate_email(message.recipient, check_deliverability=False).ascii_email
        mail["Date"] = formatdate(localtime=False)
        mail["Message-ID"] = make_msgid(domain=self._settings.sender.rpartition("@")[2] or None)
        # Auto-replies ("I am on holiday") to such mail help nobody.
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        mail.add_alternative(message.html, subtype="html")
        return mail


def init_mail(app: Flask) -> None:
    """Make the mailer of ``app``."""
    app.extensions["mailer"] = Mailer(app.config["MYSTERY"].mail)


def mailer() -> Mailer:
    """The mailer of the running application."""
    return cast(Mailer, current_app.extensions["mailer"])


def _run_logged(task: Callable[[], None]) -> None:
    try:
        task()
    except Exception as error:
        log.error("a mail was not sent", exc_info=error)
