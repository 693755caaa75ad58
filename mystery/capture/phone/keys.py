"""Keys: what drafts on a phone are encrypted with, one a person, the same on all devices of that person."""

from __future__ import annotations

from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
PURPOSE = b"mystery: capture: key of drafts: "


def derive_key(secret: str, user_id: UUID) -> bytes:
    """The 32 bytes of a person's key; only this server and that person's signed-in phones know them."""
    derivation = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE + user_id.bytes)
    return derivation.derive(secret.encode())
