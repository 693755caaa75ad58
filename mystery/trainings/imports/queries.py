"""Imports of trainings: what a checked file would record as things are now."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from mystery.access.permissions import Permission
from mystery.access.scopes import Reach
from mystery.tables.drafts import is_over, load_draft, unpack_sheets
from mystery.trainings.imports.plan import Plan
from mystery.trainings.imports.planning import plan_import
from mystery.trainings.imports.roster import read_roster


@dataclass(frozen=True)
class ImportCheck:
    """A checked file: ``plan`` is None once it was applied or its time is over."""

    id: UUID
    file_name: str
    applied: bool
    plan: Plan | None


def show_import(reach: Reach, draft_id: UUID) -> ImportCheck:
    """A file this person uploaded, planned against what is recorded now; raises NotYours."""
    draft = load_draft(reach, Permission.COMPARE_STAFF, draft_id)
    plan = None
    if not is_over(draft):
        plan = plan_import(unpack_sheets(draft), read_roster(reach, draft.company_id))
    return ImportCheck(draft.id, draft.file_name, draft.applied_at is not None, plan)
