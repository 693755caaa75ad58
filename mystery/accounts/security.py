"""Flask-Security bound to our users, our pages, our sessions and our mail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from flask import Flask
from flask_login import user_logged_out  # type: ignore[import-untyped]  # Ships no types.
from flask_security import (
    MailUtil,
    RoleMixin,
    Security,
    SQLAlchemyUserDatastore,
    password_reset,
    user_authenticated,
)

from mystery.access.guards import public
from mystery.accounts.entrance import check_entry, finish_reset, refuse_attempt, render_page, see_other
from mystery.accounts.entry_forms import ForgottenForm, ResetForm, SignInForm
from mystery.accounts.letters import RESET_HOURS
from mystery.accounts.passwords import ARGON2_MEMORY_KIB, ARGON2_PASSES, SHORTEST_PASSWORD, PassPhrases
from mystery.accounts.sessions import begin_session, forget_session, load_user, note_use
from mystery.database import db
from mystery.mail import Message, init_mail, mailer
from mystery.models import User
from mystery.settings import Settings
from mystery.web.throttle import TooManyAttempts


def N_(text: str) -> str:
    """Mark a message for the catalogue; Flask-Security looks it up there when it says it."""
    return text


MESSAGES = {
    "GENERIC_AUTHN_FAILED": (N_("This address and password do not belong together. Check both."), "error"),
    "PASSWORD_RESET_REQUEST": (
        N_("If an account has this address, a letter with a link is on its way. Look into your mail."),
        "info",
    ),
    "INVALID_RESET_PASSWORD_TOKEN": (
        N_("This link no longer works: it was used, or its time has passed. Ask for a new one."),
        "error",
    ),
    "PASSWORD_RESET_EXPIRED": (
        N_("This link no longer works: it was used, or its time has passed. Ask for a new one."),
        "error",
    ),
    "PASSWORD_RESET_NO_LOGIN": (N_("The new password is saved. Sign in with it."), "success"),
    "PASSWORD_INVALID_LENGTH": (N_("Use %(length)s to 128 characters."), "error"),
}


class NoRole(RoleMixin):
    """Flask-Security wants a role model; ours are grants on units, which it does not know."""


class OurMail(MailUtil):
    """Whatever Flask-Security itself may send goes the way of all our mail, behind the request."""

    def send_mail(  # noqa: PLR0913  # Flask-Security calls it so.
        self, template: str, subject: str, recipient: Any, sender: Any, body: Any, html: Any, **kwargs: Any
    ) -> None:
        """Send a message that Flask-Security has rendered."""
        mailer().send_later(Message(str(recipient), str(subject), str(body), str(html)))


def init_security(app: Flask) -> None:
    """Bind Flask-Security to ``app``."""
    configure_security(app, app.config["MYSTERY"])
    init_mail(app)
    security = Security(
        app,
        SQLAlchemyUserDatastore(db, User, NoRole),
        login_form=SignInForm,
        forgot_password_form=ForgottenForm,
        reset_password_form=ResetForm,
        mail_util_cls=OurMail,
        password_util_cls=PassPhrases,
        render_template=cast(Any, render_page),
    )
    # Pages only: the JSON answers would hand out tokens that our sessions know nothing of, and the
    # request loader would take them.
    security.want_json(lambda _request: False)
    security.login_manager.request_loader(None)
    security.login_manager.user_loader(load_user)
    # Flask-Principal would load the user before every request, pictures and style sheets included.
    security.principal.identity_loaders.clear()
    # Nobody is remembered past his session, so no answer has to look for that cookie: a look into the
    # session makes even the files of the package "vary by cookie", and no cache could share them.
    app.after_request_funcs[None].remove(security.login_manager._update_remember_cookie)
    user_authenticated.connect(begin_session, app)
    user_logged_out.connect(forget_session, app)
    password_reset.connect(finish_reset, app)
    app.before_request(note_use)
    app.before_request(check_entry)
    app.after_request(see_other)
    app.register_error_handler(TooManyAttempts, refuse_attempt)
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith("security."):
            public(view)


def configure_security(app: Flask, settings: Settings) -> None:
    """Turn our decisions into Flask-Security's settings."""
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  # The name of a method, not a password.
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS={
            "argon2__type": "ID",
            "argon2__time_cost": ARGON2_PASSES,
            "argon2__memory_cost": ARGON2_MEMORY_KIB,
            "argon2__parallelism": 1,
        },
        # No pepper: a changed secret key must end sessions and links, never everybody's password.
        SECURITY_PASSWORD_SINGLE_HASH={"argon2"},
        SECURITY_PASSWORD_SALT=settings.secret_key,
        SECURITY_PASSWORD_LENGTH_MIN=SHORTEST_PASSWORD,
        SECURITY_HASHING_SCHEMES=["hex_sha256"],
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_POST_LOGOUT_VIEW="security.login",
        SECURITY_RECOVERABLE=True,
        SECURITY_RESET_URL="/new-password",
        SECURITY_RESET_PASSWORD_WITHIN=timedelta(hours=RESET_HOURS),
        SECURITY_RESET_SALT="mystery: accounts: reset",
        # Our letters, in the reader's language, are sent from letters.py instead.
        SECURITY_SEND_PASSWORD_RESET_EMAIL=False,
        SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL=False,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False, "allow_smtputf8": False},
        SECURITY_EMAIL_SENDER=settings.mail.sender,
        SECURITY_LOGIN_USER_TEMPLATE="accounts/sign_in.html",
        SECURITY_FORGOT_PASSWORD_TEMPLATE="accounts/forgotten.html",  # noqa: S106  # A template.
        SECURITY_RESET_PASSWORD_TEMPLATE="accounts/new_password.html",  # noqa: S106  # A template.
        SECURITY_I18N_DOMAIN="messages",
        SECURITY_I18N_DIRNAME=[f"{app.root_path}/translations"],
        # No page asks for the password again, no files and no command line of its own.
        SECURITY_FRESHNESS=timedelta(seconds=-1),
        SECURITY_STATIC_FOLDER=None,
        # It writes "no-store=True", which browsers do not know; our own header is exact.
        SECURITY_CACHE_CONTROL=None,
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
        # A cookie is as old as its session's row, and is not sent again with every answer.
        PERMANENT_SESSION_LIFETIME=timedelta(seconds=settings.session_absolute_seconds),
        SESSION_REFRESH_EACH_REQUEST=False,
        # Flask-Login's guess from browser and address would fail on a phone that changes networks.
        SESSION_PROTECTION=None,
        **{f"SECURITY_MSG_{key}": message for key, message in MESSAGES.items()},
    )
