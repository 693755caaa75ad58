"""Keep formulas of quality pay and what was signed by them, and let the database freeze both."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mystery.migrations.rules import lay_rules

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Who recorded or signed may be forgotten when his account is erased; what was agreed and signed stays.
FROZEN = {
    "pay_agreement": ("company_id", "checklist_id", "number", "agreed_on", "content", "recorded_at"),
    "signed_pay": ("agreement_id", "employee_id", "since", "until", "figures", "total", "signed_at"),
}


def upgrade() -> None:
    """Add the two tables, and a trigger for each that refuses changes."""
    op.create_table(
        "pay_agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["checklist_id"], ["checklist.id"], name=op.f("fk_pay_agreement_checklist_id_checklist")
        ),
        sa.ForeignKeyConstraint(["company_id"], ["unit.id"], name=op.f("fk_pay_agreement_company_id_unit")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user.id"], name=op.f("fk_pay_agreement_recorded_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_agreement")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_pay_agreement_company_id_number")),
    )
    op.create_table(
        "signed_pay",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("total", sa.String(length=200), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.Column("signed_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("until >= since", name=op.f("ck_signed_pay_until_after_since")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["pay_agreement.id"], name=op.f("fk_signed_pay_agreement_id_pay_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_signed_pay_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(["signed_by_id"], ["user.id"], name=op.f("fk_signed_pay_signed_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_pay")),
        sa.UniqueConstraint(
            "agreement_id",
            "employee_id",
            "since",
            "until",
            name=op.f("uq_signed_pay_agreement_id_employee_id_since_until"),
        ),
    )
    op.create_index(op.f("ix_signed_pay_employee_id"), "signed_pay", ["employee_id"], unique=False)
    lay_rules(
        (
            table,
            f"{table}_is_frozen",
            "UPDATE",
            " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns),
        )
        for table, columns in FROZEN.items()
    )


def downgrade() -> None:
    """Take them away; the triggers go with their tables."""
    op.drop_index(op.f("ix_signed_pay_employee_id"), table_name="signed_pay")
    op.drop_table("signed_pay")
    op.drop_table("pay_agreement")
