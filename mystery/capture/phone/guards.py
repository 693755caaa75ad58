"""The guard of what the script on the phone asks for: a session, or where it is said the ticket of a visit.

Refusals are short JSON here, never a page and never a way to the sign-in page, which a script would take for
an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import g, request
from flask_security import current_user

from mystery.access.guards import GUARD, current_reach
from mystery.access.permissions import Permission
from mystery.capture.phone.replies import Code, refuse
from mystery.capture.phone.senders import Sender, find_bearer
from mystery.capture.phone.tickets import read_ticket
from mystery.settings import current_settings

View = TypeVar("View", bound=Callable[..., Any])
TICKETED = "mystery_ticketed"
TICKET_HEADER = "X-Ticket"


def auditors(view: View) -> View:
    """Let in auditors who are signed in."""
    return _guard(view, ticketed=False)


def auditors_and_tickets(view: View) -> View:
    """Let in auditors who are signed in, and whoever holds the ticket of the visit in the address.

    The ticket goes first: on a phone that several people use, the session may be somebody else's.
    """
    return _guard(view, ticketed=True)


def is_ticketed(view: Callable[..., Any]) -> bool:
    """Whether a ticket opens this view."""
    return bool(getattr(view, TICKETED, False))


def current_sender() -> Sender:
    """Who sends this request; the guard has found him."""
    return cast(Sender, g.sender)


def _guard(view: View, *, ticketed: bool) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        sender = _find_bearer(kwargs["visit_id"]) if ticketed else None
        if sender is None:
            if not current_user.is_authenticated:
                return refuse(Code.SIGNED_OUT)
            if not current_reach().may(Permission.CAPTURE_VISITS):
                return refuse(Code.NOT_OPEN)
            sender = Sender(current_reach())
        g.sender = sender
        return view(*args, **kwargs)

    setattr(guarded, GUARD, (Permission.CAPTURE_VISITS,))
    setattr(guarded, TICKETED, ticketed)
    return cast(View, guarded)


def _find_bearer(visit_id: UUID) -> Sender | None:
    ticket = read_ticket(current_settings().secret_key, request.headers.get(TICKET_HEADER, ""))
    return find_bearer(ticket, visit_id) if ticket is not None else None
