"""Receive visits from phones: uploads in pieces, recordings, flags for the reviewer, held visits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

from mystery.migrations.rules import Rule, drop_rules, lay_rules

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Rules = tuple[Rule, ...]
ANSWER_RULES: Rules = (("answer", "answer_is_frozen", "UPDATE", "1 = 1"),)
FORMER_VISIT_RULES: Rules = (
    (
        "visit",
        "sent_visit_is_frozen",
        "UPDATE",
        "OLD.state <> 'draft' AND (NEW.raw_answers <> OLD.raw_answers OR NEW.version_id <> OLD.version_id"
        " OR NEW.state <> OLD.state)",
    ),
)
# A held visit may be taken as it is, set aside, or returned to its auditor; what it says stays until then.
VISIT_RULES: Rules = (
    (
        "visit",
        "sent_visit_is_frozen",
        "UPDATE",
        "OLD.state <> 'draft' AND (NEW.version_id <> OLD.version_id"
        " OR (NEW.state <> 'draft' AND NEW.raw_answers <> OLD.raw_answers)"
        " OR (NEW.state <> OLD.state AND OLD.state <> 'held'))",
    ),
)
KNOWN_STATES = "state IN ('draft', 'held', 'submitted', 'set_aside')"
FORMER_STATES = "state IN ('draft', 'submitted', 'set_aside')"
DAY_UNLESS_HELD = "state IN ('draft', 'held') OR visited_on IS NOT NULL"
FORMER_DAY = "state = 'draft' OR visited_on IS NOT NULL"


def upgrade() -> None:
    """Add the tables and columns, and let a visit be held."""
    op.create_table(
        "capture_settings",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("voice_memos", sa.Boolean(), nullable=False),
        sa.Column("position_fix", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["user.id"], name=op.f("fk_capture_settings_changed_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["unit.id"], name=op.f("fk_capture_settings_company_id_unit")
        ),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_capture_settings")),
    )
    op.create_table(
        "recording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("byte_size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_recording_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint(
            "visit_id", "question", "sha256", name=op.f("uq_recording_visit_id_question_sha256")
        ),
    )
    with op.batch_alter_table("recording", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recording_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "visit_flag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["user.id"], name=op.f("fk_visit_flag_settled_by_id_user")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_flag_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_flag")),
        sa.UniqueConstraint("visit_id", "kind", "detail", name=op.f("uq_visit_flag_visit_id_kind_detail")),
    )
    with op.batch_alter_table("visit_flag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_flag_settled_at"), ["settled_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_flag_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("byte_size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("original_sha256", sa.String(length=64), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        sa.Column("recording_id", sa.Uuid(), nullable=True),
        sa.Column("storage_key", sa.String(length=120), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('receiving', 'kept', 'unreadable', 'removed')", name=op.f("ck_upload_state_known")
        ),
        sa.CheckConstraint("received BETWEEN 0 AND byte_size", name=op.f("ck_upload_received_within")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_upload_photo_id_photo"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["recording.id"],
            name=op.f("fk_upload_recording_id_recording"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_upload_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_visit_id"), ["visit_id"], unique=False)

    # SQLite re-makes a table to change it, and its triggers go with the old one: lay them again.
    drop_rules((*ANSWER_RULES, *FORMER_VISIT_RULES))
    with op.batch_alter_table("answer") as batch_op:
        batch_op.add_column(sa.Column("recall_minutes", sa.Integer(), nullable=True))
    with op.batch_alter_table("visit") as batch_op:
        batch_op.add_column(sa.Column("clock_skew_seconds", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("returned_reason", sa.Text(), nullable=False, server_default=""))
        change_checks(batch_op, KNOWN_STATES, DAY_UNLESS_HELD)
    with op.batch_alter_table("visit") as batch_op:
        batch_op.alter_column("returned_reason", server_default=None)
    lay_rules((*ANSWER_RULES, *VISIT_RULES))


def downgrade() -> None:
    """Take it all away; what was held becomes a draft again, with everything that was sent in it."""
    drop_rules((*ANSWER_RULES, *VISIT_RULES))
    op.execute(
        "UPDATE visit SET draft = raw_answers, raw_answers = NULL, submitted_at = NULL, state = 'draft'"
        " WHERE state = 'held'"
    )
    with op.batch_alter_table("visit") as batch_op:
        change_checks(batch_op, FORMER_STATES, FORMER_DAY)
        batch_op.drop_column("returned_reason")
        batch_op.drop_column("clock_skew_seconds")
    with op.batch_alter_table("answer") as batch_op:
        batch_op.drop_column("recall_minutes")
    lay_rules((*ANSWER_RULES, *FORMER_VISIT_RULES))
    for table in ("upload", "visit_flag", "recording", "capture_settings"):
        op.drop_table(table)


def change_checks(batch_op: BatchOperations, states: str, day: str) -> None:
    """Say anew which states there are, and which of them need a day."""
    batch_op.drop_constraint("state_known", type_="check")
    batch_op.drop_constraint("submitted_has_day", type_="check")
    batch_op.create_check_constraint("state_known", states)
    batch_op.create_check_constraint("submitted_has_day", day)
