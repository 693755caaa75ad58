"""The real application as a process that can be stopped and started again at the same address."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import UUID

from mystery.app import create_app
from mystery.capture.own_visits import derive_visit_id
from mystery.database import db
from mystery.models import Visit
from mystery.settings import read_settings
from tests.cast import Cast
from tests.factories import make_assignment
from tests.journeys.site import SECRET, find_free_port, plant_site, run_server


class Outlet:
    """A site whose server can be stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cast: Cast = plant_site(folder)
        self.address = ""
        self._environment = {
            **os.environ,
            "MYSTERY_SECRET_KEY": SECRET,
            "MYSTERY_DATA_DIR": str(folder),
            "MYSTERY_PORT": str(find_free_port()),
        }
        self._running = ExitStack()

    def start(self) -> None:
        """Serve."""
        self.address = self._running.enter_context(run_server(self._environment))

    def stop(self) -> None:
        """Stop serving, as in an outage."""
        self._running.close()

    def assign(self) -> str:
        """Give the auditor another assignment, with nobody in particular to meet; returns its visit."""
        with self._open():
            assignment = make_assignment(self.cast, employee=None)
        return str(derive_visit_id(assignment, self.cast.ours.users["auditor"]))

    def read_state(self, visit_id: str) -> str | None:
        """The state of a visit in the database; None when there is no such visit."""
        with self._open():
            visit = db.session.get(Visit, UUID(visit_id))
            return visit.state if visit is not None else None

    @contextmanager
    def _open(self) -> Iterator[None]:
        settings = read_settings({"MYSTERY_SECRET_KEY": SECRET, "MYSTERY_DATA_DIR": str(self.folder)})
        with create_app(settings).app_context():
            yield
            db.session.remove()
            db.engine.dispose()
