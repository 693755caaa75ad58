"""Debian's Chromium for every test that needs a real browser: one for a whole run, and kept pictures."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

from tests.journeys.site import Site

ROOT = Path(__file__).parent.parent
ARTEFACTS = ROOT / "artefacts"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
SHAPES = {"phone": PHONE, "desk": DESK}


def find_chromium() -> str:
    """The browser's path; the failure says how to get one."""
    found = os.environ.get("MYSTERY_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "no Chromium: install Debian's package `chromium`, or name a browser in MYSTERY_CHROMIUM"
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium without a window."""
    with sync_playwright() as playwright:
        yield launch_chromium(playwright)


def launch_chromium(playwright: Playwright) -> Browser:
    """Start the system's Chromium."""
    return playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)


@pytest.fixture
def open_page(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """``open_page("phone")`` is a page in a context of its own; any error in its console fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_in(shape: str, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=site.address, locale="ru-RU", accept_downloads=True, **SHAPES[shape], **options
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if is_fault(message) else None)
        return page

    yield open_in
    for context in contexts:
        context.close()
    assert not errors, errors


def is_fault(message: ConsoleMessage) -> bool:
    """Whether the console complains; a refused form (422) is no fault of the page.

    Nor is what the sender of the phone is told (not here yet, go on from there, no network): it counts on it.
    """
    is_told = "status of 422" in message.text or "/capture/phone/" in message.location.get("url", "")
    return message.type == "error" and not is_told


def keep_picture(page: Page, name: str, *, whole: bool = True) -> Path:
    """Keep a screenshot among the artefacts of the run."""
    ARTEFACTS.mkdir(exist_ok=True)
    path = ARTEFACTS / f"{name}.png"
    page.screenshot(path=path, full_page=whole)
    return path
