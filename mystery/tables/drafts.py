"""Checked files kept for their person: bound to user, company and content, and forgotten after an hour."""

from __future__ import annotations

import hashlib
import zlib
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach
from mystery.clock import now
from mystery.database import db
from mystery.models import ImportDraft, Unit
from mystery.tables.faults import Fault
from mystery.tables.reading import Sheet, load_sheets, read_file

KEPT_FOR = timedelta(hours=1)
APPLIED_REMEMBERED_FOR = timedelta(days=1)
LONGEST_FILE_NAME = 120


def list_companies(reach: Reach, permission: Permission) -> list[tuple[UUID, str]]:
    """The companies into which the person may import, by name."""
    companies = reach.companies(permission)
    found = select(Unit.id, Unit.name).where(Unit.id.in_(companies)).order_by(Unit.name)
    return list(db.session.execute(found))


def check_file(
    reach: Reach, permission: Permission, company_id: UUID, *, file_name: str, content: bytes
) -> UUID | Fault:
    """Read an uploaded file and keep its rows for the dry run; raises NotYours for the company."""
    if company_id not in reach.companies(permission):
        raise NotYours
    # The file may take seconds to read; nobody else shall wait for the write lock of this request meanwhile.
    db.session.rollback()
    sheets = read_file(content)
    if isinstance(sheets, Fault):
        return sheets
    shown = "".join(character for character in file_name if character.isprintable())
    draft = keep_draft(reach, company_id, file_name=shown[:LONGEST_FILE_NAME], sheets=sheets)
    db.session.flush()
    kept = draft.id
    db.session.commit()
    return kept


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


def load_draft(reach: Reach, permission: Permission, draft_id: UUID, *, lock: bool = False) -> ImportDraft:
    """A draft of this very person, in a company where he still holds ``permission``; raises NotYours."""
    companies = reach.companies(permission)
    mine = (ImportDraft.user_id == reach.user_id, ImportDraft.company_id.in_(companies))
    found = select(ImportDraft).where(ImportDraft.id == draft_id, *mine)
    draft = db.session.scalar(found.with_for_update() if lock else found)
    if draft is None:
        raise NotYours
    return draft


def is_over(draft: ImportDraft) -> bool:
    """Whether a draft was applied already, or its time has run out."""
    return draft.applied_at is not None or draft.expires_at <= now()


def mark_applied(draft: ImportDraft) -> None:
    """Remember that a draft was applied; personal data is not kept longer than it is needed."""
    draft.applied_at, draft.sheets = now(), b""


def unpack_sheets(draft: ImportDraft) -> list[Sheet]:
    """The sheets as they were checked; raises NotYours when the content is not that any more."""
    content = zlib.decompress(draft.sheets)
    if hashlib.sha256(content).hexdigest() != draft.content_hash:
        raise NotYours
    return load_sheets(content.decode("utf-8"))
