"""Let the database itself refuse to change what is evidence: versions, sent answers, access events."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# (table, name of the rule, the operation it forbids, when it applies)
RULES = (
    ("checklist_version", "version_is_frozen", "UPDATE", "1 = 1"),
    (
        "visit",
        "sent_visit_is_frozen",
        "UPDATE",
        "OLD.state <> 'draft' AND (NEW.raw_answers <> OLD.raw_answers OR NEW.version_id <> OLD.version_id"
        " OR NEW.state <> OLD.state)",
    ),
    ("answer", "answer_is_frozen", "UPDATE", "1 = 1"),
    ("access_event", "event_stays", "DELETE", "1 = 1"),
    (
        "access_event",
        "event_is_chained",
        "UPDATE",
        "NEW.mac <> OLD.mac OR NEW.content_digest <> OLD.content_digest",
    ),
)


def upgrade() -> None:
    """Add a trigger for each rule."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%', TG_NAME; END $$"
        )
    for table, name, operation, condition in RULES:
        if postgresql:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW "
                f"WHEN ({condition}) EXECUTE FUNCTION refuse_change()"
            )
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
            )


def downgrade() -> None:
    """Take the triggers away."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table, name, _operation, _condition in RULES:
        op.execute(f"DROP TRIGGER {name} ON {table}" if postgresql else f"DROP TRIGGER {name}")
    if postgresql:
        op.execute("DROP FUNCTION refuse_change()")
