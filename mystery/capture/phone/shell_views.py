"""What makes the lists installable: the service worker, the manifest, icons, a page for "no network"."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, make_response, render_template, url_for
from flask_babel import gettext as _

from mystery.access.guards import public
from mystery.capture.phone.icons import GROUND, SIZES, draw_icon
from mystery.capture.phone.shell_words import say_leave_words, say_list_words
from mystery.web.assets import MEDIA_TYPES, list_assets
from mystery.web.locale import current_language
from mystery.web.unnoticed import goes_unnoticed

blueprint = Blueprint("shell", __name__, url_prefix="/capture")
blueprint.add_app_template_global(say_list_words)
blueprint.add_app_template_global(say_leave_words)
blueprint.add_app_template_global(goes_unnoticed)

WORKER = "worker.js"
SCOPE = "/capture"
A_DAY_IN_SECONDS = 24 * 3600


@blueprint.get(f"/{WORKER}")
@public
def show_worker() -> Response:
    """The service worker; its bytes change with every build, so that phones take the new one."""
    shell = {
        "build": name_build(),
        "assets": list_shell_addresses(),
        "offline": url_for("shell.show_offline"),
    }
    script = f"self.SHELL={json.dumps(shell, sort_keys=True)};\n".encode() + list_assets()[WORKER].content
    response = make_response(script)
    response.mimetype = MEDIA_TYPES["js"]
    # Pages outside the lists are not kept, but without a network they lead back to them.
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/manifest.webmanifest")
@public
def show_manifest() -> Response:
    """What a phone shows on its home screen; deliberately neutral."""
    icons = [
        {
            "src": url_for("shell.show_icon", size=size),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in SIZES
        for purpose in ("any", "maskable")
    ]
    manifest = {
        "id": SCOPE,
        "name": _("Lists"),
        "short_name": _("Lists"),
        "lang": current_language(),
        "start_url": SCOPE,
        "scope": SCOPE,
        "display": "standalone",
        "theme_color": GROUND,
        "background_color": GROUND,
        "icons": icons,
    }
    response = make_response(json.dumps(manifest, ensure_ascii=False))
    response.mimetype = "application/manifest+json"
    return response


@blueprint.get("/icon-<int:size>.png")
@public
def show_icon(size: int) -> Response:
    """The icon in one of its sizes."""
    if size not in SIZES:
        abort(404)
    response = make_response(draw_icon(size))
    response.mimetype = "image/png"
    response.headers["Cache-Control"] = f"public, max-age={A_DAY_IN_SECONDS}"
    return response


@blueprint.get("/offline")
@public
def show_offline() -> str:
    """What a phone shows instead of a page that it has not kept."""
    return render_template("capture/offline.html")


@blueprint.app_template_global()
def name_build() -> str:
    """The name of what is being served: other scripts, styles, templates or words have another one."""
    return _hash_build(Path(current_app.root_path), tuple(_list_asset_addresses()))


def list_shell_addresses() -> list[str]:
    """Everything that a phone keeps beside the pages."""
    icons = [url_for("shell.show_icon", size=size) for size in SIZES]
    return [*_list_asset_addresses(), url_for("shell.show_manifest"), *icons]


def _list_asset_addresses() -> list[str]:
    assets = (asset for name, asset in list_assets().items() if name != WORKER)
    return sorted(url_for("assets.show_asset", address=asset.address) for asset in assets)


@lru_cache
def _hash_build(root: Path, addresses: tuple[str, ...]) -> str:
    digest = hashlib.sha256("\n".join(addresses).encode())
    for path in sorted(
        [*root.glob("templates/capture/*.html"), *root.glob("translations/*/LC_MESSAGES/*.mo")]
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
