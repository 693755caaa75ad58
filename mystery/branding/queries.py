"""The looks of the companies whose look a person may set, and how they came to be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from mystery.access.permissions import Permission
from mystery.access.scopes import NotYours, Reach
from mystery.database import db
from mystery.models import ChecklistRecord, ChecklistVersion, CompanyLook, CompanyLookChange, Unit, User
from mystery.storage import media_store

DIGEST = re.compile(r"[0-9a-f]{64}")
MOST_CHANGES = 20


@dataclass(frozen=True)
class Look:
    """A logo by the digest of its picture, and a colour; either may be empty, which means ours."""

    logo: str = ""
    colour: str = ""


@dataclass(frozen=True)
class LookChange:
    """One change: the look from then on, when and by whom (None for an erased account)."""

    id: UUID
    look: Look
    moment: datetime
    person: str | None


@dataclass(frozen=True)
class LookCompany:
    """A company with its look and the last changes, newest first."""

    id: UUID
    name: str
    look: Look
    changes: tuple[LookChange, ...]


def read_company(reach: Reach, company_id: UUID) -> LookCompany:
    """One company with its look; raises NotYours for any other than the person's."""
    allow_company(reach, company_id)
    found = db.session.get(CompanyLook, company_id)
    return LookCompany(
        id=company_id,
        name=db.session.get_one(Unit, company_id).name,
        look=make_look(found.logo_key, found.colour) if found else Look(),
        changes=_list_changes(company_id),
    )


def allow_company(reach: Reach, company_id: UUID) -> None:
    """Raise NotYours unless the person may set the look of this whole company."""
    if company_id not in reach.whole_companies(Permission.SET_LOOK):
        raise NotYours


def read_logo(reach: Reach, company_id: UUID, digest: str) -> bytes:
    """The picture of a logo of this company, set or only tried; raises NotYours."""
    allow_company(reach, company_id)
    content = media_store().get(name_logo(company_id, digest)) if DIGEST.fullmatch(digest) else None
    if content is None:
        raise NotYours
    return content


def has_logo(company_id: UUID, digest: str) -> bool:
    """Whether such a logo was handed in for this company."""
    return bool(DIGEST.fullmatch(digest)) and media_store().get(name_logo(company_id, digest)) is not None


def name_logo(company_id: UUID, digest: str) -> str:
    """The key of a logo in the store: every company has a folder of its own, and a key names its content."""
    return f"looks/{company_id.hex}/{digest}.png" if digest else ""


def make_look(logo_key: str, colour: str) -> Look:
    """The look of a row."""
    return Look(logo_key.rpartition("/")[2].removesuffix(".png"), colour)


def read_newest_checklist(company_id: UUID) -> str | None:
    """The content of the version that the company published last; None before the first."""
    return db.session.scalar(
        select(ChecklistVersion.content)
        .join(ChecklistRecord)
        .where(ChecklistRecord.company_id == company_id)
        .order_by(ChecklistVersion.published_at.desc(), ChecklistVersion.id)
        .limit(1)
    )


def _list_changes(company_id: UUID) -> tuple[LookChange, ...]:
    rows = db.session.execute(
        select(CompanyLookChange, User.name)
        .outerjoin(User, User.id == CompanyLookChange.changed_by_id)
        .where(CompanyLookChange.company_id == company_id)
        .order_by(CompanyLookChange.changed_at.desc(), CompanyLookChange.id)
        .limit(MOST_CHANGES)
    )
    return tuple(
        LookChange(row.id, make_look(row.logo_key, row.colour), row.changed_at, name) for row, name in rows
    )
