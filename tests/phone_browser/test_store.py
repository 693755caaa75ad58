"""The store on the phone: acknowledged means durable, sealed, and never lost to another tab."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import CHROMIUM_FLAGS, find_chromium
from tests.phone_browser.conftest import STEPS, VISIT
from tests.phone_browser.fake_server import Fake

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Run = Callable[[str], Any]


def test_it_begins_once_and_keeps_what_was_typed(run: Run) -> None:
    run("await start(); await type('first'); await start()")
    record = run("return Lists.store.read(V)")
    assert record["content"]["fields"] == [["a.words", "first"]]
    assert record["content"]["ticket"] == f"ticket of {VISIT}"
    assert (record["state"], record["base"], record["dirty"], record["changed"]) == ("open", 0, True, 2)


def test_it_asks_for_strict_durability_and_puts_row_and_photo_into_one_transaction(run: Run) -> None:
    made = run("""
      await start();
      const made = [];
      const transaction = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (stores, mode, options) {
        if (mode === "readwrite") made.push([stores, options]);
        return transaction.call(this, stores, mode, options);
      };
      await addPhoto("p1", 1000);
      return made;
    """)
    assert made == [[["drafts", "photos"], {"durability": "strict"}]]


def test_it_acknowledges_nothing_before_its_own_transaction_is_complete(run: Run) -> None:
    order = run("""
      await start();
      const order = [];
      const transaction = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (stores, mode, options) {
        const made = transaction.call(this, stores, mode, options);
        if (mode === "readwrite") made.addEventListener("complete", () => order.push("complete"));
        return made;
      };
      const writes = ["a", "b", "c", "d"].map((words) => type(words).then(() => order.push(words)));
      await Promise.all(writes);
      return order;
    """)
    # The first travels alone; what came meanwhile shares the next transaction.
    assert order == ["complete", "a", "complete", "b", "c", "d"]


def test_it_rejects_one_failing_change_and_keeps_its_neighbours(run: Run) -> None:
    outcome = run("""
      await start();
      const all = await Promise.allSettled([
        type("before"), Lists.store.write(V, (content) => {
          content.fields = [];
          throw new RangeError("no");
        }),
        Lists.store.write(V, (content) => { content.events.push({ id: "e1" }); }),
      ]);
      const record = await Lists.store.read(V);
      return [all.map((each) => each.reason?.name || "kept"), record.content.fields, record.content.events];
    """)
    assert outcome == [["kept", "RangeError", "kept"], [["a.words", "before"]], [{"id": "e1"}]]


def test_it_says_so_when_the_phone_is_full_and_keeps_the_words_beside_the_photo(run: Run) -> None:
    outcome = run("""
      await start();
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (value) {
        if (this.name === "photos") throw new DOMException("full", "QuotaExceededError");
        return put.call(this, value);
      };
      const all = await Promise.allSettled([type("a"), addPhoto("p1", 5000), type("b")]);
      const record = await Lists.store.read(V);
      return [all.map((each) => each.reason?.name || "kept"), record.content.fields, record.content.photos];
    """)
    assert outcome == [["kept", "QuotaExceededError", "kept"], [["a.words", "b"]], []]


def test_it_loses_no_change_between_two_tabs(tab: Page, open_tab: Callable[[], Page], run: Run) -> None:
    run("await start()")
    other = open_tab()
    script = """async (name) => {
      const writes = [];
      for (let count = 0; count < 15; count++) {
        writes.push(Lists.store.write(V, (content) => { content.events.push({ id: name + count }); }));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await Promise.all(writes);
    }"""
    tab.evaluate(f"() => {{ self.working = ({script})('one'); }}")
    other.evaluate(script, "two")
    tab.evaluate("() => self.working")
    events = run("return (await Lists.store.read(V)).content.events.map((event) => event.id)")
    assert sorted(events) == sorted(f"{name}{count}" for name in ("one", "two") for count in range(15))


def test_it_opens_the_database_anew_after_the_connection_was_lost(run: Run) -> None:
    fields = run("""
      await start();
      const open = IDBDatabase.prototype.transaction;
      let isBroken = true;
      IDBDatabase.prototype.transaction = function (...rest) {
        if (isBroken) { isBroken = false; this.close(); }
        return open.apply(this, rest);
      };
      await type("after the loss");
      return (await Lists.store.read(V)).content.fields;
    """)
    assert fields == [["a.words", "after the loss"]]


def test_it_tells_every_tab_what_was_written(open_tab: Callable[[], Page], run: Run) -> None:
    other = open_tab()
    other.evaluate("() => { self.heard = []; Lists.store.listen((news) => heard.push(news)); }")
    run("await start(); await type('x')")
    other.wait_for_function("() => heard.length >= 2")
    assert {"visit": VISIT, "what": "written"} in other.evaluate("() => heard")


def test_it_keeps_no_readable_word_on_the_disk(chromium: Browser, fake: Fake, tmp_path: Path) -> None:
    secret, photo_mark = "Zanzibar-secret-words", b"JPEG-mark-never-plain"
    profile = tmp_path / "profile"
    context = chromium.browser_type.launch_persistent_context(
        profile, executable_path=find_chromium(), args=CHROMIUM_FLAGS
    )
    context.add_init_script(STEPS)
    page = context.new_page()
    page.goto(f"{fake.address}/bench")
    page.evaluate(
        """async ([secret, mark]) => {
          await start();
          await type(secret);
          const bytes = new TextEncoder().encode(mark.repeat(500)).buffer;
          await Lists.store.write(V, (content) => { content.photos.push({ id: "p1" }); },
            { photo: { id: "p1", bytes, type: "image/jpeg" } });
        }""",
        [secret, photo_mark.decode()],
    )
    context.close()
    found = [path for path in profile.rglob("*") if path.is_file()]
    content = b"".join(path.read_bytes() for path in found)
    assert VISIT.encode("utf-16-le") in content or VISIT.encode() in content, "the row itself is there"
    for words in (secret.encode(), secret.encode("utf-16-le"), photo_mark, b"ticket of", b"Shop\x00"):
        assert words not in content
    shutil.rmtree(profile)


def test_it_reads_back_after_the_browser_was_started_anew(
    chromium: Browser, fake: Fake, tmp_path: Path
) -> None:
    for words, script in (("", "await start(); await type('kept for later')"), ("kept for later", "")):
        context = chromium.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path=find_chromium(), args=CHROMIUM_FLAGS
        )
        context.add_init_script(STEPS)
        page = context.new_page()
        page.goto(f"{fake.address}/bench")
        page.evaluate(f"async () => {{ {script} }}")
        if words:
            assert page.evaluate("async () => (await Lists.store.read(V)).content.fields") == [
                ["a.words", words]
            ]
        context.close()


def test_it_leaves_drafts_locked_when_their_person_signs_out(run: Run) -> None:
    run("await start(); await type('private'); await Lists.store.forgetPerson('anna')")
    assert run("return Lists.store.currentPerson()") is None
    record = run("return Lists.store.read(V)")
    assert (record["state"], record["content"]) == ("open", None)
    assert run("return type('x').catch((error) => error.name)") == "NoKeyError"
    run("await start()")
    assert run("return (await Lists.store.read(V)).content.fields") == [["a.words", "private"]]


@pytest.mark.parametrize(("queued", "stays"), [(True, True), (False, False)])
def test_it_keeps_anothers_key_only_while_something_of_his_is_queued(
    run: Run, queued: bool, stays: bool
) -> None:
    run("await start(); await type('of anna');" + ("await queue()" if queued else ""))
    run("await Lists.store.setPerson('boris', OTHER_KEY)")
    assert run("return Lists.store.currentPerson()") == {"uid": "boris", "canRead": True}
    content = run("return (await Lists.store.read(V)).content")
    assert (content is not None) is stays


def test_it_never_replaces_a_key_that_has_sealed_something(run: Run) -> None:
    run("await start(); await type('old key'); await Lists.store.setPerson('anna', OTHER_KEY)")
    assert run("return (await Lists.store.read(V)).content.fields") == [["a.words", "old key"]]


def test_it_deletes_only_the_photo_that_its_person_removed(run: Run) -> None:
    run("await start(); await addPhoto('p1', 100); await addPhoto('p2', 200)")
    run("await Lists.store.write(V, (content) => { content.removed.push('p1'); })")
    photos = run("return (await Lists.store.read(V)).content.photos.map((photo) => photo.id)")
    assert photos == ["p2"]
    assert run("return countPhotos()") == 1


def test_it_drops_nothing_that_changed_after_it_was_sent(run: Run) -> None:
    run("await start(); await type('sent'); await type('newer')")
    assert run("return Lists.store.dropSent(V, 2)") is False
    assert run("return (await Lists.store.read(V)).content.fields") == [["a.words", "newer"]]
    assert run("return Lists.store.dropSent(V, 3)") is True
    assert run("return (await Lists.store.read(V)).state") == "sent"
    assert run("return type('x').catch((error) => error.name)") == "SentError"


def test_it_takes_the_ticket_from_what_the_server_said_before(run: Run) -> None:
    run("""
      await start();
      await Lists.store.keepVisits("anna", [{ visit: W, ticket: "foreseen" }]);
      await Lists.store.begin({ visit: W, version: "v", assignment: "a", uid: "anna" });
    """)
    assert run("return (await Lists.store.read(W)).content.ticket") == "foreseen"
