"""Flask-Security bound to our users: argon2id, generic answers, our pages."""

from __future__ import annotations

from flask import Flask
from flask_security import RoleMixin, Security, SQLAlchemyUserDatastore

from mystery.database import db
from mystery.models import User


class NoRole(RoleMixin):
    """Flask-Security wants a role model; ours are grants on units, which it does not know."""


def init_security(app: Flask) -> None:
    """Bind Flask-Security to ``app``."""
    settings = app.config["MYSTERY"]
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  # The name of a method, not a password.
        SECURITY_PASSWORD_SINGLE_HASH={"argon2"},
        SECURITY_PASSWORD_SALT=settings.secret_key,
        SECURITY_PASSWORD_LENGTH_MIN=12,
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_RECOVERABLE=True,
        SECURITY_CHANGEABLE=True,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
    )
    app.extensions["accounts"] = Security(
        app, SQLAlchemyUserDatastore(db, User, NoRole), register_blueprint=True
    )
