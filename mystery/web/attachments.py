"""Files that a browser keeps: an attachment with a name that every browser takes."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from flask import Response, make_response
from werkzeug.http import dump_options_header

LONGEST_PART = 50


def send_attachment(
    content: bytes | str, mimetype: str, *, plain: str, spelled: Sequence[str] = ()
) -> Response:
    """A file to keep under a name of the parts ``spelled``, or else ``plain``, which has the extension.

    A long part is cut, so that what follows still tells one file from another; odd letters become
    underscores. ``plain`` is for browsers that know ASCII only, and for files that are not about anybody.
    """
    names = {"filename": plain}
    if spelled:
        stem = " ".join(tidy_part(part) for part in spelled)
        names["filename*"] = f"UTF-8''{quote(stem)}.{plain.rpartition('.')[2]}"
    response = make_response(content)
    response.headers["Content-Type"] = mimetype
    response.headers["Content-Disposition"] = dump_options_header("attachment", names)
    return response


def tidy_part(text: str) -> str:
    """A part of a name that any system can keep, of at most LONGEST_PART letters."""
    kept = (letter if letter.isalnum() or letter in " -" else "_" for letter in text[:LONGEST_PART])
    return "".join(kept).strip()
