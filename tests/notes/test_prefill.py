"""From taps to boxes: what is blank is filled, each from its tap, and what a person typed stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCRIPTS = Path(__file__).parents[2] / "mystery" / "static" / "phone"
SHEET = """<form id="sheet" data-zone="Asia/Vladivostok">
<input type="date" name="v.day"><input type="time" name="v.clock">
<select name="v.employee"><option value=""></option></select><input name="v.note">
<input name="a.queue"><input name="a.queue"><input type="checkbox" name="a.queue" value="n/a">
<input name="a.mistakes"></form>"""
# Twenty past two at night in UTC is past noon in Vladivostok, ten hours ahead.
DAY = "2026-11-05T02:"


def event(number: int, kind: str, at: str, question: str = "", value: Any = "") -> dict[str, Any]:
    """One tap; its id is its number."""
    return {"id": f"e{number}", "at": f"{DAY}{at}.000Z", "kind": kind, "question": question, "value": value}


TIMED = [event(1, "start", "20:00", "queue"), event(2, "stop", "23:20", "queue")]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page with a small sheet on it."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.set_content(SHEET)
        for name in ("events.js", "prefill.js"):
            page.add_script_tag(path=SCRIPTS / name)
        yield page


def prefill(page: Page, events: list[dict[str, Any]], answered: dict[str, str] | None = None) -> Any:
    """Fill the sheet from these taps."""
    content = {"events": events, "answered": answered or {}}
    return page.evaluate("(content) => Lists.prefill(content, document.getElementById('sheet'))", content)


def values(page: Page, name: str) -> list[str]:
    """What stands in the boxes of a name."""
    found: list[str] = page.eval_on_selector_all(
        f"[name='{name}']:not([type=checkbox])", "(boxes) => boxes.map((box) => box.value)"
    )
    return found


def kinds(result: Any) -> dict[str, tuple[str, str, str]]:
    """What was filled: by key its kind, the tap and the value in short."""
    return {each["key"]: (each["kind"], each["event"], each["text"]) for each in result["filled"]}


def test_it_fills_a_duration_from_the_last_finished_run(page: Page) -> None:
    """A wrong start is mended by timing anew, so runs are not added up."""
    early = [event(8, "start", "10:00", "queue"), event(9, "stop", "10:05", "queue")]
    running = [event(3, "start", "24:00", "queue")]
    result = prefill(page, early + TIMED + running)
    assert values(page, "a.queue") == ["3", "20"]
    assert kinds(result)["queue"] == ("timer", "e2", "3:20")


def test_it_fills_a_number_from_what_was_counted_and_not_taken_back(page: Page) -> None:
    counted = [event(number, "tally", "21:00", "mistakes", 1) for number in (1, 2, 3)]
    result = prefill(page, [*counted, event(4, "undo", "21:01", "mistakes", "e3")])
    assert values(page, "a.mistakes") == ["2"]
    assert kinds(result)["mistakes"] == ("tally", "e2", "2")


def test_it_fills_the_name_that_was_heard(page: Page) -> None:
    heard = [event(1, "name", "20:00", value="Анна"), event(2, "name", "20:30", value="Олег")]
    result = prefill(page, [*heard, event(3, "name", "20:40", value="Анна")])
    assert values(page, "v.note") == ["Анна, Олег"]
    assert kinds(result)["whom"][0] == "name"


def test_it_fills_day_and_time_by_the_clock_of_the_place(page: Page) -> None:
    """The first tap is the moment of the visit, whatever zone the phone is in."""
    result = prefill(page, [*TIMED, event(3, "end", "50:00")])
    assert values(page, "v.day") + values(page, "v.clock") == ["2026-11-05", "12:20"]
    assert kinds(result)["when"] == ("moment", "e1", "12:20")


def test_it_takes_the_end_where_nothing_else_was_tapped_and_no_try_of_the_day_before(page: Page) -> None:
    tried = {**event(1, "start", "00:00", "queue"), "at": "2026-11-03T09:00:00.000Z"}
    prefill(page, [tried, event(2, "end", "50:00")])
    assert values(page, "v.day") + values(page, "v.clock") == ["2026-11-05", "12:50"]


def test_it_leaves_alone_what_a_person_typed_cleared_or_marked(page: Page) -> None:
    counted = event(3, "tally", "24:00", "mistakes", 1)
    page.locator("[name='a.mistakes']").fill("7")
    page.locator("[type=checkbox]").check()
    page.locator("[name='v.clock']").fill("09:15")
    result = prefill(page, [*TIMED, counted], {"whom": "2026-11-05T03:00:00.000Z"})
    assert result["filled"] == []
    assert values(page, "a.mistakes") == ["7"]
    assert values(page, "a.queue") == ["", ""]
    assert values(page, "v.day") + values(page, "v.clock") == ["", "09:15"]
    # One box of two was typed in: that is an answer, not a blank.
    page.locator("[type=checkbox]").uncheck()
    page.locator("[name='a.queue']").first.fill("3")
    assert prefill(page, TIMED)["filled"] == []
    # Cleared on purpose: the moment of the change tells.
    page.locator("[name='a.mistakes']").fill("")
    assert prefill(page, [counted], {"mistakes": DAY, "when": DAY})["filled"] == []


def test_it_replaces_the_day_that_was_merely_offered(page: Page) -> None:
    """The server offers today; a visit of the evening before was not made today."""
    today = page.evaluate(
        "new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Vladivostok' }).format(Date.now())"
    )
    page.locator("[name='v.day']").fill(today)
    prefill(page, TIMED)
    assert values(page, "v.day") == ["2026-11-05"]


def test_it_never_makes_a_negative_or_endless_duration_of_a_changed_clock(page: Page) -> None:
    back = [event(1, "start", "20:00", "queue"), event(2, "stop", "10:00", "queue")]
    prefill(page, back)
    assert values(page, "a.queue") == ["0", "0"]
    page.evaluate("document.getElementById('sheet').reset()")
    ahead = {**event(2, "stop", "10:00", "queue"), "at": "2026-12-05T02:10:00.000Z"}
    prefill(page, [back[0], ahead])
    assert values(page, "a.queue") == ["", ""]


def test_it_fills_nothing_from_what_was_taken_back(page: Page) -> None:
    undone = [event(5, "undo", "24:00", "queue", "e2")]
    assert "queue" not in kinds(prefill(page, TIMED + undone))
    assert prefill(page, [event(1, "note", "20:00", value="x"), event(2, "undo", "20:01", value="e1")]) == {
        "filled": [],
        "notes": [],
    }


def test_it_lists_the_notes_to_be_copied_as_plain_text(page: Page) -> None:
    nasty = "<img src=x onerror=alert(1)> у входа"
    result = prefill(page, [event(1, "note", "20:00", value=nasty)])
    assert result["notes"] == [{"at": "12:20", "text": nasty}]
    text = page.evaluate("(notes) => Lists.listNotes(notes, 'Заметки').textContent", result["notes"])
    assert text == f"Заметки12:20 {nasty}"
    assert page.evaluate("Lists.listNotes([], 'Заметки')") is None
