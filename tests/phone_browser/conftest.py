"""A bench for the scripts of the phone: a bare page that loads them, and a server that fails on demand."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from tests.phone_browser.fake_server import Fake, run_fake

KEY = base64.b64encode(b"k" * 32).decode()
OTHER_KEY = base64.b64encode(b"o" * 32).decode()
VISIT = "11111111-1111-4111-8111-111111111111"
ANOTHER = "22222222-2222-4222-8222-222222222222"
# Common steps of the tests, in the words of the scripts under test.
STEPS = (
    f"""
Object.assign(self, {{ KEY: "{KEY}", OTHER_KEY: "{OTHER_KEY}", V: "{VISIT}", W: "{ANOTHER}" }});
"""
    + """
self.start = async (uid = "anna", key = KEY, visit = V) => {
  await Lists.store.setPerson(uid, key);
  const ticket = "ticket of " + visit;
  return Lists.store.begin({ visit, version: "v", assignment: "a", uid, ticket, place: "Shop" });
};
self.type = (words, visit = V) => Lists.store.write(visit, (content) => {
  content.fields = [["a.words", words]];
  content.answered.words = new Date().toISOString() + words;
});
self.addPhoto = async (id, size, visit = V) => {
  const bytes = new Uint8Array(size).map((_byte, index) => (index * 31 + size) % 251).buffer;
  const sha256 = await Lists.store.hash(bytes);
  return Lists.store.write(visit, (content) => {
    content.photos.push({ id, question: "shelf", sha256, original: sha256, size, type: "image/jpeg" });
  }, { photo: { id, bytes, type: "image/jpeg", sha256 } });
};
self.queue = (visit = V) => Lists.store.write(visit, (_content, record) => {
  record.state = "queued";
  record.queuedAt = Date.now();
});
self.dueNow = (visit = V) => Lists.store.patch(visit, (record) => { record.nextTry = 0; });
self.countPhotos = () => new Promise((resolve) => {
  indexedDB.open("lists").onsuccess = (event) => {
    const db = event.target.result;
    db.transaction("photos").objectStore("photos").count().onsuccess = (found) => {
      db.close();
      resolve(found.target.result);
    };
  };
});
"""
)


def wait_until(is_so: Callable[[], Any], *, seconds: float = 10) -> Any:
    """Ask until the answer is true, and return it; a page may be on its way elsewhere meanwhile."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            found = is_so()
        except PlaywrightError as error:
            found = None
            if time.monotonic() > deadline:
                raise AssertionError(f"not so after {seconds} s") from error
        if found:
            return found
        assert time.monotonic() < deadline, f"not so after {seconds} s"
        time.sleep(0.05)


@pytest.fixture
def fake() -> Iterator[Fake]:
    """The server that fails on demand."""
    with run_fake() as served:
        yield served


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone. What it keeps is kept by origin, and every test has a server of its own."""
    opened = chromium.new_context(accept_downloads=True)
    opened.set_default_timeout(10_000)
    opened.add_init_script(STEPS)
    yield opened
    opened.close()


@pytest.fixture
def open_tab(context: BrowserContext, fake: Fake) -> Iterator[Callable[[], Page]]:
    """Open the bench in another tab of the same phone."""

    def open_bench() -> Page:
        page = context.new_page()
        page.goto(f"{fake.address}/bench")
        return page

    yield open_bench
    for page in context.pages:
        page.close()


@pytest.fixture
def tab(open_tab: Callable[[], Page]) -> Page:
    """The first tab."""
    return open_tab()


@pytest.fixture
def run(tab: Page) -> Callable[[str], Any]:
    """``run("await type('x'); return 1")`` runs a script in the first tab, and hands back what it returns."""

    def run_in_tab(script: str) -> Any:
        return tab.evaluate(f"async () => {{ {script} }}")

    return run_in_tab
