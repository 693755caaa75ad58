"""What Chromium measures of a page on a phone: bytes and requests, moments, touch targets."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright

PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "ru-RU",
}
CHROMIUM_FLAGS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Lighthouse's slow 4G as a browser applies it: the round trip with its 3.75 fold, the rate less a tenth.
SLOW_4G: Final = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1474.56 * 1024 / 8,
    "uploadThroughput": 675 * 1024 / 8,
}
SLOW_PROCESSOR: Final = 4
SMALLEST_TARGET: Final = """() => {
  const boxes = [...document.querySelectorAll("a, button, summary, select, textarea, input, label")]
    .filter((each) => !each.matches("[type=hidden], .first, .skip, label > input, label.under"))
    .map((each) => [each.outerHTML.slice(0, 120), each.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height)
    .map(([html, box]) => [Math.min(box.width, box.height), html]);
  return boxes.sort((one, other) => one[0] - other[0])[0];
}"""
BLOCKED: Final = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(
    list.getEntries().reduce((sum, entry) => sum + Math.max(0, entry.duration - 50), 0),
  )).observe({ type: "longtask", buffered: true });
  setTimeout(() => resolve(0), 500);
})"""
READY: Final = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const painted = performance.getEntriesByName("first-contentful-paint")[0];
  return Math.max(page.domContentLoadedEventEnd, painted ? painted.startTime : 0);
}"""


@dataclass(frozen=True)
class Load:
    """What one load of a page took: bytes on the wire with their headers, and requests."""

    bytes: int
    requests: int


def find_chromium() -> str:
    """The browser's path; raises RuntimeError that says how to get one."""
    found = os.environ.get("MYSTERY_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise RuntimeError(
            "no Chromium: install Debian's package `chromium`, or name one in MYSTERY_CHROMIUM"
        )
    return found


def launch_chromium(playwright: Playwright) -> Browser:
    """Start the system's Chromium."""
    return playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)


@contextmanager
def open_phone(browser: Browser, cookie: dict[str, str] | None) -> Iterator[tuple[Page, CDPSession]]:
    """A page on a phone that has seen nothing yet, and the line to its developer tools."""
    context: BrowserContext = browser.new_context(**PHONE)
    if cookie is not None:
        context.add_cookies([cookie])  # type: ignore[list-item]  # Its type is a private TypedDict.
    page = context.new_page()
    try:
        yield page, context.new_cdp_session(page)
    finally:
        context.close()


def weigh_first_load(browser: Browser, address: str, cookie: dict[str, str] | None) -> Load:
    """Return what travels until the network is quiet, on a phone that has nothing in its caches."""
    sizes: list[int] = []
    with open_phone(browser, cookie) as (page, tools):
        tools.send("Network.enable")
        tools.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        page.goto(address, wait_until="networkidle")
    # The empty icon and pictures inside the style sheet do not travel.
    travelled = [size for size in sizes if size]
    return Load(sum(travelled), len(travelled))


def time_first_load(browser: Browser, address: str, cookie: dict[str, str] | None) -> tuple[float, float]:
    """Return the milliseconds until a page is ready, and blocked, on a slow 4G and a slow processor."""
    with open_phone(browser, cookie) as (page, tools):
        slow_down(tools)
        tools.send("Network.enable")
        tools.send("Network.emulateNetworkConditions", SLOW_4G)
        page.goto(address, wait_until="load")
        return float(page.evaluate(READY)), float(page.evaluate(BLOCKED))


def slow_down(tools: CDPSession) -> None:
    """Make the processor of a page a quarter as fast."""
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PROCESSOR})


def find_smallest_target(browser: Browser, address: str, cookie: dict[str, str] | None) -> tuple[float, str]:
    """Return the shorter side, in CSS pixels, of the smallest thing to touch on a page, and what it is."""
    with open_phone(browser, cookie) as (page, _tools):
        page.goto(address, wait_until="load")
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        size, html = page.evaluate(SMALLEST_TARGET)
        return round(float(size), 1), str(html)
