"""What anybody sees: a shopping list that works, in front of the screen whenever the page was left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from mystery.app import create_app
from mystery.database import db
from mystery.models import Unit
from mystery.settings import read_settings
from tests.journeys.site import SECRET, Site
from tests.notes.conftest import Screen, read_tapped

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LEAVE = """() => { Object.defineProperty(document, "hidden", { configurable: true, value: true });
  document.dispatchEvent(new Event("visibilitychange")); delete document.hidden; }"""
TOO_SMALL = """() => [...document.querySelectorAll("a, button, select, label, input")]
  .filter((each) => !each.matches("label input, label[for], .skip"))
  .map((each) => [each.outerHTML.slice(0, 60), each.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 44 || box.height < 44)).map(([html]) => html)"""


def test_it_is_a_shopping_list_that_can_be_ticked_and_added_to(open_screen: Callable[..., Screen]) -> None:
    page = open_screen().page
    expect(page.locator("#decoy")).to_be_visible()
    expect(page.locator("#taps")).to_be_hidden()
    lines = page.locator("#items li")
    expect(lines).to_have_count(6)
    page.locator("[name=entry]").fill("лампочка")
    page.keyboard.press("Enter")
    expect(lines).to_have_count(7)
    lines.nth(0).locator("input").check()
    page.wait_for_timeout(200)
    page.reload()
    expect(lines).to_have_count(7)
    expect(lines.nth(0).locator("input")).to_be_checked()
    expect(lines.nth(6)).to_have_text("лампочка")
    page.locator("#tidy").tap()
    expect(lines).to_have_count(6)


def test_it_stands_in_front_whenever_the_page_was_left(open_screen: Callable[..., Screen]) -> None:
    screen = open_screen()
    page = screen.page
    screen.enter()
    screen.tap("[data-kind][data-question=queue]")
    page.evaluate(LEAVE)
    expect(page.locator("#decoy")).to_be_visible()
    expect(page.locator("#taps")).to_be_hidden()
    screen.enter()
    assert screen.row("queue").startswith("◐ касса")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    expect(page.locator("#taps")).to_be_hidden()
    screen.enter()
    page.reload()
    expect(page.locator("#decoy")).to_be_visible()
    screen.enter()
    page.goto("/capture")
    page.go_back()
    expect(page.locator("#decoy")).to_be_visible()
    expect(page.locator("#taps")).to_be_hidden()


def test_it_opens_and_closes_by_a_double_tap_on_the_title_only(open_screen: Callable[..., Screen]) -> None:
    page = open_screen().page
    title = page.locator("#title")
    title.tap()
    page.wait_for_timeout(600)
    title.tap()
    page.wait_for_timeout(600)
    expect(page.locator("#taps")).to_be_hidden()
    title.tap()
    title.tap()
    expect(page.locator("#taps")).to_be_visible()
    page.wait_for_timeout(600)
    title.tap()
    title.tap()
    expect(page.locator("#decoy")).to_be_visible()


def test_it_opens_with_a_keyboard_and_for_a_screen_reader(open_screen: Callable[..., Screen]) -> None:
    page = open_screen().page
    button = page.get_by_role("button", name="Другой список").or_(
        page.get_by_role("button", name="Other list")
    )
    expect(button).to_have_count(1)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#taps")).to_be_visible()
    # Back again it is in plain sight: one tap hides everything.
    page.locator("#turn").tap()
    expect(page.locator("#decoy")).to_be_visible()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_says_no_word_of_the_client_to_eye_or_ear(
    open_screen: Callable[..., Screen], site: Site, language: str
) -> None:
    screen = open_screen(recording=True, language=language)
    page = screen.page
    expect(page.locator("html")).to_have_attribute("lang", language)
    settings = read_settings({"MYSTERY_SECRET_KEY": SECRET, "MYSTERY_DATA_DIR": str(site.folder)})
    with create_app(settings).app_context():
        names = [db.session.get_one(Unit, unit).name for unit in site.cast.ours.units.values()]
    checklist = read_tapped()
    texts = [checklist.title, *(each.title for each in checklist.sections)]
    texts += [each.text for each in checklist.questions()]
    secrets = [*names, *(text.ru for text in texts), *(text.en for text in texts)]
    screen.enter()
    screen.tap("[data-kind][data-question=queue]")
    for opened in (True, False):
        said = page.locator("body").aria_snapshot() + page.title() + page.content()
        assert [secret for secret in secrets if secret in said] == [], f"opened: {opened}"
        page.evaluate(LEAVE)
    assert page.title() in ("Списки", "Lists")


def test_it_is_silent(open_screen: Callable[..., Screen]) -> None:
    """Nothing on the page can make a sound or shake the phone; a tap is seen, not heard."""
    page = open_screen().page
    address = page.locator("script[src*=notes]").get_attribute("src")
    source = page.evaluate("(address) => fetch(address).then((answer) => answer.text())", address)
    for loud in ("vibrate", "AudioContext", "new Audio", "speechSynthesis", "Notification"):
        assert loud not in source
    expect(page.locator("audio")).to_have_count(0)
    assert page.locator("video").evaluate("(video) => video.muted")


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_it_fits_the_thumb_and_the_screen_even_with_large_letters(
    open_screen: Callable[..., Screen], scheme: str
) -> None:
    screen = open_screen(recording=True, scheme=scheme)
    page = screen.page
    for size in ("100%", "200%"):
        page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", size)
        for _face in range(2):
            assert page.evaluate(TOO_SMALL) == []
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
            page.locator("#title").dblclick()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"dark": "rgb(16, 19, 20)", "light": "rgb(255, 255, 255)"}[scheme]
