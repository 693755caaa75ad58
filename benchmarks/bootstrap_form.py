"""The same questions as plain Bootstrap: what the page of the phone is compared with.

It has the markup that Bootstrap's own documentation gives to such a form, its style sheet and its script,
packed and cached like ours, and does nothing at all: no drafts, no conditions, no network lost and found.
"""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, cast

import flask_bootstrap
from jinja2 import Environment, FileSystemLoader
from waitress.server import BaseWSGIServer, create_server

from checklists.definition import Checklist

FOLDER: Final = Path(__file__).parent
STATIC: Final = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5"
FILES: Final = {
    "/bootstrap.min.css": ("text/css", STATIC / "css" / "bootstrap.min.css"),
    "/popper.min.js": ("text/javascript", STATIC / "umd" / "popper.min.js"),
    "/bootstrap.min.js": ("text/javascript", STATIC / "js" / "bootstrap.min.js"),
}


@contextmanager
def serve_bootstrap_form(checklist: Checklist) -> Iterator[str]:
    """Serve the form on this machine until the block ends; gives its address."""
    pages = {path: (kind, gzip.compress(file.read_bytes(), 9)) for path, (kind, file) in FILES.items()}
    pages["/"] = ("text/html; charset=utf-8", gzip.compress(render_form(checklist).encode(), 6))

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        kind, content = pages.get(environ["PATH_INFO"], ("", b""))
        if not kind:
            start_response("404 Not Found", [])
            return []
        headers = {"Content-Type": kind, "Content-Encoding": "gzip", "Content-Length": str(len(content))}
        start_response("200 OK", list(headers.items()))
        return [content]

    server = cast(BaseWSGIServer, create_server(answer, map={}, host="127.0.0.1", port=0, threads=4))

    def run() -> None:
        # Closing the socket from outside ends the loop in the middle of its waiting.
        with suppress(OSError):
            server.run()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{cast(socket.socket, server.socket).getsockname()[1]}/"
    finally:
        server.close()


def render_form(checklist: Checklist) -> str:
    """Return the page."""
    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True)
    return environment.get_template("bootstrap_form.html").render(checklist=checklist)
