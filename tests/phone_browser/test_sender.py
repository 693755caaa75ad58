"""The sender: photos in pieces, then the report; nothing is deleted before the server named every hash."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.phone_browser.conftest import ANOTHER, VISIT, wait_until
from tests.phone_browser.fake_server import Fake, Fault

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Run = Callable[[str], Any]
CHUNK = 256 * 1024
SEND = "return Lists.sender.sendNow(V)"
READ = "const record = await Lists.store.read(V);"


def test_it_sends_photos_in_pieces_then_the_report_and_only_then_forgets(run: Run, fake: Fake) -> None:
    run("await start(); await type('done'); await addPhoto('p1', 600_000); await addPhoto('p2', 10)")
    run("await queue()")
    answer = run(SEND)
    assert (answer["state"], answer["again"]) == ("submitted", False)
    assert fake.count("PATCH", "photos/p1") == 3
    assert fake.uploads["p1"].state == fake.uploads["p2"].state == "kept"
    (report,) = fake.reports[VISIT]
    assert report["fields"] == [["a.words", "done"]]
    assert [photo["id"] for photo in report["photos"]] == ["p1", "p2"]
    assert "ticket" not in report
    assert "place" not in report
    tickets = {head.get("X-Ticket") for head in fake.headers if head.get("Sec-Fetch-Mode") == "cors"}
    assert tickets == {f"ticket of {VISIT}"}
    assert run(f"{READ} return [record.state, record.content, await countPhotos()]") == ["sent", None, 0]


def test_it_goes_on_with_a_photo_where_the_server_says(run: Run, fake: Fake) -> None:
    run("await start(); await addPhoto('p1', 900_000); await queue()")
    fake.faults = [Fault("PATCH", "p1", 503), Fault("PATCH", "p1", "lost")]
    assert run(SEND)["fault"] == "server"
    assert run(SEND)["fault"] == "network"
    # The server has the first piece, although its answer was lost.
    assert len(fake.uploads["p1"].content) == CHUNK
    assert run(SEND)["state"] == "submitted"
    offsets = [head["Upload-Offset"] for head in fake.headers if "Upload-Offset" in head]
    assert offsets == ["0", "0", str(CHUNK), str(2 * CHUNK), str(3 * CHUNK)]


def test_it_sends_a_photo_anew_that_arrived_damaged(run: Run, fake: Fake) -> None:
    run("await start(); await addPhoto('p1', 600_000); await queue()")
    fake.faults = [Fault("PATCH", "p1", "lost")]
    run(SEND)
    fake.uploads["p1"].content = b"\0" * CHUNK
    assert run(SEND)["state"] == "submitted"
    assert any(status == 460 for _method, _path, status in fake.seen)


def test_it_sends_a_report_again_whose_answer_was_lost(run: Run, fake: Fake) -> None:
    run("await start(); await type('once'); await queue()")
    fake.faults = [Fault("PUT", "report", "lost")]
    assert run(SEND)["fault"] == "network"
    assert run(f"{READ} return record.content.fields") == [["a.words", "once"]]
    assert run(SEND)["again"] is True
    assert len(fake.reports[VISIT]) == 2
    assert fake.reports[VISIT][0]["fields"] == fake.reports[VISIT][1]["fields"]


def test_it_keeps_everything_until_the_server_names_every_photo(run: Run, fake: Fake) -> None:
    run("await start(); await addPhoto('p1', 100); await queue()")
    fake.forgets_photos = True
    assert run(SEND)["fault"] == "unnamed"
    assert run(f"{READ} return [record.state, !!record.content, await countPhotos()]") == ["queued", True, 1]
    fake.forgets_photos = False
    assert run(SEND)["state"] == "submitted"
    assert run("return countPhotos()") == 0


def test_it_uploads_again_what_the_server_misses(run: Run, fake: Fake) -> None:
    run(
        "await start(); await addPhoto('p1', 100); await type('x'); await Lists.sender.sendNow('"
        + VISIT
        + "')"
    )
    assert fake.uploads.pop("p1").state == "kept"
    run("await queue()")
    assert run(SEND)["state"] == "submitted"
    assert fake.uploads["p1"].state == "kept"


def test_it_blocks_the_report_and_says_so_when_a_photo_is_gone_from_the_phone(run: Run, fake: Fake) -> None:
    run("""
      await start(); await addPhoto('p1', 100); await type('x'); await queue();
      await new Promise((resolve) => { indexedDB.open("lists").onsuccess = (event) => {
        const change = event.target.result.transaction("photos", "readwrite");
        change.objectStore("photos").clear();
        change.oncomplete = resolve;
      }; });
    """)
    assert run(SEND)["fault"] == "photo_lost"
    assert fake.reports == {}
    assert run(f"{READ} return [record.state, record.fault, record.content.fields]") == [
        "queued",
        "photo_lost",
        [["a.words", "x"]],
    ]


@pytest.mark.parametrize(
    ("status", "fault", "state"),
    [
        (401, "signed_out", "queued"),
        (403, "refused", "stuck"),
        (404, "refused", "stuck"),
        (413, "too_large", "stuck"),
        (429, "server", "queued"),
        (500, "server", "queued"),
        (503, "server", "queued"),
    ],
)
def test_it_keeps_the_list_whatever_the_server_answers(
    run: Run, fake: Fake, status: int, fault: str, state: str
) -> None:
    run("await start(); await type('kept'); await addPhoto('p1', 10); await queue()")
    fake.faults = [Fault("PUT", "report", status)]
    assert run(SEND) == {"state": "fault", "fault": fault, "status": status}
    kept = run(f"{READ} return [record.state, record.fault, record.content.fields, await countPhotos()]")
    assert kept == [state, fault, [["a.words", "kept"]], 1]
    assert 500 <= run(f"{READ} return record.nextTry - Date.now()") <= 2000
    assert run(SEND)["state"] == "submitted"


def test_it_goes_on_with_the_next_list_after_a_refusal_but_not_without_a_network(
    run: Run, fake: Fake
) -> None:
    for visit in (VISIT, ANOTHER):
        run(f"await start('anna', KEY, '{visit}'); await type('a', '{visit}'); await queue('{visit}')")
        run(f"await dueNow('{visit}')")
    fake.faults = [Fault("PUT", VISIT, 503)]
    run("await Lists.sender.run({ reason: 'timer' })")
    assert fake.count("PUT", ANOTHER) == 0
    run("await dueNow()")
    fake.faults = [Fault("PUT", VISIT, 400)]
    run("await Lists.sender.run({ reason: 'online' })")
    assert list(fake.reports) == [ANOTHER]


def test_it_copies_the_draft_although_one_photo_is_refused(run: Run, fake: Fake) -> None:
    run("await start(); await addPhoto('p1', 10); await addPhoto('p2', 10); await type('words')")
    fake.faults = [Fault("PATCH", "p1", 413, 9)]
    assert run(SEND)["fault"] == "too_large"
    assert fake.drafts[VISIT]["fields"] == [["a.words", "words"]]
    assert fake.uploads["p2"].state == "kept"
    run("await queue()")
    assert run(SEND)["fault"] == "too_large"
    assert fake.reports == {}


def test_it_lets_one_list_the_server_chokes_on_hold_up_no_other(run: Run, fake: Fake) -> None:
    run("await start(); await type('a'); await queue(); await dueNow()")
    fake.faults = [Fault("PUT", VISIT, 500, 99)]
    run("await Lists.sender.run({ reason: 'timer' })")
    run("await start('anna', KEY, W); await type('b', W); await queue(W); await dueNow(W)")
    run("await Lists.sender.run({ reason: 'online' })")
    assert list(fake.reports) == [ANOTHER]


def test_it_leaves_a_list_alone_whose_key_does_not_fit(run: Run, fake: Fake) -> None:
    """The server's secret was changed while the person was signed out."""
    run("await start(); await type('a'); await queue(); await dueNow()")
    run("await Lists.store.forgetPerson('anna')")
    run("await Lists.store.setPerson('anna', OTHER_KEY); await Lists.sender.run({ reason: 'timer' })")
    assert run(f"{READ} return [record.state, record.fault, record.content]") == ["queued", "locked", None]
    assert fake.count("PUT", "") == 0


def test_it_copies_a_draft_now_and_then_while_typing_and_at_once_when_the_page_is_left(
    run: Run, fake: Fake
) -> None:
    run("await start(); await type('a'); await Lists.sender.run({ reason: 'timer' })")
    run("await type('b'); await Lists.sender.run({ reason: 'timer' })")
    assert fake.count("PUT", "draft") == 1
    run("document.dispatchEvent(new Event('visibilitychange'))")
    wait_until(lambda: fake.count("PUT", "draft") == 2)
    assert fake.drafts[VISIT]["fields"] == [["a.words", "b"]]


def test_it_waits_longer_each_time_but_never_longer_than_five_minutes(run: Run, fake: Fake) -> None:
    run("await start(); await type('x'); await queue()")
    fake.faults = [Fault("PUT", "report", 500, 12)]
    waits = [
        run(f"await Lists.sender.sendNow(V); {READ} return record.nextTry - Date.now()") for _ in range(12)
    ]
    for tries, wait in enumerate(waits, start=1):
        most = min(300_000, 1000 * 2**tries)
        assert most / 2 - 1000 <= wait <= most
    # Before its time it is left alone.
    run("await Lists.sender.run({ reason: 'timer' })")
    assert fake.count("PUT", "report") == 12


def test_it_is_not_stranded_by_a_clock_that_was_set_back(run: Run, fake: Fake) -> None:
    run("await start(); await type('x'); await queue()")
    run("await Lists.store.patch(V, (record) => { record.nextTry = Date.now() + 86_400_000; })")
    run("await Lists.sender.run({ reason: 'timer' })")
    assert list(fake.reports) == [VISIT]


def test_it_lets_the_page_be_the_first_to_send_what_was_just_queued(run: Run, fake: Fake) -> None:
    run("await start(); await type('x'); await queue(); await Lists.sender.run({ reason: 'online' })")
    assert fake.reports == {}
    fake.problems = [{"anchor": "q-1", "number": "1", "text": "Answer it."}]
    answer = run("return Lists.sender.sendNow(V, { strict: true })")
    assert answer == {"state": "problems", "problems": fake.problems}
    kept = run(f"{READ} return [record.state, record.base, record.content.fields]")
    assert kept == ["open", 7, [["a.words", "x"]]], "the server saved it as a draft, which is the new base"
    run("await queue(); await dueNow()")
    assert run(SEND)["state"] == "submitted", "found late, a problem refuses nothing"


def test_it_leaves_to_the_page_what_was_tried_strictly_and_in_vain(run: Run, fake: Fake) -> None:
    """Its person is there to mend what the server finds; nobody else sends it meanwhile, unasked."""
    run("await start(); await type('x'); await queue()")
    fake.problems = [{"anchor": "q-1", "number": "1", "text": "Answer it."}]
    fake.faults = [Fault("PUT", "report", 504)]
    assert run("return Lists.sender.sendNow(V, { strict: true })")["fault"] == "server"
    run("await dueNow(); await Lists.sender.run({ reason: 'online' })")
    assert fake.count("PUT", "report") == 1
    assert run("return Lists.sender.sendNow(V, { strict: true })")["state"] == "problems"
    assert fake.reports == {}
    run("await queue(); await dueNow()")
    run("await Lists.store.patch(V, (record) => { record.heldUntil = Date.now() + 30_000; })")
    run("await Lists.sender.run({ reason: 'timer' })")
    assert fake.reports == {}
    # A page that was put away lets go of it, and a clock that was set back holds nothing.
    for until in ("Date.now() + 86_400_000", "0"):
        run(f"await Lists.store.patch(V, (record) => {{ record.heldUntil = {until}; }})")
        fake.faults = [Fault("PUT", "report", 503)]
        run("await dueNow(); await Lists.sender.run({ reason: 'timer' })")
        assert fake.faults[0].times == 0


def test_it_asks_about_a_draft_from_elsewhere_before_it_is_taken_over(run: Run, fake: Fake) -> None:
    """A report that is refused as its person sits before it is saved as a draft: not over another one."""
    run("await start(); await type('mine'); await queue()")
    fake.drafts[VISIT] = {"revision": 4, "fields": [["a.words", "theirs"]], "events": [], "answered": {}}
    assert run("return Lists.sender.sendNow(V, { strict: true })") == {"state": "clash"}
    record = run(f"{READ} return record")
    assert (record["state"], record["clash"]["fields"]) == ("open", [["a.words", "theirs"]])
    assert record["content"]["fields"] == [["a.words", "mine"]]


def test_it_copies_an_open_draft_to_the_server_with_its_revision(run: Run, fake: Fake) -> None:
    run("await start(); await type('one')")
    assert run(SEND) == {"state": "draft"}
    run("await type('two')")
    assert run(SEND) == {"state": "draft"}
    assert fake.drafts[VISIT]["fields"] == [["a.words", "two"]]
    assert run(f"{READ} return [record.base, record.dirty]") == [2, False]
    assert run("return Lists.sender.run({ reason: 'online' })") is None
    assert fake.count("PUT", "draft") == 2


def test_it_knows_its_own_draft_again_when_the_answer_was_lost(run: Run, fake: Fake) -> None:
    run("await start(); await type('one')")
    fake.faults = [Fault("PUT", "draft", "lost")]
    run(SEND)
    run("await type('two')")
    assert run(SEND) == {"state": "draft"}
    assert fake.drafts[VISIT]["fields"] == [["a.words", "two"]]


def test_it_knows_its_own_draft_again_after_several_tries(run: Run, fake: Fake) -> None:
    run("await start(); await type('one')")
    fake.faults = [Fault("PUT", "draft", "lost"), Fault("PUT", "draft", 503)]
    run(SEND)
    run("await type('two')")
    run(SEND)
    run("await type('three')")
    assert run(SEND) == {"state": "draft"}
    assert fake.drafts[VISIT]["fields"] == [["a.words", "three"]]


def test_it_keeps_a_draft_for_its_own_person_when_somebody_else_has_signed_in(run: Run, fake: Fake) -> None:
    run("await start(); await type('of anna')")
    fake.reader = "boris"
    assert run(SEND)["fault"] == "signed_out"
    assert run(f"{READ} return [record.state, record.dirty]") == ["open", True]


def test_it_takes_no_offence_when_the_browser_itself_tries_again(run: Run, fake: Fake) -> None:
    """Chromium repeats a request, even a PUT, whose kept-alive connection ended without an answer."""
    run("await start(); await type('one'); await addPhoto('p1', 600_000)")
    fake.faults = [Fault("PUT", "draft", "drop"), Fault("PATCH", "p1", "drop")]
    assert run(SEND) == {"state": "draft"}
    assert fake.uploads["p1"].state == "kept"
    fake.faults = [Fault("PUT", "report", "drop")]
    run("await queue()")
    assert run(SEND)["state"] == "submitted"
    assert len(fake.reports[VISIT]) == 2


def test_it_keeps_both_sides_of_a_clash_and_asks(run: Run, fake: Fake) -> None:
    run("await start(); await type('mine'); await Lists.sender.sendNow(V)")
    fake.drafts[VISIT] = {"revision": 5, "fields": [["a.words", "theirs"]], "events": [], "answered": {}}
    run("await type('mine again')")
    assert run(SEND) == {"state": "clash"}
    record = run(f"{READ} return record")
    assert record["clash"]["fields"] == [["a.words", "theirs"]]
    assert record["content"]["fields"] == [["a.words", "mine again"]]
    run("""await Lists.store.write(V, (_content, record) => { record.clash = null; record.base = 5; })""")
    assert run(SEND) == {"state": "draft"}
    assert fake.drafts[VISIT]["fields"] == [["a.words", "mine again"]]


def test_it_sends_as_a_report_what_was_typed_after_another_device_had_sent(run: Run, fake: Fake) -> None:
    run("await start(); await type('on the phone')")
    fake.reports[VISIT] = [{"photos": []}]
    assert run(SEND)["again"] is True
    assert fake.reports[VISIT][1]["fields"] == [["a.words", "on the phone"]]
    assert run(f"{READ} return record.state") == "sent"


def test_it_sends_anothers_queued_list_with_its_ticket_but_not_his_open_draft(run: Run, fake: Fake) -> None:
    run("""
      await start(); await type('of anna'); await queue(); await dueNow();
      await Lists.store.begin({ visit: W, version: "v", assignment: "a", uid: "anna", ticket: "t" });
      await type('open, of anna', W);
      await Lists.store.setPerson('boris', OTHER_KEY);
      await Lists.sender.run({ reason: 'online' });
    """)
    assert list(fake.reports) == [VISIT]
    assert fake.drafts == {}


def test_it_leaves_a_page_in_between_alone(run: Run, fake: Fake) -> None:
    """A hotel's sign-in page answers 200 to everything."""
    run("await start(); await type('x'); await queue()")
    run("""self.fetch = async () => new Response("<html>Welcome to the hotel</html>", { status: 200 });""")
    assert run(SEND)["fault"] == "network"
    assert run(f"{READ} return record.state") == "queued"


def test_it_works_in_one_tab_at_a_time(tab: Page, open_tab: Callable[[], Page], run: Run, fake: Fake) -> None:
    run("await start(); await type('x'); await addPhoto('p1', 600_000); await queue(); await dueNow()")
    fake.faults = [Fault("PATCH", "p1", 0.2, 3)]
    others = [open_tab(), open_tab()]
    for each in (tab, *others):
        each.evaluate("() => { self.done = Lists.sender.run({ reason: 'online' }); }")
    for each in (tab, *others):
        each.evaluate("() => self.done")
    wait_until(lambda: fake.reports)
    assert fake.count("PATCH", "p1") == 3
    assert len(fake.reports[VISIT]) == 1


def test_it_sends_by_itself_when_the_network_is_back(tab: Page, run: Run, fake: Fake) -> None:
    run("await start(); await type('x'); await queue(); await dueNow()")
    tab.context.set_offline(True)
    run("await Lists.sender.run({ reason: 'timer' })")
    assert run(f"{READ} return record.fault") == "network"
    tab.context.set_offline(False)
    wait_until(lambda: run(f"{READ} return record.state === 'sent'"))
    assert len(fake.reports[VISIT]) == 1
