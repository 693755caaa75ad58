"""Create the tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("attempted_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_attempt_subject_attempted_at"), ["subject", "attempted_at"], unique=False
        )

    op.create_table(
        "unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(kind = 'company') = (parent_id IS NULL)", name=op.f("ck_unit_company_is_root")),
        sa.CheckConstraint("kind IN ('company', 'region', 'shop')", name=op.f("ck_unit_kind_known")),
        sa.ForeignKeyConstraint(["company_id"], ["unit.id"], name=op.f("fk_unit_company_id_unit")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_unit_company_id_code")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_path"), ["path"], unique=False)

    op.create_table(
        "user",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_user_fs_uniquifier")),
    )
    op.create_table(
        "checklist",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["unit.id"], name=op.f("fk_checklist_company_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist")),
        sa.UniqueConstraint("company_id", "slug", name=op.f("uq_checklist_company_id_slug")),
    )
    op.create_table(
        "employee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("hired_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "left_on IS NULL OR left_on >= hired_on", name=op.f("ck_employee_left_after_hired")
        ),
        sa.ForeignKeyConstraint(["company_id"], ["unit.id"], name=op.f("fk_employee_company_id_unit")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_employee_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employee")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_employee_company_id_code")),
        sa.UniqueConstraint("user_id", name=op.f("uq_employee_user_id")),
    )
    with op.batch_alter_table("employee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_employee_company_id"), ["company_id"], unique=False)

    op.create_table(
        "grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "role IN ('auditor', 'lead', 'manager', 'hr', 'employee', 'administrator')",
            name=op.f("ck_grant_role_known"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_grant_unit_id_unit")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_grant_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
        sa.UniqueConstraint("user_id", "role", "unit_id", name=op.f("uq_grant_user_id_role_unit_id")),
    )
    with op.batch_alter_table("grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grant_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "import_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("sheets", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("applied_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["unit.id"], name=op.f("fk_import_draft_company_id_unit")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_import_draft_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_draft")),
    )
    with op.batch_alter_table("import_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_draft_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_draft_user_id"), ["user_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("purpose IN ('training', 'bonus')", name=op.f("ck_notice_purpose_known")),
        sa.ForeignKeyConstraint(["company_id"], ["unit.id"], name=op.f("fk_notice_company_id_unit")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_notice_recorded_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_company_id"), ["company_id"], unique=False)

    op.create_table(
        "scenario",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("title_ru", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["unit.id"], name=op.f("fk_scenario_company_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
        sa.UniqueConstraint("company_id", "slug", name=op.f("uq_scenario_company_id_slug")),
    )
    op.create_table(
        "user_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_session_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
    )
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "checklist_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("title_ru", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["checklist_id"], ["checklist.id"], name=op.f("fk_checklist_version_checklist_id_checklist")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["user.id"], name=op.f("fk_checklist_version_published_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_version")),
        sa.UniqueConstraint(
            "checklist_id", "content_hash", name=op.f("uq_checklist_version_checklist_id_content_hash")
        ),
        sa.UniqueConstraint("checklist_id", "number", name=op.f("uq_checklist_version_checklist_id_number")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=True),
        sa.Column("invited_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "role IN ('auditor', 'lead', 'manager', 'hr', 'employee', 'administrator')",
            name=op.f("ck_invitation_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_invitation_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["user.id"], name=op.f("fk_invitation_invited_by_id_user")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_invitation_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "placement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.String(length=120), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_placement_until_after_since")),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_placement_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_placement_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_employee_id"), ["employee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("scenario_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=True),
        sa.Column("auditor_id", sa.Uuid(), nullable=False),
        sa.Column("window_start", sa.Date(), nullable=False),
        sa.Column("window_end", sa.Date(), nullable=False),
        sa.Column("briefing", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("window_end >= window_start", name=op.f("ck_assignment_window_in_order")),
        sa.ForeignKeyConstraint(["auditor_id"], ["user.id"], name=op.f("fk_assignment_auditor_id_user")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name=op.f("fk_assignment_created_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_assignment_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["scenario.id"], name=op.f("fk_assignment_scenario_id_scenario")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assignment_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["checklist_version.id"], name=op.f("fk_assignment_version_id_checklist_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_auditor_id"), ["auditor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_employee_id"), ["employee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_version_id"), ["version_id"], unique=False)

    op.create_table(
        "visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=True),
        sa.Column("employee_note", sa.String(length=200), nullable=False),
        sa.Column("auditor_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("visited_at", sa.DateTime(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("draft_revision", sa.Integer(), nullable=False),
        sa.Column("raw_answers", sa.Text(), nullable=True),
        sa.Column("base", sa.String(length=200), nullable=True),
        sa.Column("final", sa.String(length=200), nullable=True),
        sa.Column("coverage", sa.String(length=200), nullable=True),
        sa.Column("base_percent", sa.Double(), nullable=True),
        sa.Column("final_percent", sa.Double(), nullable=True),
        sa.Column("coverage_percent", sa.Double(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("band", sa.String(length=40), nullable=True),
        sa.Column("knocked_out", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(state = 'draft') = (raw_answers IS NULL)", name=op.f("ck_visit_submitted_has_answers")
        ),
        sa.CheckConstraint(
            "(state = 'draft') = (submitted_at IS NULL)", name=op.f("ck_visit_submitted_has_moment")
        ),
        sa.CheckConstraint(
            "state = 'draft' OR visited_on IS NOT NULL", name=op.f("ck_visit_submitted_has_day")
        ),
        sa.CheckConstraint("state IN ('draft', 'submitted', 'set_aside')", name=op.f("ck_visit_state_known")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_visit_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(["auditor_id"], ["user.id"], name=op.f("fk_visit_auditor_id_user")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_visit_employee_id_employee")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_visit_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["checklist_version.id"], name=op.f("fk_visit_version_id_checklist_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_auditor_id"), ["auditor_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_visit_employee_id_visited_on"), ["employee_id", "visited_on"], unique=False
        )
        batch_op.create_index(
            "ix_visit_list",
            ["state", "visited_on", "unit_id", "employee_id", "passed", "knocked_out", "final_percent"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_visit_unit_id_visited_on"), ["unit_id", "visited_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_visit_version_id"), ["version_id"], unique=False)
        batch_op.create_index(
            "uq_visit_assignment_id_auditor_id_draft",
            ["assignment_id", "auditor_id"],
            unique=True,
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )
        batch_op.create_index(
            "uq_visit_assignment_id_submitted",
            ["assignment_id"],
            unique=True,
            sqlite_where=sa.text("state = 'submitted'"),
            postgresql_where=sa.text("state = 'submitted'"),
        )

    op.create_table(
        "access_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("employee_id", sa.Uuid(), nullable=True),
        sa.Column("reader_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["unit.id"], name=op.f("fk_access_event_company_id_unit")),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_access_event_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(["reader_id"], ["user.id"], name=op.f("fk_access_event_reader_id_user")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_access_event_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_event")),
        sa.UniqueConstraint("mac", name=op.f("uq_access_event_mac")),
    )
    with op.batch_alter_table("access_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_event_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_access_event_employee_id"), ["employee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_access_event_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("share", sa.Double(), nullable=True),
        sa.Column("earned", sa.String(length=200), nullable=False),
        sa.Column("possible", sa.String(length=200), nullable=False),
        sa.Column("knocked_out", sa.Boolean(), nullable=False),
        sa.Column("standard_code", sa.String(length=20), nullable=True),
        sa.Column("standard_revision", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_answer_visit_id_visit")),
        sa.PrimaryKeyConstraint("visit_id", "question", name=op.f("pk_answer")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answer_standard_code_standard_revision"),
            ["standard_code", "standard_revision"],
            unique=False,
        )

    op.create_table(
        "draft_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_draft_copy_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_copy")),
        sa.UniqueConstraint("visit_id", "content_hash", name=op.f("uq_draft_copy_visit_id_content_hash")),
    )
    with op.batch_alter_table("draft_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_copy_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("original_sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=120), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("byte_size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_photo_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint(
            "visit_id", "question", "original_sha256", name=op.f("uq_photo_visit_id_question_original_sha256")
        ),
    )
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_photo_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "visit_section",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("earned", sa.String(length=200), nullable=False),
        sa.Column("possible", sa.String(length=200), nullable=False),
        sa.Column("percent", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_section_visit_id_visit")),
        sa.PrimaryKeyConstraint("visit_id", "section", name=op.f("pk_visit_section")),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("visit_section")
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_photo_visit_id"))

    op.drop_table("photo")
    with op.batch_alter_table("draft_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_copy_visit_id"))

    op.drop_table("draft_copy")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_standard_code_standard_revision"))

    op.drop_table("answer")
    with op.batch_alter_table("access_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_event_visit_id"))
        batch_op.drop_index(batch_op.f("ix_access_event_employee_id"))
        batch_op.drop_index(batch_op.f("ix_access_event_company_id"))

    op.drop_table("access_event")
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_visit_assignment_id_submitted",
            sqlite_where=sa.text("state = 'submitted'"),
            postgresql_where=sa.text("state = 'submitted'"),
        )
        batch_op.drop_index(
            "uq_visit_assignment_id_auditor_id_draft",
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )
        batch_op.drop_index(batch_op.f("ix_visit_version_id"))
        batch_op.drop_index(batch_op.f("ix_visit_unit_id_visited_on"))
        batch_op.drop_index("ix_visit_list")
        batch_op.drop_index(batch_op.f("ix_visit_employee_id_visited_on"))
        batch_op.drop_index(batch_op.f("ix_visit_auditor_id"))
        batch_op.drop_index(batch_op.f("ix_visit_assignment_id"))

    op.drop_table("visit")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_version_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_unit_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_employee_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_auditor_id"))

    op.drop_table("assignment")
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_unit_id"))
        batch_op.drop_index(batch_op.f("ix_placement_employee_id"))

    op.drop_table("placement")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_unit_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_email"))

    op.drop_table("invitation")
    op.drop_table("checklist_version")
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_session_user_id"))

    op.drop_table("user_session")
    op.drop_table("scenario")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_company_id"))

    op.drop_table("notice")
    with op.batch_alter_table("import_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_draft_user_id"))
        batch_op.drop_index(batch_op.f("ix_import_draft_expires_at"))

    op.drop_table("import_draft")
    with op.batch_alter_table("grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grant_unit_id"))

    op.drop_table("grant")
    with op.batch_alter_table("employee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_employee_company_id"))

    op.drop_table("employee")
    op.drop_table("checklist")
    op.drop_table("user")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_path"))
        batch_op.drop_index(batch_op.f("ix_unit_parent_id"))
        batch_op.drop_index(batch_op.f("ix_unit_company_id"))

    op.drop_table("unit")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_attempt_subject_attempted_at"))

    op.drop_table("sign_in_attempt")
