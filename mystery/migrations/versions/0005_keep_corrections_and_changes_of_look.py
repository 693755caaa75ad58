"""Let the database keep corrections as they were made, and remember every change of a company's look."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mystery.migrations.rules import drop_rules, lay_rules

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Who corrected may be forgotten when his account is erased; what was corrected, and why, stays.
CHANGES_MORE_THAN_THE_PERSON = " OR ".join(
    f"COALESCE(CAST(NEW.{name} AS TEXT), '') <> COALESCE(CAST(OLD.{name} AS TEXT), '')"
    for name in (
        "visit_id",
        "question",
        "number",
        "before",
        "after",
        "occasion",
        "reason",
        "corrected_at",
    )
)
RULES = (
    ("answer_correction", "correction_is_frozen", "UPDATE", CHANGES_MORE_THAN_THE_PERSON),
    ("answer_correction", "correction_stays", "DELETE", "1 = 1"),
)


def upgrade() -> None:
    """Add the table of changes, and a trigger for each rule."""
    op.create_table(
        "company_look_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("logo_key", sa.String(length=120), nullable=False),
        sa.Column("colour", sa.String(length=7), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["user.id"], name=op.f("fk_company_look_change_changed_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["unit.id"], name=op.f("fk_company_look_change_company_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_look_change")),
    )
    with op.batch_alter_table("company_look_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_company_look_change_company_id"), ["company_id"], unique=False)
    lay_rules(RULES)


def downgrade() -> None:
    """Take them away."""
    drop_rules(RULES)
    op.drop_table("company_look_change")
