"""Rules that the database itself keeps: what is evidence is refused to change, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable

from alembic import op

# (table, name of the rule, the operation it forbids, when it applies)
Rule = tuple[str, str, str, str]


def lay_rules(rules: Iterable[Rule]) -> None:
    """Add a trigger for each rule; PostgreSQL needs the function ``refuse_change`` of 0002 for it."""
    for table, name, operation, condition in rules:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW "
                f"WHEN ({condition}) EXECUTE FUNCTION refuse_change()"
            )
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
            )


def drop_rules(rules: Iterable[Rule]) -> None:
    """Take the triggers of these rules away."""
    for table, name, _operation, _condition in rules:
        postgresql = op.get_bind().dialect.name == "postgresql"
        op.execute(f"DROP TRIGGER {name} ON {table}" if postgresql else f"DROP TRIGGER {name}")
