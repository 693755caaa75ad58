"""Making a company's past many times larger by SQL: new visits on other days, by choice of new people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    create_engine,
    func,
    insert,
    null,
    select,
    true,
)
from sqlalchemy.types import Date

from mystery.database import Base, UtcDateTime
from mystery.models import (
    Answer,
    Assignment,
    Employee,
    Photo,
    Placement,
    Unit,
    UnitKind,
    Visit,
    VisitSection,
)

MULTIPLIED: Final[tuple[type[Base], ...]] = (Assignment, Visit, VisitSection, Answer, Photo)
"""In the order in which foreign keys allow them to be filled."""
STAFF: Final[tuple[type[Base], ...]] = (Unit, Employee, Placement)
"""Copied before the visits where people and shops are to become many too; of units only the shops."""
LEFT_EMPTY: Final = {("unit", "code"), ("employee", "code"), ("employee", "user_id")}
"""What is unique, and what nobody would miss."""
SHARED: Final = {"company_id", "parent_id"}
"""Where a copy belongs: to the same company and region."""
DAYS_SPREAD: Final = 30
LENGTH_OF_DAY: Final = len("2026-11-21")


def multiply_visits(database: Path, *, times: int, with_staff: bool = False) -> dict[str, int]:
    """Copy everything about assignments and visits until there is ``times`` as much; returns rows by table.

    Each copy lies up to a month earlier than the original. Pictures are not copied: the rows share them. With
    staff there are as many times the shops and employees, each with the visits that the original has.
    Raises ValueError when a table did not grow exactly as it should.
    """
    models = (*STAFF, *MULTIPLIED) if with_staff else MULTIPLIED
    engine = create_engine(f"sqlite:///{database}")
    try:
        with engine.begin() as connection:
            driver: Any = connection.connection.dbapi_connection
            driver.create_function("twin", 2, name_twin, deterministic=True)
            before = count_rows(connection, models)
            for model in models:
                copy_rows(connection, model.metadata.tables[model.__tablename__], models, copies=times - 1)
            after = count_rows(connection, models)
        if after != {name: times * count for name, count in before.items()}:
            raise ValueError(f"{before} did not become {times} times as much but {after}")
    finally:
        engine.dispose()
    return after


def count_rows(connection: Connection, models: Sequence[type[Base]] = MULTIPLIED) -> dict[str, int]:
    """The rows of every multiplied table; of units the shops."""
    return {
        model.__tablename__: connection.scalar(
            select(func.count())
            .select_from(model)
            .where(choose_rows(model.metadata.tables[model.__tablename__]))
        )
        or 0
        for model in models
    }


def choose_rows(table: Table) -> ColumnElement[bool]:
    """Which rows of a table are copied."""
    return table.c.kind == UnitKind.SHOP.value if table.name == Unit.__tablename__ else true()


def copy_rows(connection: Connection, table: Table, models: Sequence[type[Base]], *, copies: int) -> None:
    """Insert ``copies`` of every row of ``table`` in one statement."""
    numbers = func.json_each(json.dumps(list(range(1, copies + 1)))).table_valued("value")
    values = (copy_value(column, numbers.c.value, models) for column in table.columns)
    source = select(*values).select_from(table.join(numbers, true())).where(choose_rows(table))
    connection.execute(insert(table).from_select([column.name for column in table.columns], source))


def copy_value(
    column: Column[Any], number: ColumnElement[Any], models: Sequence[type[Base]]
) -> ColumnElement[Any]:
    """What copy ``number`` holds in ``column``: another identity, another day, or the same."""
    if (column.table.name, column.name) in LEFT_EMPTY and Unit in models:
        return null()
    if column.table.name == Unit.__tablename__ and column.name == "path":
        own = column.table.c.id
        return func.replace(column, own, func.twin(own, number))
    if is_renewed(column, models):
        return func.twin(column, number)
    if isinstance(column.type, Date | UtcDateTime):
        shift = func.printf("-%d days", number % DAYS_SPREAD)
        day = func.date(func.substr(column, 1, LENGTH_OF_DAY), shift)
        return day.concat(func.substr(column, LENGTH_OF_DAY + 1))
    return column


def is_renewed(column: Column[Any], models: Sequence[type[Base]]) -> bool:
    """Whether a column is the identity of a multiplied row, or points to one."""
    names = {model.__tablename__ for model in models}
    points = column.name not in SHARED and any(key.column.table.name in names for key in column.foreign_keys)
    return points or (column.primary_key and column.name == "id")


def name_twin(identity: str | None, number: int) -> str | None:
    """The identity of copy ``number`` of a row, in the hexadecimal spelling in which SQLite keeps UUIDs."""
    if identity is None:
        return None
    return hashlib.md5(f"{identity}/{number}".encode(), usedforsecurity=False).hexdigest()
