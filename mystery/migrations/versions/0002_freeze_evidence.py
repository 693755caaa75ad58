"""Let the database itself refuse to change what is evidence: versions, sent answers, access events."""

from __future__ import annotations

from alembic import op

from mystery.migrations.rules import drop_rules, lay_rules

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

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
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%', TG_NAME; END $$"
        )
    lay_rules(RULES)


def downgrade() -> None:
    """Take the triggers away."""
    drop_rules(RULES)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
