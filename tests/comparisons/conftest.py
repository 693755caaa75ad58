"""Staff to compare: a team with figures, and less of it for tests in which figures do not matter."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.cast import Cast
from tests.comparisons.team import visit_team
from tests.factories import make_submitted_visit


@pytest.fixture
def team(cast: Cast) -> dict[str, UUID]:
    """Twelve people with six visits each, and one with a single visit; ids by name."""
    return visit_team(cast)


@pytest.fixture
def few(cast: Cast) -> dict[str, UUID]:
    """The same with six people of two visits: too few to compare, and quick."""
    return visit_team(cast, people=6, visits=2)


@pytest.fixture
def visits(cast: Cast) -> None:
    """Three visits to Анна (V1, V1, V2) in September, one to Борис (V1), one to Вера in the South (V2)."""
    first = date(2026, 9, 1)
    for number, answers in enumerate(["V1", "V1", "V2"]):
        make_submitted_visit(cast, answers, day=first + timedelta(days=number))
    make_submitted_visit(cast, "V1", unit="N2", employee="Борис", day=first)
    make_submitted_visit(cast, "V2", unit="S1", employee="Вера", day=first)
