"""The application over a folder of its own, and the browser of somebody who is signed in to it."""

from __future__ import annotations

from pathlib import Path

import flask_migrate
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from mystery.accounts.sessions import SESSION_KEY
from mystery.app import create_app
from mystery.database import db
from mystery.models import User, UserSession
from mystery.settings import read_settings

DATABASE = "mystery.db"


def open_site(folder: Path) -> Flask:
    """Return the application that keeps its database and pictures in ``folder``, set as it is delivered."""
    return create_app(read_settings({"MYSTERY_DATA_DIR": str(folder)}))


def lay_site(folder: Path) -> Flask:
    """Return a new application with empty tables, made by the migrations like everybody's."""
    app = open_site(folder)
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    return app


def close_site(app: Flask) -> None:
    """Close the database, which leaves all of it in its one file."""
    with app.app_context():
        db.engine.dispose()


def sign_in(app: Flask, email: str) -> FlaskClient:
    """Return a browser in which this user is signed in, past the form: that is not what is measured."""
    browser = app.test_client()
    with app.app_context():
        user = db.session.scalars(select(User).where(User.email == email)).one()
        row = UserSession(user_id=user.id, device="Benchmark")
        db.session.add(row)
        db.session.commit()
        with browser.session_transaction() as session:
            session["_user_id"] = user.fs_uniquifier
            session[SESSION_KEY] = row.id.hex
            session.permanent = True
    return browser
