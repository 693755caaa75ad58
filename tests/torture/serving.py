"""The server under torture: `python -m tests.torture.serving`, the real application with faults before it.

A keeper loads the application's modules once, and forks a server whenever a line with the number of a build
comes in; so a server that was killed is replaced in a moment, and each is a process that can be killed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gzip
import hashlib
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

import waitress
from flask import Flask
from sqlalchemy import event

from mystery.app import create_app
from mystery.commands.serving import SERVER_OPTIONS
from mystery.database import db
from mystery.settings import read_settings
from mystery.web.assets import Asset
from tests.torture.faults import FaultBox, FaultyApplication, die_after_commit, die_before_commit


def main() -> None:
    """Fork a server for each line that comes in, say its process id, and end the last one with ourselves."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    last = 0
    for line in sys.stdin:
        last = os.fork()
        if not last:
            serve(line.strip())
        print(last, flush=True)
    if last:
        with contextlib.suppress(ProcessLookupError):
            os.kill(last, signal.SIGKILL)


def serve(build: str) -> NoReturn:
    """Be the server until somebody kills us."""
    settings = read_settings(os.environ)
    app = create_app(settings)
    put_build_into_assets(app, build)
    with app.app_context():
        event.listen(db.session, "before_commit", die_before_commit)
        event.listen(db.session, "after_commit", die_after_commit)
    waitress.serve(
        FaultyApplication(app, FaultBox(Path(os.environ["TORTURE_FAULTS"]))),
        host=settings.host,
        port=settings.port,
        **SERVER_OPTIONS,
    )
    sys.exit()


def put_build_into_assets(app: Flask, build: str) -> None:
    """Give every script and style the content, and so the address, of another build of the application."""
    assets: dict[str, Asset] = app.extensions["assets"]
    for name, asset in assets.items():
        content = asset.content + f"\n/* build {build} */".encode()
        stem, _dot, kind = name.rpartition(".")
        address = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{kind}"
        assets[name] = dataclasses.replace(
            asset, address=address, content=content, packed=gzip.compress(content, 9, mtime=0)
        )


if __name__ == "__main__":
    main()
