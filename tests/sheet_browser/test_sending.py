"""Sending: what the phone finds by itself, what the server finds, and what waits until there is a network."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from mystery.clock import now
from mystery.database import db
from mystery.models import Visit
from tests.journeys.site import Site
from tests.sheet_browser.sheet_page import (
    TROUBLE,
    WAITING,
    expect_kept,
    expect_line,
    fill_in,
    look_into,
    press_send,
    press_way,
    read_record,
    read_words,
    tap,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sheet")]


def read_state(site: Site, page: Page) -> str:
    """The state of the page's visit on the server."""
    visit_id = page.locator("body").get_attribute("data-visit")
    states = look_into(site, lambda: dict(db.session.execute(select(Visit.id, Visit.state)).all()))
    found: dict[str, str] = {str(visit): state for visit, state in states.items()}
    return found.get(str(visit_id), "none")


def name_day_to_come() -> str:
    """A day that only the server refuses: the phone's own clock may be wrong, so it lets near ones pass."""
    return (now() + timedelta(days=3)).date().isoformat()


def test_it_leads_to_the_first_thing_to_mend_without_asking_the_server(phone: Page, site: Site) -> None:
    words = read_words(phone)
    phone.context.set_offline(True)
    fill_in(phone)
    tap(phone, "greeted", "no")
    phone.locator("[name='a.queue']").fill("many")
    phone.locator("[name='a.words']").fill("")
    tap(phone, "receipt", "n/a")
    press_send(phone)
    expect(phone.locator("#q-greeted")).to_be_focused()
    expect(phone.locator("#q-greeted .mend")).to_contain_text(words["comment_missing"])
    expect(phone.locator("#q-greeted textarea")).to_be_visible()
    expect(phone.locator("#q-queue .mend")).to_contain_text(words["unread"])
    expect(phone.locator("#q-words .mend")).to_contain_text(words["answer_missing"])
    expect(phone.locator("#q-receipt .mend")).to_contain_text(words["photo_missing_or_na"])
    assert phone.locator("#problems .jump a").all_inner_texts() == ["2.5"]
    expect(phone.locator("#problems li")).to_have_count(4)
    # What is mended is not complained about any more, and "next" leads through the rest.
    phone.locator("[name='c.greeted']").fill("Молчал")
    expect(phone.locator("#q-greeted .mend")).to_have_count(0)
    expect(phone.locator("#problems li")).to_have_count(3)
    expect_kept(phone)
    assert read_record(phone)["state"] == "open"
    phone.context.set_offline(False)


def test_it_shows_what_only_the_server_can_find_beside_the_question(phone: Page, site: Site) -> None:
    """The same sentences, numbers and anchors as on the page without a script."""
    fill_in(phone)
    phone.locator("[name='v.day']").fill(name_day_to_come())
    phone.locator("[name='a.bought']").fill("0001-01-01")
    expect_kept(phone)
    press_send(phone)
    expect(phone.locator("#when")).to_be_focused()
    shown = {
        "when": phone.locator("#when .mend p").all_inner_texts(),
        "list": phone.locator("#problems ul > li").all_inner_texts(),
    }
    assert len(shown["when"]) == 1
    assert shown["list"]
    expect_kept(phone)
    assert read_state(site, phone) == "draft"
    # The page without a script says the same of the same answers.
    plain = phone.context.browser
    assert plain is not None
    context = plain.new_context(
        base_url=site.address,
        storage_state=phone.context.storage_state(),
        java_script_enabled=False,
        locale="ru-RU",
    )
    other = context.new_page()
    other.goto(phone.url.partition("#")[0])
    other.locator("#finish button.main").click()
    assert other.locator("#when .mend p").all_inner_texts() == shown["when"]
    assert other.locator("#problems ul > li").all_inner_texts() == shown["list"]
    context.close()


def test_it_sends_and_says_what_was_sent(phone: Page, site: Site) -> None:
    words = read_words(phone)
    fill_in(phone)
    press_send(phone)
    panel = phone.locator("#sent")
    expect(panel).to_contain_text(words["sent"])
    expect(panel).to_contain_text(words["answers"].replace("#", "11"))
    expect(phone.locator("#sheet")).to_have_count(0)
    assert read_state(site, phone) == "submitted"
    phone.locator("#sent a").click()
    phone.wait_for_url("**/sent")


def test_it_keeps_a_visit_that_was_sent_without_a_network_until_there_is_one(phone: Page, site: Site) -> None:
    fill_in(phone)
    expect_kept(phone)
    phone.context.set_offline(True)
    press_send(phone)
    expect_line(phone, WAITING, "queued")
    assert phone.locator("#finish").evaluate("(part) => part.closest('[inert]') !== null")
    # It may be taken back while it has not been sent.
    press_way(phone, "take_back")
    expect_kept(phone)
    tap(phone, "mood", "2")
    expect_kept(phone)
    press_send(phone)
    expect_line(phone, WAITING, "queued")
    phone.context.set_offline(False)
    expect(phone.locator("#sent")).to_be_visible(timeout=20_000)
    assert read_state(site, phone) == "submitted"


def test_it_shows_what_is_to_be_mended_although_the_answer_was_lost(phone: Page, site: Site) -> None:
    """Nothing is held for a reviewer while its person still sits before the page."""
    fill_in(phone)
    phone.locator("[name='v.day']").fill(name_day_to_come())
    expect_kept(phone)
    lost = 0

    def lose(route: Route) -> None:
        nonlocal lost
        lost += 1
        if lost == 1:
            route.fetch()
            return route.fulfill(status=504, body="")
        return route.continue_()

    phone.route("**/report", lose)
    press_send(phone)
    expect(phone.locator("#problems")).to_be_visible(timeout=20_000)
    expect(phone.locator("#when .mend p")).to_have_count(1)
    assert lost == 2
    assert read_state(site, phone) == "draft"
    expect_kept(phone)


def test_it_asks_to_sign_in_where_the_session_has_ended(phone: Page) -> None:
    """Nothing is lost; the ticket of a visit brings its report all the same, and a draft has to wait."""
    phone.context.clear_cookies()
    tap(phone, "greeted", "yes")
    expect(phone.locator("#kept")).to_have_text(
        f"{TROUBLE} {read_words(phone)['signed_out']}", timeout=15_000
    )
    door = phone.locator("#ways a")
    assert "/sign-in?next=" in (door.get_attribute("href") or "")
    fields = read_record(phone)["content"]["fields"]
    assert ["a.greeted", "yes"] in fields
    fill_in(phone)
    press_send(phone)
    expect(phone.locator("#sent")).to_be_visible()


def test_it_presses_a_button_again_that_was_pressed_too_soon(phone: Page) -> None:
    phone.route("**/capture/phone/**", lambda route: route.abort())
    phone.reload(wait_until="domcontentloaded")
    press_send(phone)
    expect(phone.locator("#problems")).to_be_visible()
