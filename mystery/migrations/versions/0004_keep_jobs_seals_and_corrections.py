"""Keep jobs, the seals of printed reports, companies' looks, and corrections of answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the four tables."""
    op.create_table(
        "company_look",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("logo_key", sa.String(length=120), nullable=False),
        sa.Column("colour", sa.String(length=7), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["user.id"], name=op.f("fk_company_look_changed_by_id_user")
        ),
        sa.ForeignKeyConstraint(["company_id"], ["unit.id"], name=op.f("fk_company_look_company_id_unit")),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_company_look")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("done_count", sa.Integer(), nullable=False),
        sa.Column("total_count", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_job_state_known")
        ),
        sa.CheckConstraint("done_count BETWEEN 0 AND total_count", name=op.f("ck_job_done_within")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_job_asked_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_asked_by_id"), ["asked_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_state_lease_until"), ["state", "lease_until"], unique=False)

    op.create_table(
        "answer_correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("occasion", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(), nullable=False),
        sa.Column("corrected_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "occasion IN ('review', 'appeal')", name=op.f("ck_answer_correction_occasion_known")
        ),
        sa.ForeignKeyConstraint(
            ["corrected_by_id"], ["user.id"], name=op.f("fk_answer_correction_corrected_by_id_user")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_answer_correction_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_correction")),
        sa.UniqueConstraint(
            "visit_id", "question", "number", name=op.f("uq_answer_correction_visit_id_question_number")
        ),
    )
    with op.batch_alter_table("answer_correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_correction_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "report_seal",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("stamp", sa.String(length=12), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("shown_final", sa.String(length=20), nullable=False),
        sa.Column("most", sa.String(length=20), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_report_seal_visit_id_visit")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_report_seal")),
    )
    with op.batch_alter_table("report_seal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_seal_stamp"), ["stamp"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_seal_visit_id"), ["visit_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    for table in ("report_seal", "answer_correction", "job", "company_look"):
        op.drop_table(table)
