"""Inserting what may already be there: a unique key decides, never a look beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite

from mystery.database import Base, db


def insert_new(model: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert one row with an ``id``; False, and nothing changes, when a unique key says it is there."""
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    statement: Executable = (
        dialect.insert(model.__table__)
        .values(**values)
        .on_conflict_do_nothing()
        .returning(model.__table__.c.id)
    )
    return db.session.execute(statement).scalar_one_or_none() is not None
