"""Checked files kept for their person: bound to user, company and content, and forgotten after an hour."""

from __future__ import annotations

import hashlib
import zlib
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach, units_in_reach
from mystery.clock import now
from mystery.database import db
from mystery.directory.imports.plan import Directory, Plan
from mystery.directory.imports.planning import plan_import
from mystery.directory.imports.reading import Sheet, load_sheets
from mystery.directory.register import read_staff, read_units, today_in
from mystery.models import ImportDraft, Unit

KEPT_FOR = timedelta(hours=1)
APPLIED_REMEMBERED_FOR = timedelta(days=1)


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


def keep_draft(reach: Reach, company_id: UUID, *, file_name: str, sheets: str) -> ImportDraft:
    """Keep the sheets of a checked file (as JSON); everybody's expired ones go."""
    content = sheets.encode("utf-8")
    draft = ImportDraft(
        user_id=reach.user_id,
        company_id=company_id,
        file_name=file_name,
        sheets=zlib.compress(content, 6),
        content_hash=hashlib.sha256(content).hexdigest(),
        expires_at=now() + KEPT_FOR,
    )
    forget_expired()
    db.session.add(draft)
    return draft


def forget_expired() -> None:
    """Delete drafts whose time is over, and applied ones a day later."""
    stale = or_(
        ImportDraft.applied_at.is_(None) & (ImportDraft.expires_at < now()),
        ImportDraft.applied_at < now() - APPLIED_REMEMBERED_FOR,
    )
    db.session.execute(delete(ImportDraft).where(stale))


def load_draft(reach: Reach, draft_id: UUID, *, lock: bool = False) -> ImportDraft:
    """A draft of this very person, in a company where he may still import; raises NotYours."""
    companies = reach.companies(Permission.IMPORT_DIRECTORY)
    mine = (ImportDraft.user_id == reach.user_id, ImportDraft.company_id.in_(companies))
    found = select(ImportDraft).where(ImportDraft.id == draft_id, *mine)
    draft = db.session.scalar(found.with_for_update() if lock else found)
    if draft is None:
        raise NotYours
    return draft


def is_over(draft: ImportDraft) -> bool:
    """Whether a draft was applied already, or its time has run out."""
    return draft.applied_at is not None or draft.expires_at <= now()


def unpack_sheets(draft: ImportDraft) -> list[Sheet]:
    """The sheets as they were checked; raises NotYours when the content is not that any more."""
    content = zlib.decompress(draft.sheets)
    if hashlib.sha256(content).hexdigest() != draft.content_hash:
        raise NotYours
    return load_sheets(content.decode("utf-8"))


def plan_draft(reach: Reach, draft: ImportDraft) -> Plan:
    """What the draft's content would do now."""
    return plan_import(unpack_sheets(draft), read_directory(reach, draft.company_id))
