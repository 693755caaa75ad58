"""The real application behind a real socket that can be shut and opened again at the same address."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from mystery.app import create_app
from mystery.capture.own_visits import derive_visit_id
from mystery.database import db
from mystery.models import Visit
from mystery.settings import read_settings
from tests.cast import Cast
from tests.factories import make_assignment
from tests.journeys.site import SECRET, find_free_port, plant_site


class Handler(WSGIRequestHandler):
    """One request a connection, so that none outlives the server."""

    protocol_version = "HTTP/1.0"

    def log(self, *_rest: Any) -> None:
        """Say nothing."""


class Outlet:
    """A site whose server can be stopped."""

    def __init__(self, folder: Path) -> None:
        self.cast: Cast = plant_site(folder)
        self._port = find_free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self._app = create_app(read_settings({"MYSTERY_SECRET_KEY": SECRET, "MYSTERY_DATA_DIR": str(folder)}))
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Serve."""
        self._server = make_server("127.0.0.1", self._port, self._app, threaded=True, request_handler=Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    def stop(self) -> None:
        """Stop serving, as in an outage."""
        assert self._server is not None
        assert self._thread is not None
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

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
        with self._app.app_context():
            yield
            db.session.remove()
