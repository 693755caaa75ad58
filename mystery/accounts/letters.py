"""Letters: what the mails of accounts say, each in the language of its reader, as text and as HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import structlog
from flask import Flask, current_app, render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import select

from mystery.accounts.invitations import Offer
from mystery.accounts.links import invitation_link, public_link
from mystery.accounts.role_names import name_role
from mystery.database import db
from mystery.mail import MailError, Message, mailer
from mystery.models import User
from mystery.settings import current_settings
from mystery.web.formats import format_moment

log = structlog.get_logger(__name__)

RESET_HOURS = 2


@dataclass(frozen=True)
class Letter:
    """The parts of a mail; the templates set them as text and as HTML."""

    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    link: str = ""
    link_label: str = ""
    closing: str = ""


def deliver_invitation(offer: Offer) -> bool:
    """Send an invitation at once; False when the server did not take it, so that the inviter learns it."""
    try:
        mailer().send(_write(offer.email, offer.language, partial(_invitation, offer)))
    except MailError as error:
        log.error("an invitation was not sent", invitation=str(offer.id), error=str(error))
        return False
    return True


def letters_are_printed() -> bool:
    """Whether letters go to the log, so that pages should show their links as well (development)."""
    return mailer().prints_to_log


def send_reset_link_later(email: str) -> None:
    """Send a link for a new password to this address if an active account has it, behind the request.

    Everything that differs between a known and an unknown address happens there, so that neither the
    answer nor its time tells which it was.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # A proxy.
    mailer().do_later(partial(_send_reset_link, app, email))


def send_password_notice_later(user: User) -> None:
    """Tell the owner of an account that its password has changed, in case it was not he."""
    mailer().send_later(_write(user.email, user.language, partial(_password_notice, user.name)))


def _send_reset_link(app: Flask, email: str) -> None:
    with app.app_context():
        user = db.session.scalar(select(User).where(User.email == email, User.active.is_(True)))
        if user is None:
            return
        token = generate_reset_password_token(user)  # type: ignore[no-untyped-call]  # Untyped there.
        link = public_link("security.reset_password", token=token)
        message = _write(user.email, user.language, partial(_reset, user.name, link))
        # The transaction ends before the server is called: a slow one must not hold the database.
        db.session.rollback()
        mailer().send(message)


def _write(recipient: str, language: str, compose: Callable[[], Letter]) -> Message:
    # A request context is needed for the language; letters are also written behind requests.
    with current_app.test_request_context(base_url=current_settings().public_url), force_locale(language):
        letter = compose()
        return Message(
            recipient=recipient,
            subject=letter.subject,
            text=render_template("accounts/mail/letter.txt", letter=letter),
            html=render_template("accounts/mail/letter.html", letter=letter, language=language),
        )


def _invitation(offer: Offer) -> Letter:
    moment = format_moment(offer.expires_at, offer.time_zone)
    return Letter(
        subject=_("Your access is ready"),
        greeting=_("Hello, %(name)s.", name=offer.name),
        paragraphs=(
            _(
                "You are invited to work with %(company)s (%(unit)s). Your role: %(role)s.",
                company=offer.company,
                unit=offer.unit,
                role=name_role(offer.role),
            ),
            _("Open the link and choose a password, or sign in if you already have an account."),
        ),
        link=invitation_link(offer.id, offer.expires_at),
        link_label=_("Accept the invitation"),
        closing=_(
            "The link works once, until %(moment)s. If you expected nothing, do nothing.", moment=moment
        ),
    )


def _reset(name: str, link: str) -> Letter:
    return Letter(
        subject=_("A new password"),
        greeting=_("Hello, %(name)s.", name=name),
        paragraphs=(_("Somebody, probably you, asked to set a new password for your account."),),
        link=link,
        link_label=_("Set a new password"),
        closing=_("The link works once, for two hours. If it was not you, do nothing: the password stays."),
    )


def _password_notice(name: str) -> Letter:
    return Letter(
        subject=_("Your password has been changed"),
        greeting=_("Hello, %(name)s.", name=name),
        paragraphs=(
            _("The password of your account has just been changed, and all other devices were signed out."),
            _("If it was not you, set a new password at once and tell your administrator."),
        ),
        link=public_link("security.forgot_password"),
        link_label=_("Set a new password"),
    )
