"""A list of sixty questions on a server of its own, and the auditor's phone that is signed in to it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from benchmarks.bureau import AUDITOR, WINDOW, add_employee, add_row, add_version
from benchmarks.questionnaire import TIME_ZONE
from benchmarks.site import close_site, lay_site, sign_in
from checklists.definition import Checklist
from checklists.loading import load_library_checklist
from mystery.access.permissions import Role
from mystery.access.scopes import load_reach
from mystery.capture.actions import open_visit
from mystery.clock import now
from mystery.database import db
from mystery.models import Assignment, Grant, Unit, User

QUESTIONS: Final = 60
LONG: Final = "shop-visit"
SPARE: Final = "online-chat"
COOKIE: Final = "mystery"
SECONDS_TO_START: Final = 60


@dataclass(frozen=True)
class PhoneSite:
    """Where the list lies, and the cookie that opens it."""

    folder: Path
    port: int
    checklist: Checklist
    path: str
    cookie: str

    @property
    def address(self) -> str:
        """Where the server answers: a host that browsers take for safe without a certificate."""
        return f"http://localhost:{self.port}"


class Server:
    """The application as a process of its own, so that killing it is a real outage."""

    def __init__(self, site: PhoneSite) -> None:
        environment = {
            **os.environ,
            "MYSTERY_DATA_DIR": str(site.folder),
            "MYSTERY_PORT": str(site.port),
            "MYSTERY_PUBLIC_URL": site.address,
        }
        command = [str(Path(sys.executable).with_name("mystery")), "run"]
        with (site.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # Our own program.
                command, env=environment, stdout=log, stderr=log
            )
        self._wait(f"http://127.0.0.1:{site.port}/health")

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait(timeout=10)

    def _wait(self, address: str) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with urllib.request.urlopen(address, timeout=2):  # noqa: S310  # Our own server.
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server does not answer; see server.log in its folder")


def lay_phone_site(folder: Path) -> PhoneSite:
    """Put one auditor with one visit of sixty questions into an empty database."""
    app = lay_site(folder)
    checklist = make_long_checklist()
    with app.app_context():
        visit_id, version_id = plant_visit(checklist)
    browser = sign_in(app, AUDITOR)
    cookie = browser.get_cookie(COOKIE)
    assert cookie is not None, "somebody who is signed in has a cookie"
    close_site(app)
    return PhoneSite(folder, find_free_port(), checklist, f"/capture/{visit_id}/{version_id}", cookie.value)


def plant_visit(checklist: Checklist) -> tuple[UUID, UUID]:
    """Found a company with an auditor and begin his visit; returns the ids of the visit and the version."""
    company = add_row(Unit.plant(name="Benchmark", time_zone=TIME_ZONE))
    auditor = add_row(User(email=AUDITOR, name="Auditor"))
    add_row(Grant(user_id=auditor.id, role=Role.AUDITOR.value, unit_id=company.id))
    version_id = add_version(company, checklist)
    today = now().date()
    assignment = add_row(
        Assignment(
            window_start=today - WINDOW,
            window_end=today + WINDOW,
            unit_id=company.id,
            version_id=version_id,
            auditor_id=auditor.id,
            employee_id=add_employee(company),
        )
    )
    db.session.commit()
    return open_visit(load_reach(auditor.id), assignment.id), version_id


def make_long_checklist() -> Checklist:
    """A checklist of the library, made longer by the questions of another one."""
    checklist = load_library_checklist(LONG)
    known = {question.id for question in checklist.questions()}
    spare = [
        question
        for question in load_library_checklist(SPARE).questions()
        if question.id not in known and question.show_if is None
    ]
    last = checklist.sections[-1]
    longer = last.model_copy(update={"questions": (*last.questions, *spare[: QUESTIONS - len(known)])})
    return checklist.model_copy(update={"sections": (*checklist.sections[:-1], longer)})


def find_free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
