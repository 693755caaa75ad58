"""A checked file against the company as it is."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from mystery.access.permissions import Permission
from mystery.access.scopes import Reach, units_in_reach
from mystery.database import db
from mystery.directory.imports.plan import Directory, Plan
from mystery.directory.imports.planning import plan_import
from mystery.directory.register import read_staff, read_units, today_in
from mystery.models import ImportDraft, Unit
from mystery.tables.drafts import unpack_sheets


def read_directory(reach: Reach, company_id: UUID) -> Directory:
    """The company as it is, and which of its units the person may import into."""
    reached = select(Unit.id).where(
        Unit.company_id == company_id, units_in_reach(reach, Permission.IMPORT_DIRECTORY)
    )
    return Directory(
        company_id=company_id,
        today=today_in(company_id),
        units=read_units(company_id),
        staff=read_staff(company_id),
        reached=frozenset(db.session.scalars(reached)),
    )


def plan_draft(reach: Reach, draft: ImportDraft) -> Plan:
    """What the draft's content would do now."""
    return plan_import(unpack_sheets(draft), read_directory(reach, draft.company_id))
