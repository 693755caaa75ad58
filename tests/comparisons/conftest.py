"""Staff to compare: a team with figures, and a smaller one for tests in which figures do not matter."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.cast import Cast
from tests.comparisons.team import visit_team


@pytest.fixture
def team(cast: Cast) -> dict[str, UUID]:
    """Twelve people with six visits each, and one with a single visit; ids by name."""
    return visit_team(cast)


@pytest.fixture
def few(cast: Cast) -> dict[str, UUID]:
    """The same with six people of two visits: too few to compare, and quick."""
    return visit_team(cast, people=6, visits=2)
