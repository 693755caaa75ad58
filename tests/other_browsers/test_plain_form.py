"""The plain checklist page in Firefox and WebKit: signed in, begun, answered, saved."""

from __future__ import annotations

import pytest

from tests.cast import PASSWORD, Cast
from tests.other_browsers.driver import Driver
from tests.other_browsers.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def sign_in(browser: Driver, server: Server, role: str = "auditor") -> None:
    """Through the real form, as a person does."""
    browser.open(f"{server.address}/sign-in")
    browser.type("input[name=email]", f"{role}@lavka.example")
    browser.type("input[name=password]", PASSWORD)
    browser.click("main button[type=submit]")
    browser.wait("return !location.pathname.startsWith('/sign-in');")


def test_it_signs_an_auditor_in_and_shows_his_lists(browser: Driver, server: Server, cast: Cast) -> None:
    sign_in(browser, server)
    browser.open(f"{server.address}/capture")
    browser.wait_for("a.card")
    assert browser.run("return isSecureContext;"), "localhost counts as safe"
    overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;"
    assert browser.run(overflow) <= 0
