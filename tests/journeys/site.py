"""The application as a real process with a real database, as the journeys need it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import flask_migrate
from flask_security import hash_password

from mystery.app import create_app
from mystery.database import db
from mystery.settings import read_settings
from tests.cast import PASSWORD, Cast, plant_cast
from tests.factories import make_submitted_visit

SECRET = "j" * 48
# A machine that runs several browsers beside it is slow to start anything.
SECONDS_TO_START = 90
# Анна has been visited twice before the journey, so that its visit is the third and gives her a mean.
EARLIER_VISITS = (date(2026, 10, 5), date(2026, 10, 19))


@dataclass(frozen=True)
class Site:
    """Where the application answers, its data folder, and who is in it."""

    address: str
    folder: Path
    cast: Cast


def find_free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def plant_site(folder: Path) -> Cast:
    """Create the database by its migrations and put the cast into it."""
    settings = read_settings({"MYSTERY_SECRET_KEY": SECRET, "MYSTERY_DATA_DIR": str(folder)})
    with create_app(settings).app_context():
        flask_migrate.upgrade()
        cast = plant_cast(hash_password(PASSWORD))
        for day in EARLIER_VISITS:
            make_submitted_visit(cast, "V1", day=day)
        db.session.remove()
        db.engine.dispose()
    return cast


@contextmanager
def serve_site(folder: Path) -> Iterator[Site]:
    """Plant a site in a folder and serve it until the block ends."""
    cast = plant_site(folder)
    environment = {
        **os.environ,
        "MYSTERY_SECRET_KEY": SECRET,
        "MYSTERY_DATA_DIR": str(folder),
        "MYSTERY_PORT": str(find_free_port()),
    }
    with run_server(environment) as address:
        yield Site(address, folder, cast)


@contextmanager
def run_server(environment: dict[str, str]) -> Iterator[str]:
    """Run `mystery run` as a process and give its address; its output goes to server.log of its data."""
    address = f"http://127.0.0.1:{environment['MYSTERY_PORT']}"
    command = [str(Path(sys.executable).with_name("mystery")), "run", "--workers", "0"]
    with open(Path(environment["MYSTERY_DATA_DIR"]) / "server.log", "wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_until_it_answers(process, address)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=10)


def wait_until_it_answers(process: subprocess.Popen[bytes], address: str) -> None:
    """Return as soon as the health page answers; raises when the process ends or takes too long."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}; see server.log")
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {address} in {SECONDS_TO_START} s")
