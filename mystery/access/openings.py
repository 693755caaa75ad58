"""Openings: whoever opens what tells about a person is written down, in a chain that shows every gap."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal
from uuid import UUID

from sqlalchemy import Select, select

from mystery.clock import now
from mystery.database import db
from mystery.models import AccessEvent
from mystery.settings import current_settings

# Read on the page, downloaded as a PDF, or looked at on the review desk; the same of what tells about an
# employee over a period, and of a unit's report, in which each employee has a column.
OpeningKind = Literal["page", "pdf", "review", "period_page", "period_pdf", "unit_page", "unit_pdf"]
FIRST_LINK = "0" * 64


@dataclass(frozen=True)
class Opened:
    """What was opened: a visit, or without one a report over a period; the company; the employee if known."""

    visit_id: UUID | None
    company_id: UUID
    employee_id: UUID | None


def record_opening(reader_id: UUID, kind: OpeningKind, opened: Opened) -> None:
    """Add the next link of the chain. Commits nothing: it belongs to the transaction that reads the visit."""
    record_openings(reader_id, kind, [opened])


def record_openings(reader_id: UUID, kind: OpeningKind, opened: Sequence[Opened]) -> None:
    """Add a link for each of these, in this order. Commits nothing."""
    previous = db.session.scalar(_select_last_link()) or FIRST_LINK
    for each in opened:
        event = _forge_link(previous, reader_id, kind, each)
        db.session.add(event)
        previous = event.mac


@cache
def _select_last_link() -> Select[str]:
    return select(AccessEvent.mac).order_by(AccessEvent.id.desc()).limit(1)


def _forge_link(previous: str, reader_id: UUID, kind: OpeningKind, opened: Opened) -> AccessEvent:
    """The event after the one with the mac ``previous``.

    The digest is salted, so that an erased reader cannot be found again by trying all identifiers.
    """
    moment = now()
    parts = (
        opened.visit_id,
        opened.employee_id,
        reader_id,
        kind,
        moment.isoformat(),
        secrets.token_hex(16),
    )
    digest = hashlib.sha256("\n".join(str(part) for part in parts).encode()).hexdigest()
    return AccessEvent(
        company_id=opened.company_id,
        visit_id=opened.visit_id,
        employee_id=opened.employee_id,
        reader_id=reader_id,
        kind=kind,
        happened_at=moment,
        content_digest=digest,
        mac=link_mac(previous, digest),
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
