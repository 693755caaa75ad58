"""The service worker: pages open with the server dead, only one's own are kept, older builds go on."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.phone_browser.conftest import VISIT, wait_until
from tests.phone_browser.fake_server import Fake, Fault

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Run = Callable[[str], Any]
SHEET = f"/capture/{VISIT}/{VISIT}"
REGISTER = """
  const made = await navigator.serviceWorker.register("/capture/worker.js",
    { scope: "/", updateViaCache: "none" });
  await made.update();
  await new Promise((resolve) => {
    const ask = async () => {
      const found = await navigator.serviceWorker.getRegistration("/capture");
      if (found?.active?.state === "activated" && !found.installing && !found.waiting) resolve();
      else setTimeout(ask, 20);
    };
    ask();
  });
"""
COUNT_PAGES = "caches.open('pages-anna').then((cache) => cache.keys()).then((kept) => kept.length)"
# Reading who uses the phone has to wait until this is over.
HOLD_STORE = """(milliseconds) => new Promise((resolve) => {
  indexedDB.open("lists").onsuccess = ({ target: { result } }) => {
    const meta = result.transaction("meta", "readwrite").objectStore("meta");
    const until = Date.now() + milliseconds;
    const go = () => { if (Date.now() < until) meta.get("none").onsuccess = go; };
    go();
    resolve();
  };
})"""
KEEP = """
  for (const path of [%s]) await Lists.pages.keep(path, await fetch(path + "?blank=1"), "stamp");
"""


@pytest.fixture
def read(tab: Page, fake: Fake) -> Callable[[str], str]:
    """``read("/capture")`` opens a page and returns its heading."""

    def open_and_read(path: str) -> str:
        tab.goto(fake.address + path)
        return tab.locator("h1").inner_text()

    return open_and_read


def test_it_opens_what_was_kept_with_the_server_dead_even_in_a_new_tab(
    read: Callable[[str], str], run: Run, fake: Fake, open_tab: Callable[[], Page], tab: Page
) -> None:
    run("await start();" + REGISTER + KEEP % f"'{SHEET}', '{SHEET}/notes', '/capture'")
    fake.is_dead = True
    other = tab.context.new_page()
    other.goto(fake.address + SHEET)
    assert other.locator("h1").inner_text().startswith(f"{SHEET}?blank=1 of anna")
    # Its style sheet as well.
    assert other.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 128, 0)"
    assert read(SHEET + "/notes").startswith(SHEET)
    assert read("/capture").startswith("/capture?blank=1 of anna")
    assert read("/capture/never-seen") == "No network"
    tab.goto(fake.address + SHEET + "#q-7")
    assert tab.url.endswith("#q-7")


def test_it_leads_back_to_the_lists_from_any_page_without_a_network(
    read: Callable[[str], str], run: Run, fake: Fake, tab: Page
) -> None:
    run("await start();" + REGISTER + KEEP % "'/capture'")
    assert read("/account") == "/account of anna, build 1"
    fake.is_dead = True
    assert read("/account") == "No network"
    # It is not kept, and the lists still are.
    assert tab.evaluate(COUNT_PAGES) == 1


def test_it_waits_for_a_busy_store_when_there_is_no_network_either(
    run: Run, fake: Fake, tab: Page, open_tab: Callable[[], Page]
) -> None:
    """Another tab may hold the store for longer than the page would wait for it."""
    run("await start();" + REGISTER + KEEP % f"'{SHEET}'")
    other = tab.context.new_page()
    tab.evaluate(HOLD_STORE, 4500)
    fake.is_dead = True
    other.goto(fake.address + SHEET)
    assert other.locator("h1").inner_text().startswith(f"{SHEET}?blank=1 of anna")


def test_it_opens_a_kept_list_at_once_but_asks_the_server_for_the_lists(
    read: Callable[[str], str], run: Run, fake: Fake
) -> None:
    run("await start();" + REGISTER + KEEP % f"'{SHEET}', '/capture'")
    seen = fake.count("GET", SHEET)
    assert "blank=1" in read(SHEET)
    assert fake.count("GET", SHEET) == seen
    assert read("/capture") == "/capture of anna, build 1"
    # With a query, the server has something of its own to say, after a form was posted say.
    assert read(SHEET + "?saved=1") == f"{SHEET}?saved=1 of anna, build 1"
    fake.is_dead = True
    assert read("/capture") == "/capture of anna, build 1"
    assert "blank=1" in read(SHEET + "?saved=1")


def test_it_never_keeps_the_sign_in_page_nor_the_page_of_somebody_else(
    read: Callable[[str], str], run: Run, fake: Fake, tab: Page
) -> None:
    run("await start();" + REGISTER)
    for reader, heading in (("", "Sign in"), ("boris", "/capture of boris, build 1")):
        fake.reader = reader
        tab.goto(fake.address + "/bench")
        run(KEEP % f"'{SHEET}', '/capture'")
        assert read("/capture") == heading
    tab.goto(fake.address + "/bench")
    assert run("return (await (await caches.open('pages-anna')).keys()).length") == 0
    fake.is_dead = True
    assert read("/capture") == "No network"


def test_it_waits_three_seconds_for_a_network_that_hangs(
    read: Callable[[str], str], run: Run, fake: Fake
) -> None:
    run("await start();" + REGISTER + KEEP % "'/capture'")
    fake.faults = [Fault("GET", "^/capture$", 4.5)]
    began = time.monotonic()
    assert read("/capture") == "/capture?blank=1 of anna, build 1"
    assert 2.5 < time.monotonic() - began < 4.4


def test_it_shows_whoever_has_just_signed_in_nothing_of_the_last_person(
    tab: Page, run: Run, fake: Fake
) -> None:
    run("await start();" + REGISTER + KEEP % "'/capture'")
    fake.reader = "boris"
    tab.goto(fake.address + "/sign-in")
    fake.faults = [Fault("GET", "^/capture$", 3.3)]
    tab.evaluate("() => { location.href = '/capture'; }")
    wait_until(lambda: tab.locator("h1").inner_text() == "/capture of boris, build 1")


def test_it_shows_what_it_has_when_the_server_fails(read: Callable[[str], str], run: Run, fake: Fake) -> None:
    run("await start();" + REGISTER + KEEP % "'/capture'")
    fake.faults = [Fault("GET", "^/capture$", 502)]
    assert read("/capture") == "/capture?blank=1 of anna, build 1"


def test_it_forgets_the_pages_of_whoever_leaves(read: Callable[[str], str], run: Run, fake: Fake) -> None:
    run("await start();" + REGISTER + KEEP % f"'{SHEET}'" + "await Lists.store.forgetPerson('anna')")
    assert run("return (await caches.keys()).filter((name) => name.startsWith('pages-'))") == []
    fake.is_dead = True
    assert read(SHEET) == "No network"


def is_newest(run: Run, build: int) -> bool:
    """Whether a build's assets are kept, and no newer ones."""
    names = run("return (await caches.keys()).filter((name) => name.startsWith('assets-'))")
    return bool(names[-1] == f"assets-{build}")


def test_it_keeps_the_assets_of_two_older_builds(run: Run, fake: Fake) -> None:
    run("await start()")
    for build in range(1, 5):
        fake.build = build
        run(REGISTER)
        wait_until(partial(is_newest, run, build))
    wait_until(lambda: run("return (await caches.keys()).length") == 3)
    assert run("return (await caches.keys()).sort()") == ["assets-2", "assets-3", "assets-4"]
    found = run(
        "return Promise.all([1, 2, 3, 4].map(async (build) => !!(await caches.match('/assets/' + build))))"
    )
    assert found == [False, True, True, True]


def test_it_serves_a_page_of_an_older_build_after_an_update(
    read: Callable[[str], str], run: Run, fake: Fake, tab: Page
) -> None:
    run("await start();" + REGISTER + KEEP % f"'{SHEET}'")
    for build in (2, 3):
        fake.build = build
        run(REGISTER)
        wait_until(partial(is_newest, run, build))
    fake.is_dead = True
    assert read(SHEET) == f"{SHEET}?blank=1 of anna, build 1"
    assert tab.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 128, 0)"


def test_it_knows_when_a_page_would_not_open_completely(run: Run) -> None:
    run("await start();" + REGISTER)
    ready = f"return Lists.pages.isReady('anna', '{SHEET}')"
    assert run(ready) is False
    run(KEEP % f"'{SHEET}'")
    assert run("return Lists.pages.listAssets('<script src=\"/assets/a.0.js\"></script>')") == [
        "/assets/a.0.js"
    ]
    assert run(ready) is True
    run("for (const name of await caches.keys()) if (name.startsWith('assets-')) await caches.delete(name)")
    assert run(ready) is False


def test_it_leaves_forms_alone(run: Run, fake: Fake, read: Callable[[str], str], tab: Page) -> None:
    run("await start();" + REGISTER)
    read("/capture")
    tab.evaluate("""() => {
      const form = Object.assign(document.createElement("form"), { method: "post", action: "/capture/form" });
      document.body.append(form);
      form.submit();
    }""")
    wait_until(lambda: fake.count("POST", "/capture/form"))
    posted = next(
        head for head in fake.headers if head.get("Content-Type", "").startswith("application/x-www")
    )
    # A worker that fetched it anew would say that it is no navigation any more.
    assert posted["Sec-Fetch-Mode"] == "navigate"


def test_it_sends_what_waits_when_it_is_woken(run: Run, fake: Fake, tab: Page) -> None:
    run("await start(); await type('x'); await queue(); await dueNow();" + REGISTER)
    # No page of ours is left; a message stands for the browser's own sync.
    run('(await navigator.serviceWorker.getRegistration("/capture")).active.postMessage("send")')
    tab.goto("about:blank")
    wait_until(lambda: fake.reports)
    assert fake.count("PUT", "report") == 1
