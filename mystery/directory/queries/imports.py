"""Imports: what a checked file would do to the directory as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach
from mystery.database import db
from mystery.directory.imports.drafts import plan_draft
from mystery.directory.imports.plan import Plan
from mystery.models import Unit
from mystery.tables.drafts import is_over, load_draft


@dataclass(frozen=True)
class ImportCheck:
    """A checked file: ``plan`` is None once it was applied or its time is over."""

    id: UUID
    file_name: str
    company: str
    expires_at: datetime
    applied: bool
    plan: Plan | None


def show_import(reach: Reach, draft_id: UUID) -> ImportCheck:
    """A file this person uploaded, planned against the directory as it is now; raises NotYours."""
    draft = load_draft(reach, Permission.IMPORT_DIRECTORY, draft_id)
    company = db.session.get(Unit, draft.company_id)
    if company is None:
        raise NotYours
    return ImportCheck(
        id=draft.id,
        file_name=draft.file_name,
        company=company.name,
        expires_at=draft.expires_at,
        applied=draft.applied_at is not None,
        plan=None if is_over(draft) else plan_draft(reach, draft),
    )
