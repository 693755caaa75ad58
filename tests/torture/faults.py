"""Faults: what is made to go wrong in the server, one request at a time, from outside the application.

The runner arms a fault by putting a small file into a folder; the first request that fits takes the file
away and suffers it, so that each fault strikes once, even when it ends the server's life.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

SERVER_ERROR = 500
TEXT = [("Content-Type", "text/plain")]


class FaultKind(StrEnum):
    """What may happen to a request."""

    LOSE_REPLY = "lose_reply"
    HALF_REPLY = "half_reply"
    UNAVAILABLE = "unavailable"
    GATEWAY_TIMEOUT = "gateway_timeout"
    BREAK = "break"
    HANG = "hang"
    SLOW = "slow"
    DIE_BEFORE = "die_before"
    DIE_BEFORE_COMMIT = "die_before_commit"
    DIE_AFTER_COMMIT = "die_after_commit"


DEADLY = frozenset({FaultKind.DIE_BEFORE, FaultKind.DIE_BEFORE_COMMIT, FaultKind.DIE_AFTER_COMMIT})


class Target(StrEnum):
    """Which requests a fault waits for."""

    PHOTO = "photo"
    DRAFT = "draft"
    REPORT = "report"
    STATE = "state"
    PAGE = "page"


ADDRESSES = {
    Target.PHOTO: re.compile(r"^PATCH /capture/phone/[^/]+/photos/"),
    Target.DRAFT: re.compile(r"^PUT /capture/phone/[^/]+/draft$"),
    Target.REPORT: re.compile(r"^PUT /capture/phone/[^/]+/report$"),
    Target.STATE: re.compile(r"^GET /capture/phone/state$"),
    Target.PAGE: re.compile(r"^GET /capture(/[^/]+/[^/]+)?$"),
}


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong once; ``seconds`` is how long a slow or hanging request takes."""

    kind: FaultKind
    target: Target
    seconds: float = 0.0

    def strikes(self, method: str, path: str) -> bool:
        """Whether it waits for such a request."""
        return ADDRESSES[self.target].match(f"{method} {path}") is not None


class FaultBox:
    """The folder through which the runner and the server speak of faults; it outlives any server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._armed = folder / "armed"
        self._armed.mkdir(parents=True, exist_ok=True)

    def arm(self, number: int, fault: Fault) -> None:
        """Let ``fault`` wait for its request; faults strike in the order of their numbers."""
        path = self._armed / f"{number:08}.json"
        half = path.with_suffix(".half")
        half.write_text(json.dumps(asdict(fault)), encoding="utf-8")
        half.rename(path)

    def disarm(self) -> int:
        """Forget what has not struck yet; says how many that were."""
        waiting = list(self._armed.glob("*.json"))
        for path in waiting:
            path.unlink(missing_ok=True)
        return len(waiting)

    def claim(self, method: str, path: str) -> Fault | None:
        """The first armed fault for a request, which from now on is nobody else's."""
        for file in sorted(self._armed.glob("*.json")):
            try:
                fault = read_fault(file.read_text(encoding="utf-8"))
                if fault.strikes(method, path):
                    file.unlink()
                    self._write("struck", {"kind": fault.kind, "target": fault.target})
                    return fault
            except FileNotFoundError:
                continue
        return None

    def note_failure(self, method: str, path: str, status: str) -> None:
        """Keep that the application itself failed a request."""
        self._write("failed", {"request": f"{method} {path}", "status": status})

    def note_request(self, method: str, path: str, status: str) -> None:
        """Keep that a request was answered, so that a failing run can be read afterwards."""
        self._write(
            "requests", {"at": round(time.time(), 3), "request": f"{method} {path}", "status": status}
        )

    def list_notes(self, name: str) -> list[dict[str, Any]]:
        """What was kept under "struck", "failed" or "requests", in order."""
        path = self.folder / f"{name}.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [json.loads(line) for line in lines]

    def _write(self, name: str, note: dict[str, Any]) -> None:
        # One short write in append mode: several threads, and a death in between, leave whole lines.
        with (self.folder / f"{name}.jsonl").open("ab", buffering=0) as file:
            file.write(json.dumps(note).encode() + b"\n")


def read_fault(text: str) -> Fault:
    """The fault that ``FaultBox.arm`` wrote."""
    made = json.loads(text)
    return Fault(FaultKind(made["kind"]), Target(made["target"]), float(made["seconds"]))


# Set while a request is handled whose server has to die at a commit.
doomed: ContextVar[FaultKind | None] = ContextVar("doomed", default=None)


def die_before_commit(*_session: object) -> None:
    """For SQLAlchemy's event of that name: the work is done, and nothing of it is kept."""
    if doomed.get() is FaultKind.DIE_BEFORE_COMMIT:
        die()


def die_after_commit(*_session: object) -> None:
    """For SQLAlchemy's event of that name: everything is kept, and nobody is told."""
    if doomed.get() is FaultKind.DIE_AFTER_COMMIT:
        die()


def die() -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


class FaultyApplication:
    """The application with a box of faults in front of it."""

    def __init__(self, application: Application, box: FaultBox) -> None:
        self._application = application
        self._box = box

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method, path = str(environ["REQUEST_METHOD"]), str(environ["PATH_INFO"])
        fault = self._box.claim(method, path)
        if fault is None:
            return self._answer(environ, start_response)
        self._box.note_request(method, path, f"struck: {fault.kind}")
        return STRIKES[fault.kind](self, fault, environ, start_response)

    def _answer(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method, path = str(environ["REQUEST_METHOD"]), str(environ["PATH_INFO"])

        def note(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if int(status.split()[0]) >= SERVER_ERROR:
                self._box.note_failure(method, path, status)
            self._box.note_request(method, path, status)
            return start_response(status, headers, *rest)

        return self._application(environ, note)

    def _work(self, environ: Environ) -> tuple[str, list[tuple[str, str]], bytes]:
        """Do everything the request asks for, and keep the reply back."""
        started: list[Any] = []
        parts = self._answer(environ, lambda status, headers, *_rest: started.extend((status, headers)))
        body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        return started[0], started[1], body

    def _lose_reply(self, _fault: Fault, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self._work(environ)
        return cut(environ, start_response)

    def _halve_reply(self, _fault: Fault, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        status, headers, body = self._work(environ)
        if not body:
            return cut(environ, start_response)
        headers = [pair for pair in headers if pair[0].lower() != "content-length"]
        start_response(status, [*headers, ("Content-Length", str(len(body)))])
        return [body[: len(body) // 2]]

    def _refuse(self, fault: Fault, _environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        status = "503 Service Unavailable" if fault.kind is FaultKind.UNAVAILABLE else "500 Broken On Purpose"
        start_response(status, TEXT)
        return [b"struck"]

    def _time_out(self, _fault: Fault, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self._work(environ)
        start_response("504 Gateway Timeout", TEXT)
        return [b"struck"]

    def _hang(self, fault: Fault, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        time.sleep(fault.seconds)
        return cut(environ, start_response)

    def _dawdle(self, fault: Fault, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        time.sleep(fault.seconds)
        return self._answer(environ, start_response)

    def _perish(self, fault: Fault, environ: Environ, _start_response: StartResponse) -> Iterable[bytes]:
        if fault.kind is not FaultKind.DIE_BEFORE:
            doomed.set(fault.kind)
            self._work(environ)
        # A request that commits nothing ends here as well.
        die()
        return []


STRIKES: dict[FaultKind, Callable[[FaultyApplication, Fault, Environ, StartResponse], Iterable[bytes]]] = {
    FaultKind.LOSE_REPLY: FaultyApplication._lose_reply,
    FaultKind.HALF_REPLY: FaultyApplication._halve_reply,
    FaultKind.UNAVAILABLE: FaultyApplication._refuse,
    FaultKind.GATEWAY_TIMEOUT: FaultyApplication._time_out,
    FaultKind.BREAK: FaultyApplication._refuse,
    FaultKind.HANG: FaultyApplication._hang,
    FaultKind.SLOW: FaultyApplication._dawdle,
    FaultKind.DIE_BEFORE: FaultyApplication._perish,
    FaultKind.DIE_BEFORE_COMMIT: FaultyApplication._perish,
    FaultKind.DIE_AFTER_COMMIT: FaultyApplication._perish,
}


def cut(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Break the connection without a word, as a tunnel or a lift does."""
    # Waitress hands a bound method of the connection's channel to the application.
    connection: socket.socket = environ["waitress.client_disconnected"].__self__.socket
    connection.shutdown(socket.SHUT_RDWR)
    start_response("204 No Content", [])
    return []
