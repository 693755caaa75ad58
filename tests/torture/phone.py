"""The phone: a real Chromium on a profile that outlives it, and a thumb that knows where to tap."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, BrowserType, CDPSession, ConsoleMessage, Error, Page

from tests.browser import CHROMIUM_FLAGS, PHONE, find_chromium
from tests.cast import PASSWORD
from tests.torture.screen import FIND, LOOK, MEDDLE, READ_PHOTOS, READ_STORE, READY, SHIFT_WORKER, Sight
from tests.torture.touches import Touch

MILLISECONDS = 8_000
QUICKLY = 2_000
MILLISECONDS_AN_HOUR = 3_600_000
# Before somebody leaves, the phone tries for a while to send what waits.
LEAVING = 10_000
SECONDS_TO_DIE = 10.0


class Phone:
    """One phone with one profile; ``errors`` are complaints of its pages that no fault explains."""

    def __init__(self, browsers: BrowserType, profile: Path, address: str) -> None:
        self.errors: list[str] = []
        self.lives = 0
        # When it last did what it was told.
        self.pulse = time.monotonic()
        self.profile = profile
        self._browsers, self._address = browsers, address
        self._context: BrowserContext | None = None
        self.is_offline = False
        self._torture = {"shift": 0, "full": False}
        self._meddlers: dict[Page, tuple[CDPSession, str]] = {}

    # ---- Its life ----

    def start(self) -> None:
        """Switch it on; nothing happens while it runs."""
        if self._context is not None:
            return
        self._context = self._browsers.launch_persistent_context(
            self.profile,
            executable_path=find_chromium(),
            args=CHROMIUM_FLAGS,
            base_url=self._address,
            locale="en-GB",
            accept_downloads=False,
            **PHONE,
        )
        self._context.set_default_timeout(MILLISECONDS)
        self._context.add_init_script(MEDDLE)
        self._context.on("page", self._listen)
        for page in self._context.pages:
            self._listen(page)
        self.page = self._context.pages[0]
        self._meddlers.clear()
        self._meddle(self.page)
        self.lives += 1
        self.pulse = time.monotonic()
        if self.is_offline:
            self._context.set_offline(True)

    def kill(self) -> None:
        """Kill all its processes at once, whatever they are doing."""
        self.strike()
        deadline = time.monotonic() + SECONDS_TO_DIE
        while list_processes(self.profile) and time.monotonic() < deadline:
            time.sleep(0.02)
        self.stop()

    def strike(self) -> None:
        """Send the kill signal and do not wait; may be called from any thread."""
        for number in list_processes(self.profile):
            with contextlib.suppress(ProcessLookupError):
                # Playwright gives each browser a process group of its own.
                if os.getpgid(number) == number:
                    os.killpg(number, signal.SIGKILL)
                else:
                    os.kill(number, signal.SIGKILL)

    def stop(self) -> None:
        """Close it as its owner would."""
        if self._context is not None:
            with contextlib.suppress(Error):
                self._context.close()
            self._context = None

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.errors.append(f"{error} {(error.stack or '')[:300]}"))
        page.on("console", lambda said: self.errors.append(said.text) if is_complaint(said) else None)
        page.on("dialog", lambda dialog: dialog.accept())

    # ---- Its troubles ----

    def set_offline(self, is_offline: bool) -> None:
        """Take the network away from all pages and the worker, or give it back."""
        self.is_offline = is_offline
        if self._context is not None:
            self._context.set_offline(is_offline)

    def set_full(self, is_full: bool) -> None:
        """Let every write into the store of a page fail, or no longer."""
        self._torture["full"] = is_full
        self._meddle_everywhere()

    def shift_clock(self, hours: int) -> None:
        """Set the clock of its pages, and of its worker while that lives, wrong by so many hours."""
        self._torture["shift"] = hours * MILLISECONDS_AN_HOUR
        self._meddle_everywhere()
        for worker in self._context.service_workers if self._context else []:
            with contextlib.suppress(Error):
                worker.evaluate(SHIFT_WORKER, self._torture["shift"])

    def _meddle_everywhere(self) -> None:
        for page in self._context.pages if self._context else []:
            with contextlib.suppress(Error):
                self._meddle(page)
                page.evaluate(self._write_torture())

    def _meddle(self, page: Page) -> None:
        """Let every document of a page begin with the troubles of now."""
        assert self._context is not None
        if page in self._meddlers:
            session, before = self._meddlers[page]
            session.send("Page.removeScriptToEvaluateOnNewDocument", {"identifier": before})
        else:
            session = self._context.new_cdp_session(page)
        added = session.send("Page.addScriptToEvaluateOnNewDocument", {"source": self._write_torture()})
        self._meddlers[page] = session, added["identifier"]

    def _write_torture(self) -> str:
        return f"self.torture = {json.dumps(self._torture)}"

    # ---- Its pages ----

    def go(self, path: str) -> bool:
        """Open an address of the application; False when nothing came."""
        try:
            self.page.goto(path, wait_until="domcontentloaded")
        except Error:
            return False
        return True

    def look(self) -> Sight:
        """What the screen shows; an empty sight while a page is changing."""
        try:
            seen: dict[str, Any] = self.page.evaluate(LOOK)
        except Error:
            return Sight()
        finally:
            self.pulse = time.monotonic()
        return Sight(**{**seen, "problems": tuple(dict.fromkeys(seen["problems"]))})

    def wait_until(self, holds: Callable[[Sight], bool], *, seconds: float = 6.0) -> Sight:
        """The screen as soon as something holds of it, or when the time is over."""
        deadline = time.monotonic() + seconds
        sight = self.look()
        while not holds(sight) and time.monotonic() < deadline:
            self.wait(0.03)
            sight = self.look()
        return sight

    def wait_until_ready(self, *, seconds: float = 4.0) -> set[str]:
        """The visits of the list that the page calls ready for a place without a network."""
        deadline = time.monotonic() + seconds
        ready: list[str] = []
        others = 1
        while others and time.monotonic() < deadline:
            with contextlib.suppress(Error):
                ready, others = self.page.evaluate(READY)
            self.wait(0.05)
        return set(ready)

    def wait(self, seconds: float) -> None:
        """Let time pass, and hear meanwhile what the pages complain of."""
        try:
            self.page.wait_for_timeout(1000 * seconds)
        except Error:
            time.sleep(seconds)

    def press(self, selector: str) -> bool:
        """Tap a button of the page; False when it is not there to be tapped."""
        try:
            self.page.locator(selector).first.tap(timeout=QUICKLY)
        except Error:
            return False
        return True

    def touch(self, touch: Touch) -> bool:
        """Do what a thumb does; False when there is nothing to touch."""
        anchor = touch.question if touch.question in ("when", "whom") else f"q-{touch.question}"
        try:
            if not self.page.evaluate(FIND, {"anchor": anchor, "name": touch.name}):
                return False
            question = self.page.locator(f"[id='{anchor}']")
            if touch.how == "tap":
                question.locator(f"label:has([name='{touch.name}'][value='{touch.value}'])").tap()
            elif touch.how == "choose":
                question.locator(f"select[name='{touch.name}']").select_option(touch.value)
            else:
                boxes = question.locator(f"[name='{touch.name}']:not([type=checkbox]):not([type=radio])")
                boxes.nth(touch.box).fill(touch.value)
        except Error:
            return False
        return True

    def write_note(self, text: str) -> bool:
        """Write a line on the screen for the time of a visit; False when it takes none now."""
        try:
            self.page.locator("#turn").press("Enter", timeout=QUICKLY)
            self.page.locator("[data-act=note]").tap(timeout=QUICKLY)
            self.page.locator("#writing [name=line]").fill(text, timeout=QUICKLY)
            self.page.locator("#writing button").tap(timeout=QUICKLY)
        except Error:
            return False
        return True

    def choose_photo(self, question: str, path: Path) -> bool:
        """Choose a picture file for a question; False when it asks for none now."""
        name = f"p.{question}"
        try:
            if not self.page.evaluate(FIND, {"anchor": f"q-{question}", "name": name}):
                return False
            self.page.locator(f"[name='{name}'][multiple]").set_input_files(path)
        except Error:
            return False
        return True

    def read_photos(self, visit: str) -> list[dict[str, str]]:
        """What the store of the phone has of a visit's photos, with the hash of the bytes themselves."""
        with contextlib.suppress(Error):
            found: list[dict[str, str]] = self.page.evaluate(READ_PHOTOS, visit)
            return found
        return []

    def read_store(self) -> dict[str, Any]:
        """The rows of drafts without their content, and the number of photos; needs a page of ours."""
        found: dict[str, Any] = self.page.evaluate(READ_STORE)
        return found

    def list_content(self) -> list[str]:
        """What is left in the store of what somebody entered, each as a line to read."""
        found = self.read_store()
        rows = [f"draft {row}" for row in found["drafts"] if row["hasContent"] or row["hasClash"]]
        return rows + ([f"{found['photos']} photos"] if found["photos"] else [])

    def open_tab(self) -> Page:
        """A second tab; ``page`` stays the first."""
        assert self._context is not None
        page = self._context.new_page()
        self._meddle(page)
        return page

    def sign_in(self, address: str) -> bool:
        """Sign in on the sign-in page; False when that did not lead anywhere."""
        try:
            self.page.goto("/sign-in", wait_until="domcontentloaded")
            if "/sign-in" not in self.page.url:
                return True
            self.page.locator("input[name=email]").fill(address)
            self.page.locator("input[name=password]").fill(PASSWORD)
            self.page.locator("main button[type=submit]").click()
            self.page.wait_for_url(lambda url: "/sign-in" not in url, wait_until="domcontentloaded")
        except Error:
            return False
        return True

    def sign_out(self) -> bool:
        """Press the button that ends the session, twice where something waits; False when there was none."""
        if not self.go("/account") or not urlsplit(self.page.url).path.startswith("/account"):
            return False
        for _press in range(2):
            with contextlib.suppress(Error):
                self.page.locator("form[data-person] button").first.click()
                self.page.wait_for_url("**/sign-in*", wait_until="domcontentloaded", timeout=LEAVING)
                return True
        return False


def is_complaint(said: ConsoleMessage) -> bool:
    """Whether a page complains of something else than the network, which we take away on purpose."""
    expected = ("Failed to load resource", "net::ERR", "TypeError: Failed to fetch")
    return said.type == "error" and not any(words in said.text for words in expected)


def find_plain_words(profile: Path, words: re.Pattern[bytes]) -> list[str]:
    """The files of a profile in which words can be read, in either of the encodings that browsers use."""
    found = []
    for path in profile.rglob("*"):
        with contextlib.suppress(OSError):
            content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            if words.search(content) or words.search(content.replace(b"\0", b"")):
                found.append(str(path.relative_to(profile)))
    return found


def list_processes(profile: Path) -> list[int]:
    """The processes that were told to run on a profile: the browser itself, and what names it."""
    wanted, found = f"--user-data-dir={profile}".encode(), []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if wanted in (folder / "cmdline").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found
