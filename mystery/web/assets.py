"""Assets of the phone pages: our own scripts and styles, joined, made small, and named by their content.

A page names the very bytes it was made for. So a phone may keep both for ever, and an old page in its
cache goes on with the old script after the server was updated.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import rcssmin
import rjsmin
from flask import Blueprint, Flask, Response, abort, current_app, make_response, request, url_for

from mystery.access.guards import public

A_YEAR_IN_SECONDS = 365 * 24 * 3600
DIGEST_LETTERS = 12
MEDIA_TYPES = {"js": "text/javascript", "css": "text/css"}
# What each page loads; a later file may use what an earlier one defines.
BUNDLES: dict[str, tuple[str, ...]] = {
    "capture.css": ("capture.css",),
    "notes.css": ("notes.css",),
    "notes.js": (
        "phone/store.js",
        "phone/sender.js",
        "phone/opening.js",
        "phone/events.js",
        "phone/camera.js",
        "phone/memo.js",
        "phone/decoy.js",
        "phone/notes.js",
    ),
    "sheet.js": (
        "phone/sheet.js",
        "phone/store.js",
        "phone/opening.js",
        "phone/photos.js",
        "phone/dock.js",
        "phone/draft.js",
    ),
    # Fetched by the sheet when there is something to send, to check, to compare, to fill in, or to show.
    "sheet_more.js": (
        "phone/sender.js",
        "phone/strict.js",
        "phone/last_resort.js",
        "phone/shrink.js",
        "phone/tray.js",
        "phone/checks.js",
        "phone/problems.js",
        "phone/rescue.js",
        "phone/events.js",
        "phone/prefill.js",
        "phone/marks.js",
        "phone/timers.js",
        "phone/clash.js",
        "phone/sent.js",
    ),
    "lists.js": ("phone/store.js", "phone/sender.js", "phone/pages.js", "phone/lists.js"),
    "leave.js": ("phone/store.js", "phone/sender.js", "phone/leave.js"),
    "worker.js": ("phone/store.js", "phone/sender.js", "phone/pages.js", "phone/worker.js"),
}

blueprint = Blueprint("assets", __name__, url_prefix="/assets")


@dataclass(frozen=True)
class Asset:
    """One joined file, ready to be sent; ``address`` is its name with the hash in it."""

    address: str
    media_type: str
    content: bytes
    packed: bytes


def init_assets(app: Flask) -> None:
    """Build every asset once, and serve them."""
    folder = Path(app.root_path) / "static"
    app.extensions["assets"] = {name: build_asset(folder, name, sources) for name, sources in BUNDLES.items()}
    app.register_blueprint(blueprint)
    app.add_template_global(asset_url)


def build_asset(folder: Path, name: str, sources: tuple[str, ...]) -> Asset:
    """Join ``sources`` of ``folder`` under ``name``; raises FileNotFoundError when one is missing."""
    stem, _dot, kind = name.rpartition(".")
    minify = rjsmin.jsmin if kind == "js" else rcssmin.cssmin
    text = "\n".join(minify((folder / source).read_text(encoding="utf-8")) for source in sources)
    content = text.encode()
    digest = hashlib.sha256(content).hexdigest()[:DIGEST_LETTERS]
    # A fixed time inside the archive keeps the bytes the same on every machine.
    packed = gzip.compress(content, 9, mtime=0)
    return Asset(f"{stem}.{digest}.{kind}", MEDIA_TYPES[kind], content, packed)


def asset_url(name: str) -> str:
    """The address of an asset; raises KeyError for a name that no bundle has."""
    return url_for("assets.show_asset", address=list_assets()[name].address)


def list_assets() -> dict[str, Asset]:
    """The assets of the running application by name."""
    return cast(dict[str, Asset], current_app.extensions["assets"])


@blueprint.get("/<address>")
@public
def show_asset(address: str) -> Response:
    """One asset; it never changes under its address."""
    asset = next((each for each in list_assets().values() if each.address == address), None)
    if asset is None:
        abort(404)
    response = make_response(asset.content)
    if request.accept_encodings["gzip"] > 0:
        response = make_response(asset.packed)
        response.headers["Content-Encoding"] = "gzip"
    response.mimetype = asset.media_type
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR_IN_SECONDS}, immutable"
    # It is no page, so nothing at all may be done from it; the long policy of the pages would only be weight.
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Permissions-Policy"] = "camera=()"
    return response
