"""What was entered stays: after a reload, without a network, after a kill, and through a second look."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser import CHROMIUM_FLAGS, PHONE, find_chromium
from tests.journeys.site import Site
from tests.sheet_browser.sheet_page import (
    WAITING,
    begin,
    expect_kept,
    expect_line,
    fill_in,
    keep_pages,
    read_form,
    read_record,
    read_words,
    sign_in,
    tap,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sheet")]

# A write to the store waits until the test lets it through.
HOLD = """() => {
  const { write } = Lists.store;
  const gate = new Promise((resolve) => { self.letThrough = resolve; });
  Lists.store.write = (...given) => gate.then(() => write(...given));
}"""
GUARDED = """() => !dispatchEvent(new Event("beforeunload", { cancelable: true }))"""
ADD_EVENTS = """() => Lists.store.write(document.body.dataset.visit, (content) => {
  const at = (seconds) => new Date(Date.now() - 60e3 + seconds * 1e3).toISOString();
  const event = (id, seconds, kind, question, value = "") => ({ id, at: at(seconds), kind, question, value });
  content.events = [
    event("1", 0, "start", "wait"), event("2", 20, "stop", "wait"), event("3", 25, "tally", "queue", "3"),
    event("4", 30, "name", "", "Ольга"), event("5", 40, "note", "", "Касса закрыта"),
  ];
})"""


def fill_every_control(page: Page) -> None:
    """Put something of its own into every kind of control, also into some that are hidden again."""
    fill_in(page)
    tap(page, "shelf", "empty")
    page.locator("[name='a.why']").fill("Не завезли")
    tap(page, "shelf", "n/a")
    tap(page, "mood", "n/a")
    tap(page, "offers", "card")
    tap(page, "wait", "n/a")
    tap(page, "wow", "")
    tap(page, "greeted", "no")
    page.locator("[name='c.greeted']").fill("Смотрел в телефон,\nмолчал. <b>&\"'")
    page.locator("[name='v.note']").fill("n/a")
    page.locator("[name='a.sound']").fill("n/a")


def test_it_puts_every_kind_of_answer_back(phone: Page) -> None:
    fill_every_control(phone)
    expect_kept(phone)
    entered = read_form(phone)
    assert entered["a.offers"] == ["bag", "card"]
    assert entered["a.wait"] == ["", "40", "n/a"]
    assert entered["a.why"] == ["Не завезли"], "what is hidden keeps its words"
    phone.reload()
    expect_kept(phone)
    assert read_form(phone) == entered
    expect(phone.locator("#q-why")).to_be_hidden()
    expect(phone.locator("[name='c.greeted']")).to_be_visible()
    answered = read_record(phone)["content"]["answered"]
    assert {"when", "whom", "greeted", "why", "wait", "wow"} <= set(answered)


def test_it_opens_with_all_answers_without_a_network(phone: Page) -> None:
    """The page comes from the worker's cache, where no answers are; they come from the store."""
    address = phone.url
    keep_pages(phone)
    phone.goto(address)
    expect_kept(phone)
    tap(phone, "greeted", "yes")
    phone.locator("[name='a.words']").fill("Здравствуйте")
    expect_kept(phone)
    phone.context.set_offline(True)
    phone.reload()
    expect_kept(phone)
    expect(phone.locator("#q-greeted input[value=yes]")).to_be_checked()
    expect(phone.locator("[name='a.words']")).to_have_value("Здравствуйте")
    tap(phone, "mood", "5")
    expect_kept(phone)
    phone.reload()
    expect(phone.locator("#q-mood input[value='5']")).to_be_checked()


def test_it_survives_a_kill_right_after_it_said_saved(
    chromium: Browser, site: Site, task: UUID, tmp_path: Path
) -> None:
    def launch() -> BrowserContext:
        return chromium.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=find_chromium(),
            args=CHROMIUM_FLAGS,
            base_url=site.address,
            **PHONE,
        )

    page = launch().new_page()
    sign_in(page)
    begin(page, task)
    address = page.url
    page.locator("[name='a.words']").fill("Добрый день")
    tap(page, "greeted", "yes")
    expect_kept(page)
    kill_browser(tmp_path / "profile")
    context = launch()
    page = context.new_page()
    page.goto("/sign-in")
    if "/sign-in" in page.url:
        # The cookie was younger than what the browser had written down.
        sign_in(page)
    page.goto(address)
    expect_kept(page)
    expect(page.locator("[name='a.words']")).to_have_value("Добрый день")
    expect(page.locator("#q-greeted input[value=yes]")).to_be_checked()
    context.close()


def kill_browser(profile: Path) -> None:
    """SIGKILL to the browser that runs on ``profile``, and to everything it has started."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if f"--user-data-dir={profile}" in command:
            os.kill(int(folder.name), signal.SIGKILL)


def test_it_never_calls_saved_what_is_still_on_its_way(phone: Page) -> None:
    assert not phone.evaluate(GUARDED)
    phone.evaluate(HOLD)
    tap(phone, "greeted", "yes")
    expect_line(phone, WAITING, "keeping")
    tap(phone, "mood", "3")
    assert phone.evaluate(GUARDED), "leaving now would lose two taps"
    assert phone.locator("#kept").inner_text() == f"{WAITING} {read_words(phone)['keeping']}"
    phone.evaluate("letThrough()")
    expect_kept(phone)
    assert not phone.evaluate(GUARDED)
    fields = read_record(phone)["content"]["fields"]
    assert ["a.greeted", "yes"] in fields
    assert ["a.mood", "3"] in fields


def test_it_keeps_taps_that_were_faster_than_the_script(open_phone: Callable[..., Page], task: UUID) -> None:
    phone = open_phone(service_workers="block")
    begin(phone, task)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    phone.route("**/assets/sheet.*", hold)
    phone.reload(wait_until="commit")
    tap(phone, "greeted", "yes")
    phone.locator("[name='a.words']").fill("Быстро")
    press = phone.locator("#sheet > section button.go").first
    expect(press).to_be_visible()
    assert len(held) == 1
    held[0].continue_()
    expect_kept(phone)
    phone.unroute_all()
    phone.reload()
    expect_kept(phone)
    expect(phone.locator("[name='a.words']")).to_have_value("Быстро")
    expect(phone.locator("#q-greeted input[value=yes]")).to_be_checked()


def test_it_fills_in_what_the_timer_and_the_counters_say(phone: Page) -> None:
    phone.evaluate(ADD_EVENTS)
    phone.reload()
    words = read_words(phone)
    expect(phone.locator("#q-wait .mark")).to_contain_text(words["timer"].replace("#", "0:20"))
    expect(phone.locator("#q-wait input[inputmode]").nth(1)).to_have_value("20")
    expect(phone.locator("[name='a.queue']")).to_have_value("3")
    expect(phone.locator("[name='v.note']")).to_have_value("Ольга")
    expect(phone.locator(".noted")).to_contain_text("Касса закрыта")
    expect_kept(phone)
    assert ["a.wait", "20"] in read_record(phone)["content"]["fields"]
    # What the auditor knows better goes before the timer, and the mark goes with it.
    phone.locator("#q-wait input[inputmode]").nth(1).fill("45")
    expect_kept(phone)
    phone.reload()
    expect(phone.locator("#q-queue .mark")).to_be_visible()
    expect(phone.locator("#q-wait .mark")).to_have_count(0)
    expect(phone.locator("#q-wait input[inputmode]").nth(1)).to_have_value("45")


def test_it_offers_today_on_a_page_that_was_cached_on_another_day(phone: Page) -> None:
    phone.goto(phone.url + "?blank=1")
    expect_kept(phone)
    today = phone.evaluate(
        "new Date().toLocaleDateString('sv', { timeZone: document.getElementById('sheet').dataset.zone })"
    )
    expect(phone.locator("[name='v.day']")).to_have_value(today)


def test_it_never_turns_back_when_a_question_was_answered(phone: Page) -> None:
    """A phone's clock may be set back; the server takes what is stamped later for the newer answer."""
    tap(phone, "greeted", "yes")
    expect_kept(phone)
    before = read_record(phone)["content"]["answered"]["greeted"]
    phone.clock.set_fixed_time("2026-01-01T00:00:00Z")
    tap(phone, "greeted", "no")
    expect_kept(phone)
    after = read_record(phone)["content"]["answered"]["greeted"]
    assert before < after < "2100"
    assert ["a.greeted", "no"] in read_record(phone)["content"]["fields"]
