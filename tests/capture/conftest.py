"""Fixtures of capture: the auditor's reach and assignments, and a phone on a checklist of every kind."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from mystery.access.scopes import Reach, load_reach
from mystery.database import db
from mystery.models import User
from tests.capture.checklists import publish, read_every_kind
from tests.capture.phone import Phone
from tests.cast import Cast
from tests.factories import make_assignment


@pytest.fixture
def reach(cast: Cast) -> Reach:
    """What our auditor may do."""
    return load_reach(cast.ours.users["auditor"])


@pytest.fixture
def task(cast: Cast) -> UUID:
    """The open assignment of our auditor."""
    assert cast.ours.assignment is not None
    return cast.ours.assignment


@pytest.fixture
def their_task(cast: Cast) -> UUID:
    """The open assignment of the foreign company's auditor."""
    assert cast.foreign.assignment is not None
    return cast.foreign.assignment


@pytest.fixture
def auditor(cast: Cast, client_of: Callable[..., FlaskClient]) -> FlaskClient:
    """The browser of our auditor, who reads English."""
    db.session.get_one(User, cast.ours.users["auditor"]).language = "en"
    db.session.commit()
    browser: FlaskClient = client_of("auditor")
    return browser


@pytest.fixture
def phone(cast: Cast, auditor: FlaskClient) -> Phone:
    """A phone on a checklist that has every kind of question; the assignment names Анна."""
    return Phone(auditor, make_assignment(cast, version=publish(cast, read_every_kind())))
