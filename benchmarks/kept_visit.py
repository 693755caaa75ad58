"""How soon what a thumb enters is durable on the phone, and how soon a list opens with the server dead.

Durable is what the page itself says: its status line turns to ● only when the phone's own store has it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page

from benchmarks.figures import find_p95
from benchmarks.phone_page import open_phone, slow_down
from benchmarks.phone_site import PhoneSite
from mystery.demonstration.chance import make_chance

TAPS: Final = 60
STARTS: Final = 5
PHOTOS: Final = 3
PHOTO_BYTES: Final = 5_000_000
PATIENCE: Final = 60_000
READY: Final = (
    "() => [...document.querySelectorAll('[data-ready]')].some((line) => line.textContent.startsWith('✓'))"
)
KEPT: Final = "() => document.querySelector('#kept')?.textContent.includes('●') && performance.now()"
# Presses the label, and waits until what it says has gone from "being kept" to "kept".
TAP: Final = """(number) => new Promise((resolve, reject) => {
  // A tap on the answer that is chosen already changes nothing.
  const labels = [...document.querySelectorAll(".q:not([hidden]) :is(.seg, .opt) label:not(:has(:checked))")];
  const line = document.querySelector("#kept");
  const begun = performance.now();
  labels[number % labels.length].click();
  if (line.textContent.includes("●")) return reject(new Error("the page says kept before it can be"));
  const watch = new MutationObserver(() => {
    if (!line.textContent.includes("●")) return;
    watch.disconnect();
    resolve(performance.now() - begun);
  });
  watch.observe(line, { childList: true, subtree: true, characterData: true });
})"""
MARK: Final = """() => document.querySelector("[type=file]").addEventListener(
  "input", () => { self.chosenAt = performance.now(); }, { capture: true, once: true })"""
SINCE_CHOSEN: Final = """() => self.chosenAt && document.querySelector('#kept').textContent.includes('●')
  && performance.now() - self.chosenAt"""


def time_taps(browser: Browser, site: PhoneSite, cookie: dict[str, str]) -> float:
    """Return the milliseconds that 95 of 100 taps do not exceed until they are durable."""
    with open_phone(browser, cookie) as (page, tools):
        open_kept(page, site)
        slow_down(tools)
        return find_p95([float(page.evaluate(TAP, 7 * number)) for number in range(TAPS)])


def time_photos(browser: Browser, site: PhoneSite, cookie: dict[str, str]) -> float:
    """Return the milliseconds until a photo is durable: the slowest of some."""
    with open_phone(browser, cookie) as (page, tools):
        open_kept(page, site)
        slow_down(tools)
        boxes = page.locator("[type=file]")
        times: list[float] = []
        for number in range(PHOTOS):
            photo: FilePayload = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": take_photo(number)}
            page.evaluate(MARK)
            boxes.first.set_input_files(photo)
            times.append(float(page.wait_for_function(SINCE_CHOSEN, timeout=PATIENCE).json_value()))
            page.evaluate("() => { self.chosenAt = 0; }")
        return max(times)


def time_warm_starts(
    browser: Browser, site: PhoneSite, cookie: dict[str, str], kill_server: Callable[[], None]
) -> float:
    """Return the milliseconds until a list opens with the server dead: the slowest of some starts."""
    with open_phone(browser, cookie) as (page, _tools):
        page.goto(f"{site.address}/capture", wait_until="load")
        page.wait_for_function(READY, timeout=PATIENCE)
        open_kept(page, site)
        page.close()
        kill_server()
        times: list[float] = []
        for _ in range(STARTS):
            started = page.context.new_page()
            slow_down(page.context.new_cdp_session(started))
            started.goto(site.address + site.path, wait_until="commit")
            times.append(float(started.wait_for_function(KEPT, timeout=PATIENCE).json_value()))
            started.close()
        return max(times)


def open_kept(page: Page, site: PhoneSite) -> None:
    """Open the list, as soon as the phone keeps everything entered there."""
    # The key with which the phone seals what it keeps comes with the lists.
    page.goto(f"{site.address}/capture", wait_until="networkidle")
    page.goto(site.address + site.path, wait_until="load")
    page.wait_for_function(KEPT, timeout=PATIENCE)


def take_photo(seed: int) -> bytes:
    """Return a JPEG of about five megabytes and twelve megapixels, another one for each seed."""
    grain = Image.frombytes("RGB", (1000, 750), make_chance(seed).randbytes(1000 * 750 * 3))
    picture = grain.resize((4000, 3000), Image.Resampling.BICUBIC)
    for quality in range(98, 60, -2):
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=quality)
        if stream.tell() <= PHOTO_BYTES:
            break
    return stream.getvalue()
