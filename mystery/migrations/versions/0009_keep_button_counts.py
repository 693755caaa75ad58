"""Keep how often the loyalty buttons of shops were pressed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "button_count",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("presses", sa.Integer(), nullable=False),
        sa.Column("dissatisfied", sa.Integer(), nullable=False),
        sa.Column("customers", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "dissatisfied BETWEEN 0 AND presses", name=op.f("ck_button_count_dissatisfied_pressed")
        ),
        sa.CheckConstraint("customers >= presses", name=op.f("ck_button_count_customers_pressed")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user.id"], name=op.f("fk_button_count_recorded_by_id_user")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_button_count_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_button_count")),
        sa.UniqueConstraint("unit_id", "month", name=op.f("uq_button_count_unit_id_month")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("button_count")
