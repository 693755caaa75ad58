"""Planning happens at noon of one day, so that "overdue" and "soon" mean the same whenever the tests run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mystery.access.scopes import Reach, load_reach
from mystery.clock import set_to
from tests.cast import Cast
from tests.planning.desk import NOON


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """The clock of every test in this folder."""
    with set_to(NOON):
        yield


@pytest.fixture
def lead(cast: Cast) -> Reach:
    """The reach of our lead: the whole company."""
    return load_reach(cast.ours.users["lead"])
