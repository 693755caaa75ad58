"""The people of authoring tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from mystery.access.permissions import Role
from mystery.access.scopes import Reach, load_reach
from mystery.database import db
from mystery.models import Grant, User
from tests.cast import Cast


@pytest.fixture
def lead(cast: Cast) -> Reach:
    """The reach of our lead: the whole company."""
    return load_reach(cast.ours.users["lead"])


@pytest.fixture
def author(client_of: Callable[..., FlaskClient], cast: Cast) -> FlaskClient:
    """The browser of our lead, who reads English."""
    db.session.get_one(User, cast.ours.users["lead"]).language = "en"
    db.session.commit()
    return client_of("lead")


@pytest.fixture
def author_of_two(author: FlaskClient, cast: Cast) -> FlaskClient:
    """Our lead, who leads the foreign company as well."""
    grant = Grant(user_id=cast.ours.users["lead"], role=Role.LEAD.value, unit_id=cast.foreign.company)
    db.session.add(grant)
    db.session.commit()
    return author
