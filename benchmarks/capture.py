"""A list of 60 questions on a phone: its weight, how soon it is ready, how soon a tap is durable.

Everything is printed beside its budget and, where that means something, beside the same questions as plain
Bootstrap. Chromium shows the pages of a real server as a phone of 360 pixels. "Ready" and the points for
accessibility come from Lighthouse where it is installed (benchmarks/lighthouse.py says how); without it,
Chromium slows itself down, which is said beside the figure. Times on the phone itself are taken with the
processor at a quarter of its speed. The server is killed, not stopped, before the warm start.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from benchmarks.bootstrap_form import serve_bootstrap_form
from benchmarks.figures import Figure, Figures, measure_load
from benchmarks.kept_visit import time_photos, time_taps, time_warm_starts
from benchmarks.lighthouse import FOLDER, Verdict, has_lighthouse, judge_page
from benchmarks.phone_page import (
    find_chromium,
    find_smallest_target,
    launch_chromium,
    time_first_load,
    weigh_first_load,
)
from benchmarks.phone_site import COOKIE, PhoneSite, Server, lay_phone_site

ROUNDS: Final = 3
KILOBYTE: Final = 1024
BUDGET: Final = 30 * KILOBYTE


def run() -> Figures:
    """Lay the site, measure the page and its plain double, kill the server, measure the warm start."""
    busy = measure_load(target="< 0.5")
    with tempfile.TemporaryDirectory() as folder:
        site = lay_phone_site(Path(folder))
        server = Server(site)
        try:
            with sync_playwright() as playwright, serve_bootstrap_form(site.checklist) as plain:
                browser = launch_chromium(playwright)
                figures = measure_first_load(browser, site, plain) | measure_keeping(browser, site, server)
                browser.close()
        finally:
            server.kill()
    return figures | {"load_before": busy}


def measure_first_load(browser: Browser, site: PhoneSite, plain: str) -> dict[str, Figure]:
    """What travels, when the page is ready, and what a thumb can hit."""
    address, cookie = site.address + site.path, cookie_of(site)
    ours, theirs = weigh_first_load(browser, address, cookie), weigh_first_load(browser, plain, None)
    smallest, what = find_smallest_target(browser, address, cookie)
    figures = {
        "first_load": Figure(
            round(ours.bytes / KILOBYTE, 1),
            "KB",
            target="<= 30 KB",
            reference=f"{ours.bytes} bytes with headers and all requests, {BUDGET - ours.bytes} to spare; "
            f"plain Bootstrap {theirs.bytes / KILOBYTE:.1f} KB",
        ),
        "first_load_requests": Figure(
            ours.requests, "", target="<= 6", reference=f"plain Bootstrap {theirs.requests}"
        ),
        "smallest_target": Figure(smallest, "px", target=">= 44 px", reference=what),
    }
    return figures | judge_readiness(browser, site, plain)


def judge_readiness(browser: Browser, site: PhoneSite, plain: str) -> dict[str, Figure]:
    """When the page is ready on slow 4G with a slow processor, by Lighthouse if there is one."""
    address = site.address + site.path
    if not has_lighthouse():
        ours = time_first_load(browser, address, cookie_of(site))
        theirs = time_first_load(browser, plain, None)
        return list_readiness(
            Verdict(*ours, accessibility=0),
            Verdict(*theirs, accessibility=0),
            method=f"Chromium's own throttling, because Lighthouse is not in {FOLDER}",
        )
    headers = {"Cookie": f"{COOKIE}={site.cookie}"}
    chromium = find_chromium()
    mine = judge_page(address, chromium=chromium, headers=headers, rounds=ROUNDS)
    double = judge_page(plain, chromium=chromium, headers={}, rounds=ROUNDS)
    complaints = f"; complaints: {', '.join(mine.complaints)}" if mine.complaints else ""
    points = Figure(
        mine.accessibility,
        "points",
        target="100",
        reference=f"plain Bootstrap {double.accessibility:.0f}{complaints}",
    )
    return list_readiness(mine, double, method="Lighthouse, simulated") | {"accessibility": points}


def list_readiness(ours: Verdict, theirs: Verdict, *, method: str) -> dict[str, Figure]:
    """The two moments as figures."""
    return {
        "ready": Figure(
            round(ours.ready / 1000, 2),
            "s",
            target="<= 1.5 s",
            reference=f"plain Bootstrap {theirs.ready / 1000:.2f} s; slow 4G, CPU x4, {method}",
        ),
        "blocked": Figure(
            round(ours.blocked), "ms", target="<= 50 ms", reference=f"plain Bootstrap {theirs.blocked:.0f} ms"
        ),
    }


def measure_keeping(browser: Browser, site: PhoneSite, server: Server) -> dict[str, Figure]:
    """How soon a tap and a photo are durable, and a list opens without its server; this kills the server."""
    cookie = cookie_of(site)
    tap = time_taps(browser, site, cookie)
    photo = time_photos(browser, site, cookie)
    start = time_warm_starts(browser, site, cookie, server.kill)
    return {
        "tap_to_durable_p95": Figure(round(tap, 1), "ms", target="<= 100 ms", reference="CPU x4"),
        "photo_5_mb_to_durable": Figure(
            round(photo / 1000, 2), "s", target="<= 1.5 s", reference="CPU x4, the slowest"
        ),
        "warm_start": Figure(
            round(start / 1000, 2), "s", target="<= 1 s", reference="server dead, CPU x4, the slowest"
        ),
    }


def cookie_of(site: PhoneSite) -> dict[str, str]:
    """The auditor's cookie as the browser wants it."""
    return {"name": COOKIE, "value": site.cookie, "url": site.address}
