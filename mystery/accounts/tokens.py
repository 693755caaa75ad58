"""Tokens: the signed link of an invitation, good for nothing else."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

INVITATION_SALT = "mystery: accounts: invitation"


def sign_invitation(secret: str, invitation_id: UUID, expires_at: datetime) -> str:
    """The token of an invitation; it is bound to the moment at which this sending of it expires.

    An invitation that is sent anew expires later, so the link sent before stops working.
    """
    return _serializer(secret).dumps([invitation_id.hex, int(expires_at.timestamp())])


def read_invitation_token(secret: str, token: str) -> tuple[UUID, datetime] | None:
    """The invitation that a token names and the moment it expires, or None for anything we did not sign."""
    try:
        named, expires = _serializer(secret).loads(token)
        return UUID(hex=named), datetime.fromtimestamp(expires, UTC)
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=INVITATION_SALT, signer_kwargs={"digest_method": hashlib.sha256})
