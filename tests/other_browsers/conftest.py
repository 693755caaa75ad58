"""Firefox and WebKit where they are installed; a skipped test names the package that it wants."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import ARTEFACTS
from tests.cast import Cast
from tests.journeys.site import plant_site
from tests.other_browsers import firefox, webkit
from tests.other_browsers.driver import Driver
from tests.other_browsers.server import Server


@pytest.fixture(params=["firefox", "webkit"])
def browser(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Driver]:
    """An empty browser; its last sight is kept among the artefacts."""
    driver = open_firefox(tmp_path) if request.param == "firefox" else open_webkit(tmp_path)
    try:
        yield driver
        ARTEFACTS.mkdir(exist_ok=True)
        driver.keep_picture(ARTEFACTS / f"{driver.name}-{request.node.originalname}.png")
    finally:
        driver.close()


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
def planted(tmp_path: Path) -> tuple[Server, Cast]:
    """A server that is not started yet, and who is in its database."""
    folder = tmp_path / "data"
    folder.mkdir()
    return Server(folder), plant_site(folder)


@pytest.fixture
def server(planted: tuple[Server, Cast]) -> Iterator[Server]:
    """A server that answers."""
    served = planted[0]
    served.start()
    yield served
    served.kill()


@pytest.fixture
def cast(planted: tuple[Server, Cast]) -> Cast:
    """The people of the server's database."""
    return planted[1]
