"""Signing in, in any browser."""

from __future__ import annotations

from tests.cast import PASSWORD
from tests.other_browsers.driver import Driver
from tests.other_browsers.server import Server


def sign_in(driver: Driver, server: Server, role: str = "auditor") -> None:
    """Through the real form, as a person does."""
    driver.open(f"{server.address}/sign-in")
    driver.type("input[name=email]", f"{role}@lavka.example")
    driver.type("input[name=password]", PASSWORD)
    driver.click("main button[type=submit]")
    driver.wait("return !location.pathname.startsWith('/sign-in');")
