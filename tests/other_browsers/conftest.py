"""Firefox and WebKit where they are installed; a skipped test names the package that it wants."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from mystery.app import create_app
from mystery.database import db
from mystery.settings import read_settings
from tests.browser import ARTEFACTS
from tests.capture.checklists import publish, read_every_kind
from tests.factories import make_assignment
from tests.journeys.site import SECRET, plant_site
from tests.other_browsers import firefox, webkit
from tests.other_browsers.driver import Driver
from tests.other_browsers.server import Server


@pytest.fixture(params=["firefox", "webkit"])
def driver(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Driver]:
    """An empty browser; its last sight is kept among the artefacts."""
    if os.environ.get("MYSTERY_BROWSERS") != "all":
        # A whole day of an auditor takes minutes in them; the suite of every commit has Chromium.
        pytest.skip("Firefox and WebKit run with `make browsers` (MYSTERY_BROWSERS=all)")
    opened = open_firefox(tmp_path) if request.param == "firefox" else open_webkit(tmp_path)
    try:
        yield opened
        ARTEFACTS.mkdir(exist_ok=True)
        opened.keep_picture(ARTEFACTS / f"{opened.name}-{request.node.originalname}.png")
    finally:
        opened.close()


def open_firefox(folder: Path) -> Driver:
    """Start Firefox, or skip."""
    if firefox.find_firefox() is None:
        pytest.skip(f"no Firefox here: apt-get install {firefox.PACKAGE} (or name one in MYSTERY_FIREFOX)")
    profile = folder / "profile"
    profile.mkdir()
    return firefox.Firefox(profile)


def open_webkit(folder: Path) -> Driver:
    """Start WebKitGTK, or skip."""
    if missing := webkit.list_missing():
        pytest.skip(f"no WebKit here ({', '.join(missing)}): apt-get install {webkit.PACKAGES}")
    home = folder / "home"
    home.mkdir()
    return webkit.WebKit(home)


@pytest.fixture
def planted(tmp_path: Path) -> tuple[Server, UUID]:
    """A server that is not started yet, and its auditor's assignment on a checklist of every kind."""
    folder = tmp_path / "data"
    folder.mkdir()
    cast = plant_site(folder)
    settings = read_settings({"MYSTERY_SECRET_KEY": SECRET, "MYSTERY_DATA_DIR": str(folder)})
    with create_app(settings).app_context():
        task = make_assignment(cast, version=publish(cast, read_every_kind()))
        db.session.remove()
        db.engine.dispose()
    return Server(folder), task


@pytest.fixture
def server(planted: tuple[Server, UUID]) -> Iterator[Server]:
    """A server that answers."""
    served = planted[0]
    try:
        served.start()
        yield served
    finally:
        served.kill()


@pytest.fixture
def task(planted: tuple[Server, UUID]) -> UUID:
    """The assignment that is to be filled in."""
    return planted[1]
