"""Links for letters: absolute, on the address from the settings and never on what a request calls itself.

A request's Host header is the sender's choice; a reset link built from it would hand the token to him.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app

from mystery.accounts.tokens import sign_invitation
from mystery.settings import current_settings


def public_link(endpoint: str, **values: object) -> str:
    """The address of an endpoint as people reach it from outside; works without a request too."""
    public = urlsplit(current_settings().public_url)
    adapter = current_app.url_map.bind(
        public.netloc, script_name=public.path or None, url_scheme=public.scheme
    )
    return adapter.build(endpoint, values, force_external=True)


def invitation_link(invitation_id: UUID, expires_at: datetime) -> str:
    """The link that accepts an invitation, in the sending that expires then."""
    token = sign_invitation(current_settings().secret_key, invitation_id, expires_at)
    return public_link("accounts.show_offer", token=token)
