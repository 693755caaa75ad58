"""Fixtures for everybody: one application, a database file laid anew for each test, the fixed cast."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password

from mystery.app import create_app
from mystery.database import db
from mystery.settings import read_settings
from tests.cast import PASSWORD, Cast, plant_cast, sign_in
from tests.page_lint import LintingClient

# One browser for a whole run: Playwright allows no second one in a process.
pytest_plugins = ["tests.browser"]


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Path, Path, Cast]:
    """The application, its database file, a pristine copy of that file with the cast in it, and the cast."""
    folder = tmp_path_factory.mktemp("stage")
    settings = read_settings({"MYSTERY_SECRET_KEY": "x" * 40, "MYSTERY_DATA_DIR": str(folder)})
    app = create_app(settings)
    app.testing = True
    # Tokens have tests of their own; elsewhere they would only repeat themselves.
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = LintingClient
    live, pristine = folder / "mystery.db", folder / "pristine.db"
    with app.app_context():
        # The migrations, not the models, make the tables: they add rules that models cannot say.
        flask_migrate.upgrade()
        cast = plant_cast(hash_password(PASSWORD))
        db.session.remove()
        db.engine.dispose()
    shutil.copy(live, pristine)
    return app, live, pristine, cast


@pytest.fixture
def app(stage: tuple[Flask, Path, Path, Cast]) -> Iterator[Flask]:
    """The application over a fresh database that holds only the cast; an app context is pushed."""
    app, live, pristine, _cast = stage
    with app.app_context():
        db.engine.dispose()
        for leftover in live.parent.glob("mystery.db*"):
            leftover.unlink()
        shutil.copy(pristine, live)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def cast(stage: tuple[Flask, Path, Path, Cast], app: Flask) -> Cast:
    """The people and things that every test may count on."""
    return copy.deepcopy(stage[3])


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser of nobody in particular."""
    return app.test_client()


@pytest.fixture
def client_of(app: Flask, cast: Cast) -> Callable[..., FlaskClient]:
    """``client_of("lead")`` is the browser of our lead; ``foreign=True`` that of the foreign company's."""

    def open_browser(role: str, *, foreign: bool = False) -> FlaskClient:
        company = cast.foreign if foreign else cast.ours
        browser = app.test_client()
        sign_in(browser, company.users[role])
        return browser

    return open_browser
