"""The lists against the real application: ready without a network, honest about what the phone keeps."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import PHONE, keep_picture
from tests.capture.pictures import take_photo
from tests.cast import PASSWORD
from tests.phone_browser.conftest import wait_until
from tests.phone_browser.outage import Outlet

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TOO_SMALL = """() => [...document.querySelectorAll("main a, main button, main summary")]
  .map((element) => [element.outerHTML.slice(0, 90), element.getBoundingClientRect()])
  .filter(([, box]) => box.width && box.height && (box.width < 44 || box.height < 44))
  .map(([html, box]) => `${html} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
BEGIN = """async ([visit, state, words]) => {
  const { store } = Lists;
  const { uid } = await store.currentPerson();
  const known = await store.recall(visit, uid);
  await store.begin({ visit, version: known.version, assignment: known.assignment, uid, place: known.place });
  return store.write(visit, (content, record) => {
    content.fields = [["v.day", "2026-11-05"], ["v.clock", "14:30"], ["v.note", words]];
    record.state = state;
  });
}"""
ADD_PHOTO = """async ([visit, picture]) => {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0)).buffer;
  const id = crypto.randomUUID();
  const sha256 = await Lists.store.hash(bytes);
  await Lists.store.write(visit, (content) => {
    const about = { sha256, original: sha256, size: bytes.byteLength, type: "image/jpeg" };
    content.photos.push({ id, question: "", ...about });
  }, { photo: { id, bytes, type: "image/jpeg", sha256 } });
}"""
DUE = """([visit, wait]) =>
  Lists.store.patch(visit, (record) => { record.nextTry = Date.now() + wait; })"""


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outlet]:
    """One site for the tests of this file."""
    made = Outlet(tmp_path_factory.mktemp("outlet"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def handset(chromium: Browser, outlet: Outlet) -> Iterator[BrowserContext]:
    """A phone nobody has used yet."""
    context = chromium.new_context(base_url=outlet.address, locale="ru-RU", color_scheme="dark", **PHONE)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def lists(handset: BrowserContext) -> Page:
    """The auditor's lists, ready for a place without a network."""
    return open_lists(handset)


def sign_in(page: Page, company: str) -> None:
    """Sign in as the auditor of a company, by the form."""
    page.goto("/sign-in")
    page.locator("input[name=email]").fill(f"auditor@{company}.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/capture")


def open_lists(handset: BrowserContext, company: str = "lavka") -> Page:
    """The lists of a company's auditor, as soon as every one is ready."""
    page = handset.new_page()
    sign_in(page, company)
    wait_until(lambda: is_ready(page))
    return page


def assign_visit(outlet: Outlet, page: Page) -> str:
    """Give the auditor another visit; returns its id as soon as it is ready on the phone."""
    visit = outlet.assign()
    page.reload()
    wait_until(lambda: is_ready(page))
    return visit


def is_ready(page: Page) -> bool:
    """Whether every open card says that it would open without a network."""
    lines = page.locator(
        "[data-state=waiting] [data-ready], [data-state=begun] [data-ready]"
    ).all_inner_texts()
    return bool(lines) and all(line.startswith("✓") for line in lines)


def read_visit(page: Page, card: int = 0) -> str:
    """The visit of a card."""
    return str(page.locator("li[data-visit]").nth(card).get_attribute("data-visit"))


def test_it_opens_lists_assignment_and_sheet_with_the_server_killed(
    outlet: Outlet, lists: Page, handset: BrowserContext
) -> None:
    keep_picture(lists, "lists-ready-dark")
    lists.close()
    outlet.stop()
    try:
        page = handset.new_page()
        page.goto("/capture")
        wait_until(lambda: is_ready(page))
        expect(page.locator("#network")).not_to_be_empty()
        visit = read_visit(page)
        page.locator("li a.card").first.tap()
        page.wait_for_url("**/capture/assignments/**")
        page.locator("#begin button").tap()
        page.wait_for_url(f"**/capture/{visit}/**")
        expect(page.locator("#sheet")).to_be_visible()
        page.goto(page.url + "/notes")
        expect(page.locator("body")).to_have_attribute("data-page", "notes")
        page.goto("/capture/not-kept")
        expect(page.locator("main a.go")).to_have_attribute("href", "/capture")
        keep_picture(page, "lists-no-network-dark")
    finally:
        outlet.start()


def test_it_keeps_no_answer_readable_in_a_cache(lists: Page) -> None:
    visit = read_visit(lists)
    lists.evaluate(BEGIN, [visit, "open", "Zanzibar"])
    lists.evaluate("(visit) => Lists.sender.sendNow(visit)", visit)
    lists.evaluate("""async () => {
      for (const name of await caches.keys()) if (name.startsWith("pages-")) await caches.delete(name);
    }""")
    lists.reload()
    wait_until(lambda: is_ready(lists))
    texts = lists.evaluate("""async () => {
      const responses = [];
      for (const name of await caches.keys()) responses.push(...await (await caches.open(name)).matchAll());
      return Promise.all(responses.map((response) => response.text()));
    }""")
    assert any(visit in text and 'id="sheet"' in text for text in texts)
    assert not any("Zanzibar" in text for text in texts)


def test_it_saves_a_copy_that_the_server_takes(lists: Page, outlet: Outlet, tmp_path: Path) -> None:
    visit = assign_visit(outlet, lists)
    lists.evaluate(BEGIN, [visit, "queued", "kept in a file"])
    lists.evaluate(ADD_PHOTO, [visit, base64.b64encode(take_photo()).decode()])
    address = lists.evaluate(
        """async (visit) => {
      const known = await Lists.store.recall(visit, document.body.dataset.uid);
      return known.page;
    }""",
        visit,
    )
    # The page of the list names the script that saves a copy, and fetches it when it is needed.
    lists.goto(address)
    if not lists.evaluate("() => !!Lists.rescue"):
        lists.add_script_tag(url=lists.locator("body").get_attribute("data-more"))
    with lists.expect_download() as saving:
        lists.evaluate("(visit) => Lists.rescue.save(visit)", visit)
    copy = tmp_path / saving.value.suggested_filename
    saving.value.save_as(copy)
    assert b"kept in a file" not in copy.read_bytes()
    lists.goto("/capture/rescue")
    lists.locator("input[type=file]").set_input_files(copy)
    lists.locator("form[enctype] button.main").tap()
    lists.wait_for_url(lambda url: not url.endswith("/rescue"))
    assert outlet.read_state(visit) == "held"


def test_it_says_on_the_cards_what_the_phone_keeps(lists: Page, outlet: Outlet) -> None:
    first, second = assign_visit(outlet, lists), assign_visit(outlet, lists)
    card = lists.locator(f"li[data-visit='{first}']")
    lists.evaluate(BEGIN, [first, "open", "x"])
    expect(card.locator("[data-local]")).to_contain_text("◐")
    expect(card.locator(".state:visible")).to_have_count(1)
    for fault, mark in (("signed_out", "▲"), ("photo_lost", "▲"), ("", "◐")):
        lists.evaluate(
            """([visit, fault]) => Lists.store.patch(visit, (record) => { record.fault = fault; })
              .then(() => Lists.store.tell(visit, "fault"))""",
            [first, fault],
        )
        expect(card.locator("[data-local]")).to_contain_text(mark)
    lists.evaluate(BEGIN, [second, "queued", "x"])
    expect(lists.locator("#waiting p").first).to_contain_text("1")
    assert lists.evaluate(TOO_SMALL) == []
    keep_picture(lists, "lists-waiting-dark")
    lists.locator("#waiting button").tap()
    expect(lists.locator(f"li[data-visit='{second}'] [data-local]")).to_contain_text("●")
    assert outlet.read_state(second) == "held", "nothing is answered in it, so a reviewer looks"
    expect(lists.locator("#waiting p")).to_have_count(0)


def test_it_sends_what_waits_when_somebody_leaves_and_takes_the_key_along(
    lists: Page, outlet: Outlet
) -> None:
    visit = assign_visit(outlet, lists)
    uid = lists.locator("body").get_attribute("data-uid")
    lists.evaluate(BEGIN, [visit, "queued", "x"])
    lists.evaluate(DUE, [visit, 0])
    lists.goto("/account")
    lists.locator("form[data-person] button").tap()
    lists.wait_for_url("**/sign-in**")
    assert outlet.read_state(visit) == "held"
    assert lists.evaluate("() => Lists.store.currentPerson()") is None
    assert lists.evaluate("(uid) => caches.has('pages-' + uid)", uid) is False


def test_it_says_how_many_wait_when_they_cannot_be_sent_and_never_deletes_them(
    lists: Page, outlet: Outlet
) -> None:
    visit = assign_visit(outlet, lists)
    lists.evaluate(BEGIN, [visit, "queued", "x"])
    # Not due for a while, so that the worker does not send it meanwhile.
    lists.evaluate(DUE, [visit, 240_000])
    lists.goto("/account")
    button = lists.locator("form[data-person] button")
    lists.evaluate("() => { self.fetch = () => Promise.reject(new TypeError('no network')); }")
    button.tap()
    notice = lists.locator("[data-leave-words]")
    expect(notice).to_contain_text("auditor lavka")
    expect(notice).to_contain_text("1")
    keep_picture(lists, "lists-leaving")
    button.tap()
    lists.wait_for_url("**/sign-in**")
    record = lists.evaluate("(visit) => Lists.store.read(visit)", visit)
    assert (record["state"], record["content"]) == ("queued", None)


def test_it_sends_from_the_sign_in_page_what_waits_of_a_lost_session(
    lists: Page, outlet: Outlet, handset: BrowserContext
) -> None:
    visit = assign_visit(outlet, lists)
    lists.evaluate(BEGIN, [visit, "queued", "x"])
    lists.evaluate(DUE, [visit, 0])
    handset.clear_cookies()
    lists.goto("/sign-in")
    wait_until(lambda: outlet.read_state(visit) == "held")
    expect(lists.locator("[data-leave-words]")).to_be_visible()


def test_it_shows_another_person_nothing_but_how_many_lists_wait(
    lists: Page, outlet: Outlet, handset: BrowserContext
) -> None:
    visit = assign_visit(outlet, lists)
    lists.evaluate(BEGIN, [visit, "open", "x"])
    uid = lists.locator("body").get_attribute("data-uid")
    lists.close()
    handset.clear_cookies()
    theirs = open_lists(handset, "foreign")
    expect(theirs.locator("#waiting")).to_contain_text("1")
    expect(theirs.locator("[data-local]")).to_have_count(0)
    assert theirs.evaluate("(uid) => caches.has('pages-' + uid)", uid) is False
    assert theirs.evaluate("async (visit) => (await Lists.store.read(visit)).content", visit) is None


@pytest.mark.parametrize(
    ("breakage", "name"),
    [
        ("Object.defineProperty(self, 'isSecureContext', { value: false })", "no_secure"),
        ("indexedDB.open = () => { throw new DOMException('private', 'SecurityError'); }", "no_store"),
        ("Object.defineProperty(navigator, 'serviceWorker', { value: undefined })", "no_worker"),
    ],
)
def test_it_says_what_is_missing_and_still_works_as_a_plain_page(
    handset: BrowserContext, breakage: str, name: str
) -> None:
    handset.add_init_script(breakage)
    page = handset.new_page()
    sign_in(page, "lavka")
    expect(page.locator(f"#warnings [data-name={name}]")).to_be_visible()
    expect(page.locator("li a.card").first).to_be_visible()
    assert page.evaluate(TOO_SMALL) == []
