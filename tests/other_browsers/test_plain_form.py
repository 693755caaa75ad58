"""The plain checklist page in Firefox and WebKit: signed in, begun, answered, saved."""

from __future__ import annotations

import pytest

from tests.other_browsers.driver import Driver
from tests.other_browsers.entrance import sign_in
from tests.other_browsers.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_it_signs_an_auditor_in_and_shows_his_lists(driver: Driver, server: Server) -> None:
    sign_in(driver, server)
    driver.open(f"{server.address}/capture")
    driver.wait_for("a.card")
    assert driver.run("return isSecureContext;"), "localhost counts as safe"
    overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;"
    assert driver.run(overflow) <= 0
