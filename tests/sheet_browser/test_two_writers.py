"""Two tabs, two devices: one writes, and of two versions none is lost before the auditor has chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser import keep_picture
from tests.sheet_browser.sheet_page import (
    KEPT,
    SEND_DRAFT,
    TROUBLE,
    begin,
    expect_kept,
    expect_line,
    press_way,
    read_form,
    read_record,
    read_words,
    tap,
    wait_until,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sheet")]

OTHER_ANSWERS = {
    "a.greeted": "no",
    "c.greeted": "Молча",
    "a.words": "Другое",
    "a.mood": "4",
    "v.clock": "10:15",
}
WRITE_BESIDE = """() => Lists.store.write(document.body.dataset.visit, (content) => {
  const others = content.fields.filter(([name]) => name !== "a.words");
  content.fields = [...others, ["a.words", "Со стороны"]];
})"""
IS_INERT = "(part) => part.closest('[inert]') !== null"


def read_server(page: Page) -> dict[str, Any]:
    """The draft as the server keeps it; asked beside the page, so also while the phone has no network."""
    visit = page.locator("body").get_attribute("data-visit")
    draft: dict[str, Any] = page.request.get(f"/capture/phone/{visit}/draft").json()
    return draft


def save_elsewhere(page: Page, answers: dict[str, str]) -> None:
    """Save the same list on a computer whose browser has no script."""
    saved = page.request.post(
        page.url.partition("#")[0],
        multipart={**answers, "revision": str(read_server(page)["revision"]), "action": "save"},
        headers={"Sec-Fetch-Site": "same-origin"},
        max_redirects=0,
    )
    assert saved.status == 303


def make_clash(phone: Page) -> None:
    """Let the phone and a computer answer the same list differently, and the phone find it out."""
    phone.context.set_offline(True)
    tap(phone, "greeted", "yes")
    phone.locator("[name='a.words']").fill("Моё")
    expect_kept(phone)
    save_elsewhere(phone, OTHER_ANSWERS)
    phone.context.set_offline(False)
    phone.evaluate(SEND_DRAFT)
    expect_line(phone, TROUBLE, "clash")


def test_it_lets_one_tab_write_and_hands_over_when_asked(phone: Page) -> None:
    tap(phone, "greeted", "yes")
    expect_kept(phone)
    second = phone.context.new_page()
    second.goto(phone.url)
    expect_line(second, TROUBLE, "away")
    assert second.locator("#q-mood").evaluate(IS_INERT)
    expect_kept(phone)
    tap(phone, "mood", "2")
    press_way(second, "take")
    expect_kept(second)
    expect(second.locator("#q-mood input[value='2']")).to_be_checked()
    expect_line(phone, TROUBLE, "robbed")
    assert phone.locator("#q-mood").evaluate(IS_INERT), "the robbed tab is read-only at once"
    tap(second, "mood", "5")
    second.locator("[name='a.words']").fill("Из второй вкладки")
    expect_kept(second)
    # And back again: the first tab shows what the second has entered.
    press_way(phone, "take")
    expect_kept(phone)
    expect(phone.locator("[name='a.words']")).to_have_value("Из второй вкладки")
    expect(phone.locator("#q-mood input[value='5']")).to_be_checked()
    expect(phone.locator("#q-greeted input[value=yes]")).to_be_checked()
    second.close()


def test_it_asks_which_version_goes_on_and_shows_both(phone: Page) -> None:
    make_clash(phone)
    words = read_words(phone)
    other = phone.locator("#q-greeted .else")
    expect(other).to_contain_text(words["elsewhere"].replace("#", "Нет"))
    expect(other).to_contain_text(words["elsewhere_comment"].replace("#", "Молча"))
    expect(phone.locator("#q-words .else")).to_contain_text(words["elsewhere"].replace("#", "Другое"))
    expect(phone.locator("#q-mood .else")).to_contain_text(words["elsewhere"].replace("#", "4"))
    expect(phone.locator("#q-tenth .else")).to_have_count(0)
    expect(phone.locator("#q-greeted input[value=yes]")).to_be_checked()
    # What is entered meanwhile is kept, and one answer may be taken over by itself.
    phone.locator("#q-words .else button").click()
    expect(phone.locator("[name='a.words']")).to_have_value("Другое")
    expect_line(phone, TROUBLE, "clash")
    phone.reload()
    expect_line(phone, TROUBLE, "clash")
    expect(phone.locator("[name='a.words']")).to_have_value("Другое")
    press_way(phone, "keep_mine")
    expect_kept(phone)
    expect(phone.locator(".else")).to_have_count(0)
    assert phone.evaluate(SEND_DRAFT)["state"] == "draft"
    fields = read_server(phone)["fields"]
    assert ["a.greeted", "yes"] in fields
    assert ["a.words", "Другое"] in fields


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_it_asks_within_the_screen_even_with_large_letters(
    open_phone: Callable[..., Page], task: UUID, scheme: str
) -> None:
    phone = open_phone(color_scheme=scheme)
    begin(phone, task)
    make_clash(phone)
    keep_picture(phone, f"clash-{scheme}", whole=False)
    for size, share in (("100%", 1 / 4), ("200%", 1 / 2)):
        phone.evaluate("(size) => { document.documentElement.style.fontSize = size; }", size)
        phone.locator("#q-greeted").scroll_into_view_if_needed()
        dock = phone.locator("#dock").bounding_box()
        assert dock is not None
        assert dock["height"] <= 740 * share, "the list is seen beside the question"
        assert phone.evaluate("document.documentElement.scrollWidth") == 360
        for button in phone.locator(".else button, #ways button").all():
            box = button.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 44
    keep_picture(phone, f"clash-{scheme}-large", whole=False)


def test_it_takes_the_other_version_and_can_go_back(phone: Page) -> None:
    make_clash(phone)
    mine = read_form(phone)
    press_way(phone, "take_other")
    expect(phone.locator("[name='a.words']")).to_have_value("Другое")
    expect(phone.locator("#q-greeted input[value=no]")).to_be_checked()
    expect(phone.locator("[name='v.clock']")).to_have_value("10:15")
    assert ["a.words", "Другое"] in read_record(phone)["content"]["fields"]
    expect_line(phone, KEPT, "taken")
    press_way(phone, "undo")
    expect_kept(phone)
    assert read_form(phone) == mine
    assert ["a.words", "Моё"] in read_record(phone)["content"]["fields"]


def test_it_goes_on_with_what_was_saved_on_a_computer(phone: Page) -> None:
    """Nothing was entered on the phone since: there is nothing to ask."""
    tap(phone, "greeted", "yes")
    expect_kept(phone)
    phone.evaluate(SEND_DRAFT)
    save_elsewhere(phone, {"a.greeted": "yes", "a.words": "С компьютера"})
    phone.reload()
    wait_until(phone, lambda: read_record(phone)["base"] == 2)
    expect(phone.locator("[name='a.words']")).to_have_value("С компьютера")
    expect_kept(phone)
    assert not read_record(phone)["dirty"], "there is nothing to be sent"


def test_it_merges_what_came_from_elsewhere_while_a_tap_was_made(phone: Page) -> None:
    """Somebody else's write in between is neither lost nor does it undo the tap."""
    tap(phone, "greeted", "yes")
    expect_kept(phone)
    phone.evaluate(WRITE_BESIDE)
    tap(phone, "mood", "3")
    expect_kept(phone)
    expect(phone.locator("[name='a.words']")).to_have_value("Со стороны")
    fields = read_record(phone)["content"]["fields"]
    assert all(
        field in fields for field in (["a.words", "Со стороны"], ["a.mood", "3"], ["a.greeted", "yes"])
    )
