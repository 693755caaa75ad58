"""Files that a browser keeps: an attachment with a name that every browser takes."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, make_response
from werkzeug.http import dump_options_header

LONGEST_NAME = 80


def send_attachment(content: bytes | str, mimetype: str, *, plain: str, spelled: str = "") -> Response:
    """A file to keep under the name ``spelled``, whose odd letters become underscores, or else ``plain``.

    Both names end with their extension; ``plain`` is for browsers that know ASCII only, and for files that
    are not about anybody.
    """
    names = {"filename": plain}
    if spelled:
        stem, _, extension = spelled.rpartition(".")
        tidy = "".join(
            letter if letter.isalnum() or letter in " -" else "_" for letter in stem[:LONGEST_NAME]
        )
        names["filename*"] = f"UTF-8''{quote(tidy)}.{extension}"
    response = make_response(content)
    response.headers["Content-Type"] = mimetype
    response.headers["Content-Disposition"] = dump_options_header("attachment", names)
    return response
