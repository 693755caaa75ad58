"""Pieces: what a phone says in headers of the bytes it sends; anything unclear is refused with a word."""

from __future__ import annotations

from werkzeug.datastructures import Headers

from mystery.capture.phone.bodies import HASH, LONGEST_QUESTION, NO_TEXT
from mystery.capture.phone.uploads import Piece

LONGEST_NUMBER = 12
UNNAMED_TYPE = "image/unknown"


class BadPiece(ValueError):
    """A header is missing or makes no sense; the message names it."""


def read_piece(headers: Headers, media_type: str, content: bytes) -> Piece:
    """The piece in a request; raises BadPiece."""
    byte_size = _read_number(headers, "Upload-Length")
    offset = _read_number(headers, "Upload-Offset")
    if byte_size == 0 or offset > byte_size:
        raise BadPiece("Upload-Length")
    question = headers.get("Upload-Question", "")
    if len(question) > LONGEST_QUESTION or NO_TEXT.search(question):
        raise BadPiece("Upload-Question")
    original = headers.get("Upload-Original", "")
    return Piece(
        offset=offset,
        content=content,
        byte_size=byte_size,
        sha256=_read_hash(headers.get("Upload-Sha256", ""), "Upload-Sha256"),
        original_sha256=_read_hash(original, "Upload-Original") if original else "",
        question=question,
        # Some phones cannot say what their pictures are; the photo desk looks for itself.
        media_type=media_type or UNNAMED_TYPE,
    )


def _read_number(headers: Headers, name: str) -> int:
    text = headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise BadPiece(name)
    return int(text)


def _read_hash(text: str, name: str) -> str:
    if not HASH.fullmatch(text):
        raise BadPiece(name)
    return text
