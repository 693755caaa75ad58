"""Faults: each strikes the request it waits for, once, and the others are left alone."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.torture.faults import DEADLY, Fault, FaultBox, FaultKind, Target
from tests.torture.server import Server
from tests.torture.stage import Stage

PAGE = "/capture"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server under torture, with a database."""
    folder = tmp_path_factory.mktemp("torture")
    Stage(folder)
    made = Server(folder)
    yield made
    made.close()


@pytest.fixture
def fetch(server: Server) -> Callable[[], int]:
    """``fetch()`` is the status of a page of the running server; it raises when there is no whole answer."""

    def get() -> int:
        with urllib.request.urlopen(server.address + PAGE, timeout=10) as reply:
            reply.read()
            return int(reply.status)

    server.start()
    return get


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (FaultKind.LOSE_REPLY, http.client.RemoteDisconnected),
        (FaultKind.HALF_REPLY, http.client.IncompleteRead),
        (FaultKind.HANG, http.client.RemoteDisconnected),
        (FaultKind.UNAVAILABLE, urllib.error.HTTPError),
        (FaultKind.BREAK, urllib.error.HTTPError),
        (FaultKind.GATEWAY_TIMEOUT, urllib.error.HTTPError),
    ],
)
def test_it_breaks_one_request_and_no_more(
    server: Server, fetch: Callable[[], int], kind: FaultKind, outcome: type[Exception]
) -> None:
    server.box.arm(1, Fault(kind, Target.PAGE, 0.1))
    with pytest.raises(outcome):
        fetch()
    assert fetch() == 200
    assert server.box.list_notes("struck")[-1] == {"kind": kind.value, "target": "page"}
    assert server.box.list_notes("failed") == [], "what is broken on purpose is no failure of the application"


@pytest.mark.parametrize("kind", sorted(DEADLY))
def test_it_ends_the_server_and_a_new_one_takes_its_place(
    server: Server, fetch: Callable[[], int], kind: FaultKind
) -> None:
    server.box.arm(1, Fault(kind, Target.PAGE))
    with pytest.raises((ConnectionError, urllib.error.URLError)):
        fetch()
    server.kill()
    server.start()
    assert fetch() == 200


def test_it_answers_late_where_it_is_slow(server: Server, fetch: Callable[[], int]) -> None:
    server.box.arm(1, Fault(FaultKind.SLOW, Target.PAGE, 0.2))
    assert fetch() == 200
    assert server.box.disarm() == 0


def test_it_waits_for_the_request_it_was_meant_for(tmp_path: Path) -> None:
    box = FaultBox(tmp_path)
    box.arm(1, Fault(FaultKind.BREAK, Target.REPORT))
    box.arm(2, Fault(FaultKind.HANG, Target.PHOTO, 3))
    visit = "5f3c1f6e-9d3a-5a53-8f0a-0d3c4b6a9e11"
    assert box.claim("GET", f"/capture/phone/{visit}/draft") is None
    struck = box.claim("PATCH", f"/capture/phone/{visit}/photos/{visit}")
    assert struck == Fault(FaultKind.HANG, Target.PHOTO, 3)
    assert box.claim("PATCH", f"/capture/phone/{visit}/photos/{visit}") is None
    assert box.disarm() == 1
    assert box.claim("PUT", f"/capture/phone/{visit}/report") is None


def test_it_serves_other_assets_after_a_deployment(server: Server, fetch: Callable[[], int]) -> None:
    def read_style() -> str:
        with urllib.request.urlopen(f"{server.address}/capture/offline", timeout=10) as reply:
            return str(reply.read())

    fetch()
    before = read_style()
    server.deploy()
    assert read_style() != before
