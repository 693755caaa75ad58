"""A small server for the sender: it speaks the contract, and fails on demand, in the server itself."""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

SCRIPTS = Path(__file__).parents[2] / "mystery" / "static" / "phone"
BENCH = """<!doctype html><html lang="en"><title>bench</title>
<script src="/store.js"></script><script src="/sender.js"></script><script src="/pages.js"></script>
<script src="/rescue.js"></script>"""
MOST_BYTES = 12 * 1024 * 1024


@dataclass
class Fault:
    """What happens instead, to so many requests whose method and path fit.

    A number is answered as the status, and nothing is done. "lost" does the work and breaks off in the
    middle of the answer, "drop" does it and ends the connection without any; a float waits so many seconds
    before it works.
    """

    method: str
    path: str
    what: int | float | str
    times: int = 1


@dataclass
class Upload:
    """A photo on its way."""

    length: int
    sha256: str
    question: str
    content: bytes = b""
    state: str = "receiving"


@dataclass
class Fake:
    """What the server knows, what was asked of it, and what it shall do wrong."""

    address: str = ""
    faults: list[Fault] = field(default_factory=list)
    seen: list[tuple[str, str, int]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    uploads: dict[str, Upload] = field(default_factory=dict)
    drafts: dict[str, dict[str, Any]] = field(default_factory=dict)
    reports: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)
    forgets_photos: bool = False
    build: int = 1
    reader: str = "anna"
    is_dead: bool = False

    def take_fault(self, method: str, path: str) -> int | float | str | None:
        """The fault that this request meets, counted down."""
        for fault in self.faults:
            if fault.times and fault.method == method and re.search(fault.path, path):
                fault.times -= 1
                return fault.what
        return None

    def count(self, method: str, path: str) -> int:
        """How many requests of this kind came."""
        return sum(1 for each, where, _status in self.seen if each == method and re.search(path, where))

    def put_draft(self, visit: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Keep a draft when its revision is the one last kept."""
        if visit in self.reports:
            return 200, {"state": "submitted"}
        kept = self.drafts.setdefault(visit, {"revision": 0})
        is_own = bool(body.get("writer")) and body.get("writer") == kept.get("writer")
        if body["revision"] != kept["revision"] and not is_own:
            return 409, {name: kept[name] for name in ("revision", "fields", "events", "answered")}
        self.drafts[visit] = {**body, "revision": kept["revision"] + 1}
        return 200, {"state": "draft", "revision": kept["revision"] + 1}

    def put_report(self, visit: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Take a report, any number of times."""
        missing = [
            photo["id"] for photo in body["photos"] if self.uploads.get(photo["id"], EMPTY).state != "kept"
        ]
        if missing:
            return 409, {"missing": missing}
        if body["strict"] and body["revision"] < self.drafts.get(visit, body)["revision"]:
            return 409, {"error": "clash"}
        if body["strict"] and self.problems:
            return 422, {"problems": self.problems, "revision": 7}
        again = visit in self.reports
        self.reports.setdefault(visit, []).append(body)
        photos = [{"id": photo["id"], "sha256": self.uploads[photo["id"]].sha256} for photo in body["photos"]]
        named = [] if self.forgets_photos else photos
        return 200, {"state": "submitted", "again": again, "differs": False, "photos": named}


EMPTY = Upload(0, "", "")


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    fake: Fake

    def log_message(self, *_rest: Any) -> None:
        """Say nothing."""

    def answer(self, status: int, content: bytes = b"", headers: dict[str, Any] | None = None) -> None:
        """Send an answer, or drop the connection where that is the fault."""
        self.fake.seen.append((self.command, self.path, status))
        if self.is_dropped:
            self.close_connection = True
            return
        if self.is_lost:
            # Half an answer: a connection that ends before any is tried anew by the browser itself.
            self.close_connection = True
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhal")
            return
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, str(value))
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if content and self.command != "HEAD":
            self.wfile.write(content)

    def handle_any(self) -> None:
        """Read the request, meet its fault, do its work."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.fake.headers.append(dict(self.headers.items()))
        fault = self.fake.take_fault(self.command, self.path)
        self.is_lost, self.is_dropped = fault == "lost", fault == "drop"
        self.is_dropped |= self.fake.is_dead
        if isinstance(fault, float):
            time.sleep(fault)
        if isinstance(fault, int):
            return self.answer(fault, b"{}")
        if self.command in ("GET", "POST"):
            return self.show_file()
        *_rest, visit, kind, name = [*self.path.removeprefix("/capture/phone/").split("/"), ""][:3]
        if kind == "photos":
            return self.take_piece(name, body)
        if kind == "draft" and self.fake.reader != "anna":
            return self.answer(404, b"{}", {"X-Page-Uid": self.fake.reader})
        work = self.fake.put_draft if kind == "draft" else self.fake.put_report
        status, said = work(visit, json.loads(body))
        self.answer(status, json.dumps(said).encode(), {"Content-Type": "application/json"})
        return None

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = handle_any  # The names of the base class.

    def show_file(self) -> None:
        """The bench page, a script of the application, an asset of this build, or a page."""
        if self.path == "/capture/worker.js":
            self.show_worker()
        elif self.path.startswith("/assets/"):
            is_current = self.path == f"/assets/{self.fake.build}"
            self.answer(200 if is_current else 404, b"h1 { color: green }", {"Content-Type": "text/css"})
        elif self.path.endswith(".js"):
            script = (SCRIPTS / self.path.removeprefix("/")).read_bytes()
            self.answer(200, script, {"Content-Type": "text/javascript"})
        elif self.path == "/bench":
            self.answer(200, BENCH.encode(), {"Content-Type": "text/html"})
        elif self.path == "/sign-in":
            self.answer(
                200, b"<!doctype html><title>Sign in</title><h1>Sign in</h1>", {"Content-Type": "text/html"}
            )
        elif self.path == "/capture/offline":
            self.answer(
                200, b"<!doctype html><title>-</title><h1>No network</h1>", {"Content-Type": "text/html"}
            )
        else:
            self.show_capture()

    def show_worker(self) -> None:
        """The service worker of this build."""
        shell = {
            "build": str(self.fake.build),
            "assets": [f"/assets/{self.fake.build}"],
            "offline": "/capture/offline",
        }
        parts = [(SCRIPTS / f"{name}.js").read_text() for name in ("store", "sender", "pages", "worker")]
        script = "\n".join([f"self.SHELL = {json.dumps(shell)};", *parts]).encode()
        headers = {
            "Content-Type": "text/javascript",
            "Service-Worker-Allowed": "/",
            "Cache-Control": "no-cache",
        }
        self.answer(200, script, headers)

    def show_capture(self) -> None:
        """A page of whoever is signed in, with the assets of this build; strangers are sent to sign in."""
        if not self.fake.reader:
            self.answer(302, headers={"Location": "/sign-in"})
            return
        body = "<!doctype html><title>-</title>"
        body += f"<h1>{self.path} of {self.fake.reader}, build {self.fake.build}</h1>"
        body += f'<link rel="stylesheet" href="/assets/{self.fake.build}">'
        self.answer(200, body.encode(), {"Content-Type": "text/html", "X-Page-Uid": self.fake.reader})

    def take_piece(self, name: str, body: bytes) -> None:
        """HEAD and PATCH of a photo."""
        upload = self.fake.uploads.get(name)
        if self.command == "HEAD":
            self.answer(200 if upload else 404, headers=describe(upload) if upload else None)
            return None
        upload = upload or self.fake.uploads.setdefault(
            name,
            Upload(
                int(self.headers["Upload-Length"]),
                self.headers["Upload-Sha256"],
                self.headers["Upload-Question"],
            ),
        )
        if int(self.headers["Upload-Offset"]) != len(upload.content):
            return self.answer(409, headers=describe(upload))
        upload.content += body
        if len(upload.content) >= upload.length:
            if hashlib.sha256(upload.content).hexdigest() != upload.sha256:
                upload.content = b""
                return self.answer(460, headers=describe(upload))
            upload.state = "kept"
        return self.answer(204, headers=describe(upload))


def describe(upload: Upload) -> dict[str, Any]:
    """What is known about a photo."""
    return {"Upload-Offset": len(upload.content), "Upload-State": upload.state}


@contextmanager
def run_fake() -> Iterator[Fake]:
    """Serve until the block ends."""
    fake = Fake()
    handler = type("FakeHandler", (Handler,), {"fake": fake})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        fake.address = f"http://127.0.0.1:{server.server_port}"
        yield fake
        server.shutdown()
        thread.join()
