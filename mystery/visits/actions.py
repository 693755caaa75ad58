"""What is written down when somebody opens an identifiable report: an event in a chain that shows gaps."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Literal
from uuid import UUID

from sqlalchemy import select

from mystery.access.scopes import Reach
from mystery.clock import now
from mystery.database import allow_writing, db
from mystery.models import AccessEvent
from mystery.printouts.dossier import Dossier, read_dossier
from mystery.settings import current_settings

OpeningKind = Literal["page", "pdf"]
FIRST_LINK = "0" * 64


def open_dossier(reach: Reach, visit_id: UUID, kind: OpeningKind) -> Dossier:
    """Read a visit for this person and record that he did; raises NotYours when he may not.

    The event is written in the same transaction in which the visit was read, before anything is shown.
    """
    allow_writing()
    dossier = read_dossier(reach, visit_id)
    db.session.add(chain_event(dossier, reach.user_id, kind))
    db.session.commit()
    return dossier


def chain_event(dossier: Dossier, reader_id: UUID, kind: OpeningKind) -> AccessEvent:
    """The next link of the chain.

    The digest is salted, so that an erased reader cannot be found again by trying all identifiers.
    """
    moment = now()
    parts = (
        dossier.visit_id,
        dossier.employee_id,
        reader_id,
        kind,
        moment.isoformat(),
        secrets.token_hex(16),
    )
    digest = hashlib.sha256("\n".join(str(part) for part in parts).encode()).hexdigest()
    previous = db.session.scalar(select(AccessEvent.mac).order_by(AccessEvent.id.desc()).limit(1))
    return AccessEvent(
        company_id=dossier.company_id,
        visit_id=dossier.visit_id,
        employee_id=dossier.employee_id,
        reader_id=reader_id,
        kind=kind,
        happened_at=moment,
        content_digest=digest,
        mac=link_mac(previous or FIRST_LINK, digest),
    )


def link_mac(previous: str, digest: str) -> str:
    """The keyed hash that ties an event to the one before it."""
    key = hashlib.sha256(b"access events\n" + current_settings().secret_key.encode()).digest()
    return hmac.new(key, f"{previous}\n{digest}".encode(), hashlib.sha256).hexdigest()


def find_broken_link() -> int | None:
    """The id of the first event at which the chain does not hold, or None when it is whole."""
    previous = FIRST_LINK
    rows = db.session.execute(
        select(AccessEvent.id, AccessEvent.content_digest, AccessEvent.mac).order_by(AccessEvent.id)
    )
    for event_id, digest, mac in rows:
        if not hmac.compare_digest(mac, link_mac(previous, digest)):
            return int(event_id)
        previous = mac
    return None
