"""The database: one metadata with named constraints, column types of ours, and SQLite made serious."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, Executable, MetaData, String, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
MIGRATIONS = Path(__file__).parent / "migrations"
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_reading: ContextVar[bool] = ContextVar("reading", default=False)


class Base(DeclarativeBase):
    """The parent of every table; constraints get predictable names so that migrations can drop them."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is refused, because nobody could say what it meant."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be kept")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class ExactFraction(TypeDecorator[Fraction]):
    """An exact number kept as ``numerator/denominator``; a float column beside it serves sums in SQL."""

    impl = String(200)
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        return None if value is None else f"{value.numerator}/{value.denominator}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:
        return None if value is None else Fraction(value)


db = SQLAlchemy(metadata=Base.metadata)


@event.listens_for(Engine, "connect")
def _prepare_sqlite_connection(connection: Any, _record: object) -> None:
    """Set what makes SQLite safe under several writers (WAL, full sync, foreign keys, patience)."""
    if type(connection).__module__.split(".")[0] != "sqlite3":
        return
    # The driver must not begin transactions by itself: we choose BEGIN or BEGIN IMMEDIATE below.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    # SQLite's own lower() knows ASCII only, so a search for "анна" would not find "Анна".
    connection.create_function("lower", 1, _lower_text, deterministic=True)


def _lower_text(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


@event.listens_for(Engine, "begin")
def _begin_sqlite_transaction(connection: Any) -> None:
    """Take the write lock at once for anything that may write; a late upgrade fails with "locked"."""
    if connection.dialect.name != "sqlite":
        return
    connection.exec_driver_sql("BEGIN" if _only_reads() else "BEGIN IMMEDIATE")


def _only_reads() -> bool:
    if _reading.get():
        return True
    return has_request_context() and request.method in READING_METHODS and not g.get("may_write", False)


@contextmanager
def only_reading() -> Iterator[None]:
    """A transaction that only reads, where there is no request to tell: it holds up nobody who writes.

    Whatever was begun before is ended, and so is this one; rows that were loaded have to be read by then.
    """
    db.session.rollback()
    token = _reading.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        _reading.reset(token)


def allow_writing() -> None:
    """Say that this GET will write (an access event, a session's last use): ends the reading transaction."""
    if has_request_context() and not g.get("may_write", False):
        db.session.rollback()
        g.may_write = True


def stop_writing() -> None:
    """Say that this GET has written what it had to: what follows only reads and holds nobody up."""
    if has_request_context():
        g.pop("may_write", None)


def release_database() -> None:
    """End the transaction at hand before something that takes long: nobody waits for it meanwhile.

    Nothing that was not committed is kept, and what is asked afterwards only reads until ``allow_writing``.
    """
    db.session.rollback()
    stop_writing()


def insert_new(model: type[Base], values: Mapping[str, Any], *, unique: str | None = None) -> bool:
    """Insert one row; False, and nothing changes, when a unique key says that it is there.

    A unique key decides, never a look beforehand; ``unique`` names the one column that may, else any of them.
    """
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    table: Any = model.__table__
    statement: Executable = (
        dialect.insert(table)
        .values(**values)
        .on_conflict_do_nothing(index_elements=None if unique is None else [unique])
        .returning(*table.primary_key)
    )
    return db.session.execute(statement).first() is not None


def unapplied_migrations() -> list[str]:
    """The migrations that this database has not had yet, oldest first."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    with db.engine.connect() as connection:
        applied = MigrationContext.configure(connection).get_current_revision()
    newer = scripts.iterate_revisions(scripts.get_current_head(), applied or "base")
    return [script.revision for script in newer][::-1]
