"""The whole database as one comparable thing, so that "nothing was changed" can be asserted of all of it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select

from mystery.database import Base, db

# Written by looking and by failing, not by what a form does.
BESIDE = frozenset({"user_session", "access_event", "sign_in_attempt"})
# Different at each writing, on purpose.
RANDOM = frozenset({"user.password", "user.fs_uniquifier"})

HEX_ID = re.compile("[0-9a-f]{32}")

Rows = dict[str, list[str]]


def read_rows(*, known: Collection[UUID] | None = None, without: Collection[str] = ()) -> Rows:
    """Every row of every table as text; ids that are not ``known`` are all written alike."""
    db.session.rollback()
    rows = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in BESIDE and table.name not in without:
            columns = [
                column
                for column in table.columns
                if f"{table.name}.{column.name}" not in RANDOM
                and f"{table.name}.{column.name}" not in without
            ]
            found = db.session.execute(select(*columns)).all()
            rows[table.name] = sorted(repr([_write(value, known) for value in row]) for row in found)
    db.session.rollback()
    return rows


def list_ids() -> frozenset[UUID]:
    """The ids of all rows."""
    found: set[UUID] = set()
    for table in Base.metadata.sorted_tables:
        if "id" in table.columns:
            found |= {
                each for each in db.session.scalars(select(table.columns["id"])) if isinstance(each, UUID)
            }
    return frozenset(found)


def describe_difference(before: Rows, after: Rows) -> dict[str, list[str]]:
    """The rows that are there only before (-) or only after (+), by table."""
    changes = {
        table: [f"- {row}" for row in before[table] if row not in after[table]]
        + [f"+ {row}" for row in after[table] if row not in before[table]]
        for table in before
    }
    return {table: rows for table, rows in changes.items() if rows}


def _write(value: Any, known: Collection[UUID] | None) -> Any:
    if known is None:
        return value
    if isinstance(value, UUID):
        return value if value in known else "a new id"
    if isinstance(value, str):
        return HEX_ID.sub(lambda found: found[0] if UUID(found[0]) in known else "a new id", value)
    return value
