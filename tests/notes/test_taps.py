"""The screen in a real browser: every tap is durable before it is shown, and outlives a reload and a kill."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.browser import CHROMIUM_FLAGS, PHONE, find_chromium
from tests.journeys.site import Site
from tests.notes.conftest import CONTENT, Screen, sign_in, wait_until, watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

QUEUE = "[data-kind][data-question=queue]"
NOTICED = "[data-kind][data-question=noticed]"
MISTAKES = "[data-kind][data-question=mistakes]"
# Moves every clock of the page; nothing of it is left after a reload.
SET_CLOCK = "(shift) => { const now = Date.now; Date.now = () => now() + shift; }"
FULL_PHONE = """() => { IDBObjectStore.prototype.put = () => {
  throw new DOMException("full", "QuotaExceededError"); }; }"""


def kinds(screen: Screen) -> list[str]:
    """What was tapped, in order."""
    return [event["kind"] for event in screen.events()]


def test_it_times_several_questions_at_once_and_goes_on_after_a_reload(
    open_screen: Callable[..., Screen],
) -> None:
    screen = open_screen()
    screen.enter()
    assert screen.row("queue") == "○ касса"
    assert screen.row("noticed") == "○ 1.2"
    screen.tap(QUEUE)
    screen.tap(NOTICED)
    expect(screen.page.locator(QUEUE)).to_have_attribute("aria-pressed", "true")
    screen.tap(NOTICED)
    screen.page.wait_for_timeout(1100)
    screen.reopen()
    assert screen.row("noticed") == "● 1.2 0:00"
    running = screen.page.locator(f"{QUEUE} .figure")
    expect(running).to_have_text("0:02")
    screen.tap(QUEUE)
    assert screen.row("queue") in ("● касса 0:02", "● касса 0:03")
    assert kinds(screen) == ["start", "start", "stop", "stop"]


def test_it_survives_the_clock_being_set_back(open_screen: Callable[..., Screen]) -> None:
    screen = open_screen()
    screen.enter()
    screen.tap(QUEUE)
    screen.page.evaluate(SET_CLOCK, -3600_000)
    screen.page.wait_for_timeout(1100)
    assert screen.row("queue") == "◐ касса 0:00"


def test_it_counts_and_takes_back_one_line_or_the_last_tap(open_screen: Callable[..., Screen]) -> None:
    screen = open_screen()
    screen.enter()
    for _time in range(3):
        screen.tap(MISTAKES)
    assert screen.row("mistakes") == "● буквы 3"
    screen.tap(QUEUE)
    screen.tap("[data-act=less]")
    assert screen.row("mistakes") == "● буквы 2"
    expect(screen.page.locator("#undone")).to_have_text("касса 0:00")
    screen.tap("#undo")
    assert screen.row("queue") == "○ касса"
    screen.tap("#undo")
    screen.tap("#undo")
    expect(screen.page.locator("#undo")).to_be_disabled()
    assert screen.row("mistakes") == "○ буквы"
    # Nothing is erased: a tap that was taken back stays as evidence, and says so.
    undone = [event["value"] for event in screen.events() if event["kind"] == "undo"]
    assert sorted(undone) == sorted(each["id"] for each in screen.events() if each["kind"] != "undo")


def test_it_keeps_quick_taps_in_their_order(open_screen: Callable[..., Screen]) -> None:
    """The second tap of a hasty thumb stops the timer; it never starts it twice."""
    screen = open_screen()
    screen.enter()
    screen.page.evaluate(
        "(row) => { for (let n = 0; n < 5; n++) document.querySelector(row).click(); }", QUEUE
    )
    wait_until(screen.page, f"{CONTENT}.then(({{ events }}) => events.length === 5)")
    assert kinds(screen) == ["start", "stop", "start", "stop", "start"]


def test_it_keeps_a_name_and_a_line(open_screen: Callable[..., Screen]) -> None:
    screen = open_screen()
    screen.enter()
    screen.page.locator("[data-act=name]").tap()
    screen.page.locator("[name=line]").fill("  Анна ")
    screen.page.keyboard.press("Enter")
    expect(screen.page.locator("#kept")).to_contain_text("Анна")
    screen.page.locator("[data-act=note]").tap()
    screen.page.locator("[name=line]").fill("<b>у входа</b>")
    screen.tap("#writing button")
    expect(screen.page.locator("#kept")).to_contain_text("<b>у входа</b>")
    assert [(each["kind"], each["value"]) for each in screen.events()] == [
        ("name", "Анна"),
        ("note", "<b>у входа</b>"),
    ]


def test_it_says_at_once_when_a_tap_could_not_be_kept(open_screen: Callable[..., Screen]) -> None:
    screen = open_screen()
    screen.enter()
    screen.tap(MISTAKES)
    screen.page.evaluate(FULL_PHONE)
    screen.page.locator(MISTAKES).tap()
    expect(screen.page.locator("#kept")).to_have_class("warn")
    assert screen.row("mistakes") == "● буквы 1"
    screen.reopen()
    assert screen.row("mistakes") == "● буквы 1"


def test_it_ends_the_visit_and_leads_to_everything(open_screen: Callable[..., Screen]) -> None:
    screen = open_screen()
    screen.enter()
    expect(screen.page.locator("#full")).to_be_hidden()
    screen.tap("#end")
    screen.page.locator("#full").tap()
    screen.page.wait_for_url(lambda address: address.endswith(screen.address.removesuffix("/notes")))


def test_it_says_at_the_end_which_timer_still_runs(open_screen: Callable[..., Screen]) -> None:
    screen = open_screen()
    screen.enter()
    screen.tap(QUEUE)
    screen.page.locator("#end").tap()
    expect(screen.page.locator("#kept")).to_contain_text("касса")
    expect(screen.page.locator("#kept")).to_have_class("warn")
    assert kinds(screen) == ["start", "end"], "the end is kept all the same"
    screen.tap(QUEUE)
    assert kinds(screen) == ["start", "end", "stop"]


def test_it_lets_one_tab_write_and_hands_over_when_asked(open_screen: Callable[..., Screen]) -> None:
    first = open_screen()
    first.enter()
    first.tap(MISTAKES)
    second = Screen(first.page.context.new_page(), first.address)
    second.page.goto(first.address)
    second.page.locator("#title").tap()
    second.page.locator("#title").tap()
    expect(second.page.locator(MISTAKES)).to_be_disabled()
    second.page.locator("#here").tap()
    second.tap(MISTAKES)
    assert second.row("mistakes") == "● буквы 2"
    expect(first.page.locator(MISTAKES)).to_be_disabled()


def find_processes(profile: Path) -> list[int]:
    """The processes of the browser that uses this profile, and of no other."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={profile}".encode() in command:
            found.append(int(entry.name))
    return found


def kill_browser(profile: Path) -> None:
    """End the browser of a profile as a phone ends a program: at once."""
    processes = find_processes(profile)
    assert processes, "the browser runs"
    for process in processes:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue
    deadline = time.monotonic() + 10
    while find_processes(profile) and time.monotonic() < deadline:
        time.sleep(0.05)


def test_it_goes_on_after_the_browser_was_killed(
    chromium: Browser, site: Site, assign: Callable[..., tuple[UUID, str]], tmp_path: Path
) -> None:
    """What was said to be saved is there after SIGKILL, and a timer runs on through it."""
    _visit, address = assign()
    profile = tmp_path / "profile"
    errors: list[str] = []

    def launch() -> tuple[BrowserContext, Page]:
        options: dict[str, Any] = {"executable_path": find_chromium(), "args": CHROMIUM_FLAGS, **PHONE}
        context = chromium.browser_type.launch_persistent_context(profile, base_url=site.address, **options)
        context.set_default_timeout(5_000)
        page = context.pages[0]
        watch(page, errors)
        sign_in(page)
        page.goto(address)
        return context, page

    context, page = launch()
    screen = Screen(page, address)
    screen.enter()
    screen.tap(QUEUE)
    screen.tap(MISTAKES)
    kill_browser(profile)
    with suppress(PlaywrightError):
        context.close()
    killed_at = time.monotonic()
    context, page = launch()
    screen = Screen(page, address)
    expect(page.locator("#decoy")).to_be_visible()
    screen.enter()
    assert screen.row("mistakes") == "● буквы 1"
    minutes, seconds = screen.row("queue").removeprefix("◐ касса ").split(":")
    assert int(minutes) * 60 + int(seconds) >= int(time.monotonic() - killed_at)
    context.close()
    assert errors == []
