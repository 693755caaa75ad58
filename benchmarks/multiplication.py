"""Making a company's past many times larger by SQL: the same places and people, new visits on other days."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, Table, create_engine, func, insert, select, true
from sqlalchemy.types import Date

from mystery.database import Base, UtcDateTime
from mystery.models import Answer, Assignment, Photo, Visit, VisitSection

MULTIPLIED: Final[tuple[type[Base], ...]] = (Assignment, Visit, VisitSection, Answer, Photo)
"""In the order in which foreign keys allow them to be filled."""
DAYS_SPREAD: Final = 30
LENGTH_OF_DAY: Final = len("2026-11-21")


def multiply_visits(database: Path, *, times: int) -> dict[str, int]:
    """Copy everything about assignments and visits until there is ``times`` as much; returns rows by table.

    Each copy lies up to a month earlier than the original. Pictures are not copied: the rows share them.
    Raises ValueError when a table did not grow exactly as it should.
    """
    engine = create_engine(f"sqlite:///{database}")
    try:
        with engine.begin() as connection:
            driver: Any = connection.connection.dbapi_connection
            driver.create_function("twin", 2, name_twin, deterministic=True)
            before = count_rows(connection)
            for model in MULTIPLIED:
                copy_rows(connection, model.metadata.tables[model.__tablename__], copies=times - 1)
            after = count_rows(connection)
        if after != {name: times * count for name, count in before.items()}:
            raise ValueError(f"{before} did not become {times} times as much but {after}")
    finally:
        engine.dispose()
    return after


def count_rows(connection: Connection) -> dict[str, int]:
    """The rows of every multiplied table."""
    return {
        model.__tablename__: connection.scalar(select(func.count()).select_from(model)) or 0
        for model in MULTIPLIED
    }


def copy_rows(connection: Connection, table: Table, *, copies: int) -> None:
    """Insert ``copies`` of every row of ``table`` in one statement."""
    numbers = func.json_each(json.dumps(list(range(1, copies + 1)))).table_valued("value")
    values = (copy_value(column, numbers.c.value) for column in table.columns)
    source = select(*values).select_from(table.join(numbers, true()))
    connection.execute(insert(table).from_select([column.name for column in table.columns], source))


def copy_value(column: Column[Any], number: ColumnElement[Any]) -> ColumnElement[Any]:
    """What copy ``number`` holds in ``column``: another identity, another day, or the same."""
    if is_renewed(column):
        return func.twin(column, number)
    if isinstance(column.type, Date | UtcDateTime):
        shift = func.printf("-%d days", number % DAYS_SPREAD)
        day = func.date(func.substr(column, 1, LENGTH_OF_DAY), shift)
        return day.concat(func.substr(column, LENGTH_OF_DAY + 1))
    return column


def is_renewed(column: Column[Any]) -> bool:
    """Whether a column is the identity of a multiplied row, or points to one."""
    names = {model.__tablename__ for model in MULTIPLIED}
    points = any(key.column.table.name in names for key in column.foreign_keys)
    return points or (column.primary_key and column.name == "id")


def name_twin(identity: str | None, number: int) -> str | None:
    """The identity of copy ``number`` of a row, in the hexadecimal spelling in which SQLite keeps UUIDs."""
    if identity is None:
        return None
    return hashlib.md5(f"{identity}/{number}".encode(), usedforsecurity=False).hexdigest()
