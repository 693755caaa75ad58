"""A timer that nobody has stopped is noticed before the visit is sent, and nothing of it is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.sheet_browser.sheet_page import (
    expect_kept,
    fill_in,
    press_send,
    read_record,
    read_words,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sheet")]

START_TIMER = """() => Lists.store.write(document.body.dataset.visit, (content) => {
  const at = new Date(Date.now() - 5e3).toISOString();
  content.events = [{ id: "1", at, kind: "start", question: "wait", value: "" }];
})"""


def read_events(page: Page) -> list[tuple[str, str]]:
    """Kind and value of everything tapped."""
    events: list[dict[str, Any]] = read_record(page)["content"]["events"]
    return [(event["kind"], event["value"]) for event in events]


def press(page: Page, word: str) -> None:
    """Press a button beside the question that is timed."""
    page.locator("#q-wait .mend button", has_text=read_words(page)[word]).click()


@pytest.fixture
def timed(phone: Page) -> Page:
    """A visit with everything answered but what its timer, which still runs, would say."""
    fill_in(phone)
    phone.locator("#q-wait input[inputmode]").nth(1).fill("")
    expect_kept(phone)
    phone.evaluate(START_TIMER)
    phone.reload()
    expect_kept(phone)
    press_send(phone)
    running = read_words(phone)["timer_runs"].partition("#")[0]
    expect(phone.locator("#q-wait .mend")).to_contain_text(running)
    expect(phone.locator("#problems li")).to_have_count(1)
    assert read_record(phone)["state"] == "open"
    return phone


def test_it_stops_a_running_timer_at_the_finish_and_takes_its_time(timed: Page) -> None:
    press(timed, "stop_now")
    expect(timed.locator("#q-wait input[inputmode]").first).to_have_value("0")
    expect(timed.locator("#q-wait .mark")).to_contain_text(re.compile(r"0:\d\d"))
    expect(timed.locator("#problems")).to_have_count(0)
    expect_kept(timed)
    assert read_events(timed) == [("start", ""), ("stop", "")]
    press_send(timed)
    expect(timed.locator("#sent")).to_be_visible()


def test_it_leaves_a_running_timer_out_and_asks_for_the_time(timed: Page) -> None:
    press(timed, "leave_out")
    expect(timed.locator("#q-wait .mend")).to_have_count(0)
    expect_kept(timed)
    assert read_events(timed) == [("start", ""), ("undo", "1")], "the tap stays as evidence"
    press_send(timed)
    expect(timed.locator("#problems .jump a")).to_have_count(1)
    # What was typed by hand is the answer, whatever else runs.
    timed.evaluate(START_TIMER)
    timed.locator("#q-wait input[inputmode]").first.fill("1")
    expect_kept(timed)
    press_send(timed)
    expect(timed.locator("#sent")).to_be_visible()
