"""How Alembic reaches our database: through the running application's engine."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.types import TypeEngine

import mystery.models  # noqa: F401  # Fills the metadata.
from mystery.database import Base, ExactFraction, UtcDateTime, db

# A migration must mean the same in ten years, so it names plain column types, never our own classes.
PLAIN_TYPES: dict[type[TypeEngine[Any]], str] = {
    UtcDateTime: "sa.DateTime()",
    ExactFraction: "sa.String(length=200)",
}


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our column types as the plain ones underneath."""
    return PLAIN_TYPES.get(type(item), False) if kind == "type" else False  # type: ignore[arg-type]


def migrate(connection: Connection) -> None:
    """Run the migrations in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    """Migrate; SQLite re-makes tables to change them, which foreign keys would forbid in between."""
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        raw: Any = connection.connection.dbapi_connection
        if sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        migrate(connection)
        if sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"rows that point nowhere after the migration: {broken[:5]}")
            connection.rollback()
            raw.execute("PRAGMA foreign_keys=ON")


main()
