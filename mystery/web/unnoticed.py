"""Unnoticed: who takes notes in a shop must not be given away by the name above a page.

The pages of the phone are neutral by themselves. The few others that an auditor meets (sign-in, account, "not
found") take the neutral name over: for whoever is an auditor and nothing else, and for strangers on a phone
on which the lists were open before.
"""

from __future__ import annotations

from flask import Response, request
from flask_security import current_user

from mystery.access.guards import current_reach
from mystery.access.permissions import Role
from mystery.settings import current_settings

LISTS_COOKIE = "lists"
YEAR_IN_SECONDS = 365 * 24 * 3600


def goes_unnoticed() -> bool:
    """Whether this page is called "Lists" and carries no mark of ours."""
    roles = {unit.role for unit in current_reach().units} if current_user.is_authenticated else set()
    return roles == {Role.AUDITOR} if roles else LISTS_COOKIE in request.cookies


def remember_lists(response: Response) -> Response:
    """Let this browser remember that the lists were open on it, so that it can sign in unnoticed."""
    if LISTS_COOKIE not in request.cookies and response.mimetype == "text/html":
        response.set_cookie(
            LISTS_COOKIE,
            "1",
            max_age=YEAR_IN_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=current_settings().https,
        )
    return response
