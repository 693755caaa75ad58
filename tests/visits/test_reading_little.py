"""The list of visits is counted and narrowed from one index, without reading the wide rows of the visits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from mystery.database import db
from tests.cast import Cast
from tests.factories import make_submitted_visit

INDEX = "COVERING INDEX ix_visit_list"


@pytest.fixture
def counts(cast: Cast) -> Iterator[list[tuple[str, tuple[Any, ...]]]]:
    """The statements that count, as they were sent to the database."""
    make_submitted_visit(cast, "V1")
    sent: list[tuple[str, tuple[Any, ...]]] = []

    def note(
        _connection: object, _cursor: object, statement: str, values: tuple[Any, ...], *_rest: object
    ) -> None:
        if "count(*)" in statement:
            sent.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "filters", [{}, {"text": "анна"}, {"unit": "N1"}, {"outcome": "passed"}, {"since": "2026-11-01"}]
)
def test_it_counts_from_an_index_alone(
    client_of: Callable[..., FlaskClient],
    cast: Cast,
    counts: list[tuple[str, tuple[Any, ...]]],
    filters: dict[str, str],
) -> None:
    asked = {name: str(cast.ours.units.get(value, value)) for name, value in filters.items()}
    assert client_of("hr").get("/visits/", query_string=asked).status_code == 200
    [(statement, values)] = counts
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    steps = [step.detail for step in plan]
    assert any(INDEX in step for step in steps), steps
