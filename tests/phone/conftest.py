"""Fixtures of the phone: our auditor's reach and browser, and a device with a list of every kind."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from mystery.access.scopes import Reach, load_reach
from mystery.database import db
from mystery.models import User
from tests.capture.checklists import publish, read_every_kind
from tests.cast import Cast
from tests.factories import make_assignment
from tests.phone.device import Device


@pytest.fixture
def reach(cast: Cast) -> Reach:
    """What our auditor may do."""
    return load_reach(cast.ours.users["auditor"])


@pytest.fixture
def auditor(cast: Cast, client_of: Callable[..., FlaskClient]) -> FlaskClient:
    """The browser of our auditor, who reads English."""
    db.session.get_one(User, cast.ours.users["auditor"]).language = "en"
    db.session.commit()
    browser: FlaskClient = client_of("auditor")
    return browser


@pytest.fixture
def task(cast: Cast) -> UUID:
    """An assignment of a checklist that has every kind of question; it names Анна."""
    return make_assignment(cast, version=publish(cast, read_every_kind()))


@pytest.fixture
def device(auditor: FlaskClient, task: UUID) -> Device:
    """The phone of our auditor; nobody has begun the visit."""
    return Device.open_list(auditor, task)
