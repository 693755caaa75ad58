"""Setting how a company's reports look; every change is remembered with who made it."""

from __future__ import annotations

import hashlib
from uuid import UUID

from sqlalchemy import select

from mystery.access.scopes import NotYours, Reach
from mystery.branding.queries import Look, allow_company, make_look, name_logo
from mystery.clock import now
from mystery.database import db
from mystery.models import CompanyLook, CompanyLookChange, Unit
from mystery.sheets.photo_desk import PhotoFault, logo_desk
from mystery.storage import media_store

MOST_LOGO_BYTES = 2 * 1024 * 1024


def keep_logo(reach: Reach, company_id: UUID, content: bytes) -> str | PhotoFault:
    """Prepare a picture and keep it, so that the look can be tried; the digest, or what is wrong with it.

    Nothing looks different yet. Raises NotYours.
    """
    allow_company(reach, company_id)
    if len(content) > MOST_LOGO_BYTES:
        return PhotoFault.TOO_LARGE
    prepared = logo_desk.prepare(content)
    if isinstance(prepared, PhotoFault):
        return prepared
    digest = hashlib.sha256(prepared.content).hexdigest()
    # Written anew even when it is there: a month without being set begins with the last trial.
    media_store().replace(name_logo(company_id, digest), prepared.content)
    return digest


def set_look(reach: Reach, company_id: UUID, look: Look) -> bool:
    """Let the reports of a company look so; False when they do already. Raises NotYours."""
    allow_company(reach, company_id)
    # The company's row is held, so that two people who set it at once do not both make the row.
    db.session.execute(select(Unit.id).where(Unit.id == company_id).with_for_update())
    found = db.session.get(CompanyLook, company_id)
    if look == (make_look(found.logo_key, found.colour) if found else Look()):
        db.session.rollback()
        return False
    if found is None:
        found = CompanyLook(company_id=company_id)
        db.session.add(found)
    values = {
        "logo_key": name_logo(company_id, look.logo),
        "colour": look.colour,
        "changed_at": now(),
        "changed_by_id": reach.user_id,
    }
    for name, value in values.items():
        setattr(found, name, value)
    db.session.add(CompanyLookChange(company_id=company_id, **values))
    db.session.commit()
    return True


def restore_look(reach: Reach, company_id: UUID, change_id: UUID) -> bool:
    """Let the reports look again as from an earlier change on; False when they do. Raises NotYours."""
    allow_company(reach, company_id)
    change = db.session.get(CompanyLookChange, change_id)
    if change is None or change.company_id != company_id:
        raise NotYours
    return set_look(reach, company_id, make_look(change.logo_key, change.colour))
