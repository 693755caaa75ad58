"""Let a reviewer choose which version of a visit counts that was sent twice, and hold both as they came."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mystery.migrations.rules import drop_rules, lay_rules

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COPY_CHANGES = (
    "NEW.content <> OLD.content OR NEW.content_hash <> OLD.content_hash OR NEW.visit_id <> OLD.visit_id"
)
COPY_RULE = ("draft_copy", "copy_is_kept", "UPDATE", COPY_CHANGES)
# Only what arrived for this very visit can be chosen, so the choice never brings anything new into it.
CHOSEN_CHANGES = "NEW.chosen_answers IS NOT NULL AND NEW.chosen_answers <> COALESCE(OLD.chosen_answers, '')"
NEVER_ARRIVED = (
    "NOT EXISTS (SELECT 1 FROM draft_copy WHERE visit_id = NEW.id AND content = NEW.chosen_answers)"
)


def upgrade() -> None:
    """Add the column, and the two rules that keep it honest."""
    # Not in a batch: SQLite would make the table anew and lose its other rules with the old one.
    op.add_column("visit", sa.Column("chosen_answers", sa.Text(), nullable=True))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_unknown_choice() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {NEVER_ARRIVED} THEN RAISE EXCEPTION '%', TG_NAME; END IF; RETURN NEW; END $$"
        )
        op.execute(
            "CREATE TRIGGER chosen_has_arrived BEFORE UPDATE ON visit FOR EACH ROW "
            f"WHEN ({CHOSEN_CHANGES}) EXECUTE FUNCTION refuse_unknown_choice()"
        )
    else:
        lay_rules([("visit", "chosen_has_arrived", "UPDATE", f"{CHOSEN_CHANGES} AND {NEVER_ARRIVED}")])
    lay_rules([COPY_RULE])


def downgrade() -> None:
    """Take them away; which version was chosen stands in the decisions of the review desk."""
    drop_rules([("visit", "chosen_has_arrived", "UPDATE", CHOSEN_CHANGES), COPY_RULE])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_unknown_choice()")
    op.drop_column("visit", "chosen_answers")
