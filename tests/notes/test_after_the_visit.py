"""From the screen to the checklist: what was tapped in the shop fills the boxes and reaches the server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.notes.conftest import Screen, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

QUEUE = "[data-kind][data-question=queue]"
THERE = """(visit) => fetch(`/capture/phone/${visit}/draft`).then((answer) => answer.json())
  .then(({ events }) => (events || []).map((event) => event.kind).join(" "))"""


def test_it_fills_the_checklist_from_what_was_tapped(open_screen: Callable[..., Screen]) -> None:
    screen = open_screen()
    page = screen.page
    screen.enter()
    screen.tap(QUEUE)
    for _time in range(2):
        screen.tap("[data-kind][data-question=mistakes]")
    page.wait_for_timeout(1000)
    screen.tap(QUEUE)
    for kind, words in (("name", "Анна"), ("note", "чек не дали")):
        page.locator(f"[data-act={kind}]").tap()
        page.locator("[name=line]").fill(words)
        screen.tap("#writing button")
    screen.tap("#end")
    seconds = screen.row("queue").rpartition(":")[2]
    page.locator("#full").tap()
    boxes = page.locator("[name='a.queue'][inputmode]")
    expect(boxes.nth(1)).to_have_value(str(int(seconds)))
    expect(boxes.nth(0)).to_have_value("0")
    expect(page.locator("[name='a.mistakes']")).to_have_value("2")
    expect(page.locator("[name='v.note']")).to_have_value("Анна")
    expect(page.locator("[name='v.clock']")).not_to_have_value("")
    expect(page.locator(".noted")).to_contain_text("чек не дали")


def test_it_keeps_taps_without_a_network_and_sends_them_when_there_is_one(
    open_screen: Callable[..., Screen],
) -> None:
    screen = open_screen()
    page = screen.page
    screen.enter()
    page.context.set_offline(True)
    screen.tap(QUEUE)
    screen.tap(QUEUE)
    screen.tap("#end")
    page.context.set_offline(False)
    visit = screen.address.split("/")[2]
    wait_until(page, f"({THERE})('{visit}').then((kinds) => kinds === 'start stop end')")
