"""Replies: short JSON with a code for the script and a sentence for the person, in the person's language."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from flask import Response, jsonify
from flask_babel import lazy_gettext as _l

HASH_DIFFERS = 460


class Code(Enum):
    """Why something was refused: (what the script reads, the HTTP status)."""

    BAD_JSON = ("bad_json", 400)
    BAD_SHAPE = ("bad_shape", 400)
    BAD_HEADERS = ("bad_headers", 400)
    SIGNED_OUT = ("signed_out", 401)
    NOT_OPEN = ("not_open", 403)
    NOT_YOURS = ("not_yours", 404)
    OFFSET = ("offset", 409)
    CLASH = ("clash", 409)
    MISSING = ("missing", 409)
    OTHER_CONTENT = ("other_content", 422)
    PROBLEMS = ("problems", 422)
    TOO_LARGE = ("too_large", 413)
    TOO_MANY_PHOTOS = ("too_many_photos", 413)
    TOO_MANY_FILES = ("too_many_files", 413)
    HASH = ("hash", HASH_DIFFERS)


WORDS: Mapping[Code, Any] = {
    Code.BAD_JSON: _l("What the phone sent cannot be read. It is kept on the phone."),
    Code.BAD_SHAPE: _l("What the phone sent cannot be read. It is kept on the phone."),
    Code.BAD_HEADERS: _l("What the phone sent cannot be read. It is kept on the phone."),
    Code.SIGNED_OUT: _l("Your session has ended. Sign in again."),
    Code.NOT_OPEN: _l("Your role does not include this page. Ask your administrator."),
    Code.NOT_YOURS: _l("This list is not yours, or it is gone."),
    Code.OFFSET: _l("The file goes on at another place."),
    Code.CLASH: _l("This list was saved elsewhere meanwhile. Both are kept."),
    Code.MISSING: _l("Some files have not arrived yet."),
    Code.OTHER_CONTENT: _l("Another file has arrived under this name already."),
    Code.PROBLEMS: _l("Not sent yet."),
    Code.TOO_LARGE: _l("This is too large to be sent."),
    Code.TOO_MANY_PHOTOS: _l("There are ten photos here already. Remove one first."),
    Code.TOO_MANY_FILES: _l("There are too many files in this visit. Remove some first."),
    Code.HASH: _l("The file arrived damaged and is sent again."),
}


def reply(value: Mapping[str, Any], status: int = 200) -> Response:
    """An answer with a value."""
    response = jsonify(value)
    response.status_code = status
    # These are somebody's answers, or the way to them: no cache keeps them, even where a ticket asked.
    response.headers["Cache-Control"] = "no-store"
    # Nothing may be done from an answer that is no page; said in as few bytes as a weak network deserves.
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Permissions-Policy"] = "camera=()"
    return response


def refuse(code: Code, **more: Any) -> Response:
    """A refusal that says why, to the script and to the person."""
    name, status = code.value
    return reply({"error": name, "text": str(WORDS[code]), **more}, status)
