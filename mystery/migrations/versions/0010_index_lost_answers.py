"""Index what was not answered in full, which a comparison of staff reads of all visits at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

LOST = sa.text("share IS NULL OR share < 1")


def upgrade() -> None:
    """Add the index."""
    op.create_index(
        "ix_answer_lost",
        "answer",
        ["visit_id", "question", "state", "share", "standard_code"],
        unique=False,
        sqlite_where=LOST,
        postgresql_where=LOST,
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_answer_lost", table_name="answer")
