"""Reading what belongs to the visits of a scope and is many times as long: answers and sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, select

from mystery.database import db
from mystery.fair_models.scope import FairScope
from mystery.models import Answer, Visit, VisitSection

SCAN_FROM = 0.2
"""From this part of all visits on, reading every row is faster than looking up those of each visit."""
ROWS_AT_ONCE = 50_000


def read_parts(
    model: type[Answer] | type[VisitSection],
    columns: Sequence[Any],
    conditions: Sequence[ColumnElement[bool]],
    *,
    scope: FairScope,
    wanted: int,
) -> Iterator[list[Any]]:
    """Yield lists of rows: the visit as the database spells it, then ``columns``.

    ``wanted`` is how many visits the scope has. Rows of other visits may be among them, and come as the
    driver gives them: wrapping half a million takes longer than reading them.
    """
    statement = select(cast(model.visit_id, String), *columns).where(*conditions)
    everything = db.session.scalar(select(func.count()).select_from(Visit)) or 1
    if wanted < SCAN_FROM * everything:
        statement = statement.where(model.visit_id.in_(select(Visit.id).where(*scope.conditions())))
    cursor: Any = db.session.connection().execute(statement).cursor
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        yield list(rows)
