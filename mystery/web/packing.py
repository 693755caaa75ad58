"""Packing: text is sent gzipped, because a weak network in a shop is the slowest part of the application.

Packing can give a secret away (BREACH): who sees how long an encrypted answer is, and can make the
browser ask for a page that repeats his words beside a secret, guesses the secret letter by letter, as a
right guess packs better. Our pages do repeat words (filters of lists, names of drafts) beside what he may
not know (names of staff, scores, the key of the drafts on a phone). What stands against it:

* Only an answer to a request that our own pages or the person himself made is packed. Browsers say
  who made it in Sec-Fetch-Site, which no page can forge, so the guesses of another site come back
  unpacked. A browser that does not say it gets its pages packed only where there is no encryption whose
  length could be watched, or when it is not signed in.
* The session cookie is SameSite=Lax, so a foreign page's pictures and frames arrive without it anyway.
* The form tokens of the back office are signed anew each second, so there is no token to guess for long; the
  pages of the phone carry none.
* The files of the package (styles, scripts) are the same for everybody and are packed for everybody, once.

A reverse proxy in front must therefore not pack pages again on its own: see deploy/README.md.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, current_app, request

from mystery.settings import current_settings
from mystery.web.headers import STATIC_ENDPOINTS

# Below this the head of the archive eats what packing saves, and the answer fits into one packet anyway.
FEWEST_BYTES = 1024
LEVEL_OF_PAGES = 6
LEVEL_OF_FILES = 9
MOST_FILES_KEPT = 64
PACKED_TYPES = frozenset(
    {
        "application/javascript",
        "application/json",
        "application/manifest+json",
        "image/svg+xml",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)


def init_packing(app: Flask) -> None:
    """Pack the answers of ``app``; call it first, for what is registered first runs last."""
    app.after_request(pack_answer)


def pack_answer(response: Response) -> Response:
    """Gzip an answer of text that is long enough, for a browser that understands it and may have it."""
    is_file = request.endpoint in STATIC_ENDPOINTS
    if not _is_packable(response, is_file=is_file):
        return response
    # Said even when this very answer stays as it is: a cache must not hand it to everybody.
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] <= 0 or not (is_file or _is_own_request()):
        return response
    content = _read_content(response)
    if len(content) >= FEWEST_BYTES:
        packed = _pack_file(content) if is_file else gzip.compress(content, LEVEL_OF_PAGES, mtime=0)
        response.set_data(packed)
        response.headers["Content-Encoding"] = "gzip"
        _weaken_tag(response)
    return response


def _is_packable(response: Response, *, is_file: bool) -> bool:
    # Files of the package are streamed from disk as well, but they are ours and small.
    return (
        response.mimetype in PACKED_TYPES
        and response.status_code not in (204, 206, 304)
        and "Content-Encoding" not in response.headers
        and not response.cache_control.no_transform
        and (is_file or not (response.is_streamed or response.direct_passthrough))
    )


def _is_own_request() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    is_signed_in = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
    return not current_settings().https or not is_signed_in


def _read_content(response: Response) -> bytes:
    response.direct_passthrough = False
    return bytes(response.get_data())


@lru_cache(maxsize=MOST_FILES_KEPT)
def _pack_file(content: bytes) -> bytes:
    return gzip.compress(content, LEVEL_OF_FILES, mtime=0)


def _weaken_tag(response: Response) -> None:
    # A strong tag would promise the very bytes of the unpacked answer.
    tag, is_weak = response.get_etag()
    if tag is not None and not is_weak:
        response.set_etag(tag, weak=True)
