"""Where a browser keeps nothing, or has no room left, the plain form goes on, and the page says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.capture.pictures import draw, encode
from tests.sheet_browser.sheet_page import (
    TROUBLE,
    begin,
    expect_kept,
    expect_line,
    press_way,
    read_record,
    tap,
    write_file,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sheet")]

WITHOUT_STORE = "Object.defineProperty(self, 'indexedDB', { value: undefined })"
# As a private window does it in some browsers: everything is there, and nothing can be opened.
WITH_LOCKED_STORE = (
    """IDBFactory.prototype.open = () => { throw new DOMException("private", "SecurityError"); }"""
)
# As on http:// with the address of a machine in one's own network.
WITHOUT_CRYPTO = "Object.defineProperty(crypto, 'subtle', { value: undefined })"
FULL = """(name) => {
  const { write } = Lists.store;
  self.makeRoom = () => { Lists.store.write = write; };
  Lists.store.write = async () => { throw new DOMException("", name); };
}"""
# The key is gone, as after signing out in a tab that could tell nobody.
DROP_KEYS = """() => new Promise((resolve) => {
  indexedDB.open("lists").onsuccess = ({ target: { result } }) => {
    const change = result.transaction("people", "readwrite");
    change.objectStore("people").clear();
    change.oncomplete = () => { result.close(); resolve(); };
  };
})"""
WRITE_NOTE = """(value) => Lists.store.write(document.body.dataset.visit, (content) => {
  content.events.push({ id: "1", at: new Date().toISOString(), kind: "note", question: "", value });
})"""
ASK_DRAFT = """async () => (await fetch(`/capture/phone/${document.body.dataset.visit}/draft`)).json()"""
GUARDED = """() => !dispatchEvent(new Event("beforeunload", { cancelable: true }))"""


@pytest.mark.parametrize(
    "script",
    [WITHOUT_STORE, WITH_LOCKED_STORE, WITHOUT_CRYPTO],
    ids=["no-store", "private-window", "no-https"],
)
def test_it_saves_with_the_plain_form_where_nothing_can_be_kept(
    open_phone: Callable[..., Page], task: UUID, script: str
) -> None:
    phone = open_phone()
    phone.add_init_script(script)
    phone.goto(f"/capture/assignments/{task}")
    phone.locator("form button.main").click()
    expect_line(phone, TROUBLE, "plain")
    tap(phone, "greeted", "yes")
    assert phone.evaluate(GUARDED)
    phone.locator("#finish button.go").click()
    phone.wait_for_url("**saved=1**")
    expect_line(phone, TROUBLE, "plain")
    expect(phone.locator("#q-greeted input[value=yes]")).to_be_checked()
    phone.locator("#finish button.main").click()
    expect(phone.locator("#problems .jump a").first).to_be_visible()


def test_it_says_not_saved_and_what_to_do_when_the_phone_is_full(phone: Page) -> None:
    tap(phone, "greeted", "yes")
    expect_kept(phone)
    phone.evaluate(FULL, "QuotaExceededError")
    phone.locator("[name='a.words']").fill("Это нигде не сохранено")
    expect_line(phone, TROUBLE, "full")
    assert phone.evaluate(GUARDED)
    with phone.expect_download() as download:
        press_way(phone, "copy")
    assert download.value.path().stat().st_size > 200
    # What the phone cannot keep, the server can.
    phone.locator("#finish button.go").click()
    phone.wait_for_url("**saved=1**")
    expect_kept(phone)
    expect(phone.locator("[name='a.words']")).to_have_value("Это нигде не сохранено")
    expect(phone.locator("#q-greeted input[value=yes]")).to_be_checked()
    record = read_record(phone)
    assert (record["base"], record["dirty"]) == (1, False), "there is nothing to ask about"


def test_it_brings_along_what_lies_in_the_store_and_is_not_in_the_form(phone: Page, tmp_path: Path) -> None:
    phone.evaluate(WRITE_NOTE, "Записка")
    phone.reload()
    picture = write_file(tmp_path, "receipt.jpg", encode(draw(320, 240)))
    phone.locator("[name='p.receipt'][multiple]").set_input_files(picture)
    expect(phone.locator("#q-receipt figure")).to_have_count(1)
    expect_kept(phone)
    phone.evaluate(FULL, "QuotaExceededError")
    phone.locator("[name='a.words']").fill("Это нигде не сохранено")
    expect_line(phone, TROUBLE, "full")
    phone.locator("#finish button.go").click()
    phone.wait_for_url("**saved=1**")
    draft = phone.evaluate(ASK_DRAFT)
    assert [event["value"] for event in draft["events"]] == ["Записка"]
    assert [photo["question"] for photo in draft["photos"]] == ["receipt"]
    assert ["a.words", "Это нигде не сохранено"] in draft["fields"]


def test_it_stays_with_what_was_typed_when_neither_phone_nor_network_takes_it(phone: Page) -> None:
    """A form that is posted into nowhere would take the words with it."""
    phone.evaluate(FULL, "QuotaExceededError")
    phone.locator("[name='a.words']").fill("Это нигде не сохранено")
    expect_line(phone, TROUBLE, "full")
    phone.context.set_offline(True)
    phone.locator("#finish button.go").click()
    expect_line(phone, TROUBLE, "not_kept")
    expect(phone.locator("[name='a.words']")).to_have_value("Это нигде не сохранено")
    phone.context.set_offline(False)
    phone.locator("#finish button.go").click()
    phone.wait_for_url("**saved=1**")
    expect(phone.locator("[name='a.words']")).to_have_value("Это нигде не сохранено")


def test_it_saves_by_itself_as_soon_as_there_is_room_again(phone: Page) -> None:
    phone.evaluate(FULL, "UnknownError")
    tap(phone, "greeted", "yes")
    expect_line(phone, TROUBLE, "not_kept")
    phone.evaluate("makeRoom()")
    expect_kept(phone)
    phone.reload()
    expect_kept(phone)
    expect(phone.locator("#q-greeted input[value=yes]")).to_be_checked()


def test_it_keeps_nothing_under_a_key_that_is_gone(phone: Page) -> None:
    """The page says so, and goes on once its person is back."""
    tap(phone, "greeted", "yes")
    expect_kept(phone)
    phone.evaluate(DROP_KEYS)
    tap(phone, "mood", "4")
    expect_line(phone, TROUBLE, "locked")
    assert phone.evaluate(GUARDED)
    assert "/sign-in" in (phone.locator("#ways a").get_attribute("href") or "")
    # The session is still there in this test, so trying again brings the key back.
    press_way(phone, "again")
    expect_kept(phone)
    phone.reload()
    expect_kept(phone)
    expect(phone.locator("#q-mood input[value='4']")).to_be_checked()


def test_it_leaves_a_list_whose_person_has_signed_out(phone: Page) -> None:
    """Everything is kept, and the next person who takes this phone up shall not read it."""
    tap(phone, "greeted", "yes")
    expect_kept(phone)
    phone.evaluate("Lists.store.forgetPerson(document.body.dataset.uid)")
    phone.wait_for_url("**/capture")


def test_it_does_not_open_what_somebody_else_may_not_read(
    open_phone: Callable[..., Page], task: UUID
) -> None:
    """The session has ended and the key is gone: what was entered stays sealed until its person is back."""
    phone = open_phone()
    begin(phone, task)
    tap(phone, "greeted", "yes")
    expect_kept(phone)
    phone.evaluate(DROP_KEYS)
    phone.route("**/capture/phone/**", lambda route: route.fulfill(status=401))
    phone.reload()
    expect_line(phone, TROUBLE, "locked_away")
    expect(phone.locator("#q-greeted input[value=yes]")).not_to_be_checked()
    assert phone.locator("#q-greeted").evaluate("(part) => part.closest('[inert]') !== null")
