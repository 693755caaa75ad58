"""Emergency files as a phone makes them: sealed with its person's key, photos behind the content."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Mapping
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mystery.capture.phone.keys import derive_key
from mystery.settings import current_settings
from tests.phone.device import FIELDS, Device, Fields, File, tell_time


def make_copy(
    device: Device,
    user_id: UUID,
    files: Iterable[File] = (),
    fields: Fields | None = None,
    *,
    head: Mapping[str, object] | None = None,
) -> bytes:
    """The file of a list; ``head`` replaces parts of its first line."""
    listed = list(files)
    content = {
        "fields": FIELDS if fields is None else fields,
        "events": [],
        "answered": {},
        "photos": [{**file.named, "size": len(file.content), "type": file.media_type} for file in listed],
        "removed": [],
        "ticket": device.ticket,
        "place": "Магазин N1",
    }
    return seal_copy(device, user_id, json.dumps(content).encode(), listed, head=head)


def seal_copy(
    device: Device,
    user_id: UUID,
    content: bytes,
    files: Iterable[File] = (),
    *,
    head: Mapping[str, object] | None = None,
) -> bytes:
    """Seal any content and these files."""
    uid, visit = user_id.hex, str(device.visit)
    key = derive_key(current_settings().secret_key, user_id)
    iv, box = seal(key, f"draft:{visit}:{uid}", content)
    photos, boxes = [], [box]
    for file in files:
        own_iv, sealed = seal(key, f"photo:{file.id}:{uid}", file.content)
        about = {"id": str(file.id), "type": file.media_type, "sha256": file.sha256}
        photos.append({**about, "size": len(file.content), "iv": own_iv, "length": len(sealed)})
        boxes.append(sealed)
    line = {
        "format": "lists-copy",
        "v": 1,
        "uid": uid,
        "visit": visit,
        "version": str(device.version),
        "assignment": str(device.assignment),
        "made": tell_time(),
        "iv": iv,
        "length": len(box),
        "photos": photos,
    }
    return json.dumps({**line, **(head or {})}).encode() + b"\n" + b"".join(boxes)


def seal(key: bytes, label: str, content: bytes) -> tuple[str, bytes]:
    """What WebCrypto makes of it: the beginning in Base64, and the sealed bytes with their tag."""
    iv = os.urandom(12)
    return base64.b64encode(iv).decode(), AESGCM(key).encrypt(iv, content, label.encode())
