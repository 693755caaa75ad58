"""Tickets: a signed word that lets one visit's photos and report in, and lets nothing out.

A ticket travels in the draft on the phone, so that a session that has ended cannot strand a report. Whoever
holds it may add to that one visit; nothing can be read with it but how much of its own files has arrived.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

TICKET_SALT = "mystery: capture: ticket"
DAYS_AFTER_WINDOW = timedelta(days=60)
LONGEST_TICKET = 400


@dataclass(frozen=True)
class Ticket:
    """The visit that it is for, the assignment behind it, and whose visit it is."""

    visit_id: UUID
    assignment_id: UUID
    user_id: UUID

    def is_good_on(self, day: date, *, window_end: date) -> bool:
        """Whether it is taken still, ``window_end`` being the last day of the assignment."""
        return day <= window_end + DAYS_AFTER_WINDOW


def sign_ticket(secret: str, ticket: Ticket) -> str:
    """The text of a ticket; the same whenever it is signed."""
    parts = (ticket.visit_id, ticket.assignment_id, ticket.user_id)
    return _serializer(secret).dumps([part.hex for part in parts])


def read_ticket(secret: str, text: str) -> Ticket | None:
    """The ticket in ``text``, or None for anything we did not sign."""
    if len(text) > LONGEST_TICKET:
        return None
    try:
        visit, assignment, user = _serializer(secret).loads(text)
        return Ticket(UUID(hex=visit), UUID(hex=assignment), UUID(hex=user))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=TICKET_SALT, signer_kwargs={"digest_method": hashlib.sha256})
