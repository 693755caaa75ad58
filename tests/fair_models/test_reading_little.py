"""What was not answered in full is read from one index, without passing over the wide rows of all answers."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event

from mystery.database import db
from mystery.fair_models import parts
from mystery.fair_models.rows import read_visits
from tests.cast import Cast
from tests.fair_models.programme import NEWEST, OLDER, publish, scope_of, visit


def test_it_reads_lost_answers_from_an_index_alone(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both what was lost on common standards (SC-20) and what was marked "not applicable" (CP-07)."""
    monkeypatch.setattr(parts, "SCAN_FROM", 0.0)
    for number, table in enumerate([OLDER, NEWEST], start=1):
        version = publish(cast, table, number)
        visit(cast, version, {"a": "yes", "b": 4, "c": "4", "d": "no"})
    sent: list[tuple[str, tuple[Any, ...]]] = []

    def note(
        _connection: object, _cursor: object, statement: str, values: tuple[Any, ...], *_rest: object
    ) -> None:
        if "answer.share" in statement:
            sent.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    read_visits(scope_of(version))
    event.remove(db.engine, "before_cursor_execute", note)
    connection = db.session.connection()
    plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all() for text, values in sent]
    assert [step.detail for [step] in plans] == 2 * ["SCAN answer USING COVERING INDEX ix_answer_lost"]
