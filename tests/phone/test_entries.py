"""Entries are the way back of reading a form: what they say is read as the very sheet they came from."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from checklists.definition import Checklist
from mystery.capture.forms import VisitForm
from mystery.capture.phone.entries import list_entries
from tests.capture.checklists import COMPLETE, read, read_every_kind, read_long_list
from tests.capture.phone import FormReader
from tests.cast import Cast
from tests.phone.device import Device

CHECKLIST = read_every_kind()
NAMES = [f"a.{each.id}" for each in CHECKLIST.questions()] + [
    f"c.{each.id}" for each in CHECKLIST.questions()
]
TYPED = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
NASTY = st.sampled_from(
    [
        "n/a",
        "n/a ",
        "-none",
        "",
        " ",
        "yes",
        "4",
        "04",
        "-0",
        "bag",
        "card",
        "1",
        "90",
        "9" * 9,
        "9" * 10,
        "a:b",
        " a : b ",
        ":",
        "::",
        "5:",
        "\r\n",
        "\r\r\n",
        "\n",
        "a\rb",
        "2026-11-05",
        "14:30",
        "T",
        "aTb",
        "a T b",
        "unknown",
        "unknown x",
        "0b9f5a3c-6a4e-4d37-9c0a-0e3f5d1c2b4a",
        "\t",
        "٣",
    ]
)
FACTS = st.sampled_from(["v.day", "v.clock", "v.employee", "v.note"])
ENTRIES = st.lists(st.tuples(st.sampled_from(NAMES) | FACTS, TYPED | NASTY), max_size=25)


def read_form(checklist: Checklist, entries: list[tuple[str, str]]) -> dict[str, Any]:
    """The raw sheet of a form."""
    return VisitForm(checklist, "en").read(MultiDict(entries))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=ENTRIES)
@example(entries=[("a.wait", "n/a "), ("a.wait", "x")])
@example(entries=[("a.wait", "9" * 9), ("a.wait", "9" * 9)])
@example(entries=[("a.wait", "a: b"), ("a.wait", "c:d")])
@example(entries=[("a.wait", "1"), ("a.wait", ""), ("a.wait", "n/a")])
@example(entries=[("a.offers", "-none"), ("a.offers", "bag")])
@example(entries=[("v.note", "Боб")])
@example(entries=[("a.greeted", "0"), ("a.greeted", "\r\n")])
@example(entries=[("a.wait", "\r\r\n1"), ("a.wait", "2\r\nx")])
@example(entries=[("a.words", "a\r\r\nb")])
def test_it_is_read_as_the_sheet_it_came_from(app: object, entries: list[tuple[str, str]]) -> None:
    raw = read_form(CHECKLIST, entries)
    assert read_form(CHECKLIST, list_entries(CHECKLIST, raw)) == raw


def test_it_is_read_back_for_every_kind_of_question(app: object) -> None:
    entries = [(name, value) for name, values in COMPLETE.items() for value in values]
    raw = read_form(CHECKLIST, entries)
    listed = list_entries(CHECKLIST, raw)
    assert set(listed) >= {(name, value.replace("\r\n", "\n")) for name, value in entries}
    assert read_form(CHECKLIST, listed) == raw


@pytest.mark.parametrize("checklist", [CHECKLIST, read_long_list()], ids=["every-kind", "long"])
def test_it_says_of_an_empty_sheet_what_a_browser_would(app: object, checklist: Checklist) -> None:
    listed = list_entries(checklist, {})
    assert all(value == "" for _name, value in listed)
    assert read_form(checklist, listed) == {"visit": {}, "answers": {}, "comments": {}}


def test_it_says_what_the_page_itself_would_send(cast: Cast, device: Device) -> None:
    """The same names and values as the form of the page, in whatever order."""
    device.save()
    page = device.browser.get(f"/capture/{device.visit}/{device.version}").text
    sent = FormReader(page).values
    on_page = {(name, value) for name, values in sent.items() for value in values}
    listed = {(name, value.replace("\n", "\r\n")) for name, value in map(tuple, device.read()["fields"])}
    assert listed == {(name, value) for name, value in on_page if name not in ("revision", "csrf_token")}


def test_it_lists_answers_that_did_not_come_from_a_form(app: object) -> None:
    """Drafts of files and of the demonstration hold numbers; the boxes show them as text."""
    checklist = read(
        "  - {id: s, title: {ru: А, en: A}, questions: ["
        "{id: n, kind: number, bands: [{upto: 3, share: 1}], text: {ru: Ч, en: N}},"
        "{id: d, kind: duration, bands: [{upto: 60, share: 1}], text: {ru: Д, en: D}}]}\n"
    )
    listed = list_entries(checklist, {"answers": {"n": 2, "d": 240}, "visit": {}, "comments": {}})
    assert [entry for entry in listed if entry[0].startswith("a.")] == [
        ("a.n", "2"),
        ("a.d", "4"),
        ("a.d", "00"),
    ]
