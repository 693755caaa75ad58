"""Sealed copies: the emergency file of a phone, opened with the key of the person whose phone made it.

One line of JSON says whose and what it is; after the line end come the sealed content and the sealed photos,
one after another, just as they lay in the phone's store. Each is bound to what it is and to its person.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mystery.capture.phone.bodies import MOST_FILES, BadBody, SentSheet, read_json_object, read_sheet

FORMAT, VERSION = "lists-copy", 1
LONGEST_HEAD = 1024 * 1024
IV_BYTES = 12


class NoCopy(ValueError):
    """This is no copy of a list, or its first line makes no sense."""


class CutOff(ValueError):
    """The file ends too early, or goes on when it should end: it was not copied whole."""


class SealedElsewhere(ValueError):
    """It does not open: it was altered, or sealed for another person or by another server."""


@dataclass(frozen=True)
class Box:
    """Something sealed: its bytes, what they are bound to, and what they began with."""

    iv: bytes
    label: str
    sealed: bytes

    def open(self, key: bytes) -> bytes:
        """The bytes within; raises SealedElsewhere."""
        try:
            return AESGCM(key).decrypt(self.iv, self.sealed, self.label.encode())
        except InvalidTag as error:
            raise SealedElsewhere from error


@dataclass(frozen=True)
class SealedPhoto:
    """One photo or memo of a copy."""

    id: UUID
    media_type: str
    sha256: str
    box: Box


@dataclass(frozen=True)
class SealedCopy:
    """What the first line says in the clear, and the boxes after it."""

    user_id: UUID
    visit_id: UUID
    assignment_id: UUID
    head: Mapping[str, Any]
    content: Box
    photos: tuple[SealedPhoto, ...]

    def open_sheet(self, key: bytes) -> tuple[SentSheet, str]:
        """The list within, and the ticket that lay in it; raises SealedElsewhere, and NoCopy for nonsense."""
        try:
            content = read_json_object(self.content.open(key))
            about = {"version": self.head.get("version"), "assignment": str(self.assignment_id)}
            about |= {"turn": self.head.get("turn", 0)}
            sheet = read_sheet({**content, **about, "at": self.head.get("made"), "strict": False})
        except BadBody as error:
            raise NoCopy from error
        # The hash of a photo is that of the bytes in the file: it may have been made smaller since.
        digests = {photo.id: photo.sha256 for photo in self.photos}
        files = tuple(replace(file, sha256=digests.get(file.id, file.sha256)) for file in sheet.files)
        ticket = content.get("ticket")
        return replace(sheet, files=files, revision=None), ticket if isinstance(ticket, str) else ""


def read_copy(file: bytes) -> SealedCopy:
    """The copy in a file, still sealed; raises NoCopy or CutOff."""
    line, end, rest = file.partition(b"\n")
    if not end or len(line) > LONGEST_HEAD:
        raise NoCopy
    try:
        head = read_json_object(line)
        if head.get("format") != FORMAT or head.get("v") != VERSION:
            raise NoCopy
        return _read_parts(head, rest)
    except (BadBody, ValueError, TypeError, KeyError, AttributeError, binascii.Error) as error:
        if isinstance(error, (NoCopy, CutOff)):
            raise
        raise NoCopy from error


def _read_parts(head: Mapping[str, Any], rest: bytes) -> SealedCopy:
    uid, visit, listed = str(head["uid"]), str(head["visit"]), head["photos"]
    if not isinstance(listed, list) or len(listed) > MOST_FILES:
        raise NoCopy
    lengths = [_read_length(part) for part in (head, *listed)]
    if sum(lengths) != len(rest):
        raise CutOff
    photos, start = [], lengths[0]
    for photo, length in zip(listed, lengths[1:], strict=True):
        label = f"photo:{photo['id']}:{uid}"
        box = Box(_read_iv(photo), label, rest[start : start + length])
        photos.append(SealedPhoto(UUID(photo["id"]), str(photo["type"]), str(photo["sha256"]), box))
        start += length
    return SealedCopy(
        user_id=UUID(uid),
        visit_id=UUID(visit),
        assignment_id=UUID(head["assignment"]),
        head=head,
        content=Box(_read_iv(head), f"draft:{visit}:{uid}", rest[: lengths[0]]),
        photos=tuple(photos),
    )


def _read_length(part: Mapping[str, Any]) -> int:
    length = part["length"]
    if isinstance(length, bool) or not isinstance(length, int) or length < 0:
        raise NoCopy
    return length


def _read_iv(part: Mapping[str, Any]) -> bytes:
    iv = base64.b64decode(part["iv"], validate=True)
    if len(iv) != IV_BYTES:
        raise NoCopy
    return iv
