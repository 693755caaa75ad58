"""What counts as entered, and what stands open before anybody has to ask for it."""

from __future__ import annotations

import re

import pytest

from tests.capture.checklists import COMPLETE
from tests.capture.phone import Phone


def count_done(phone: Phone) -> str:
    """The figure of the progress line."""
    found = re.search(r'<b id="done">(\d+)</b>', phone.html)
    assert found is not None
    return found.group(1)


def has_open_comment(phone: Phone, question: str) -> bool:
    """Whether the comment box of a question stands open."""
    frame = re.search(rf'<fieldset[^>]* id="q-{question}".*?</fieldset>', phone.html, re.S)
    assert frame is not None
    return '<details class="note" open>' in frame.group()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("a.wait", ["abc", ""]),
        ("a.wait", ["9999", "0"]),
        ("a.queue", ["many"]),
        ("a.tenth", ["101"]),
        ("a.came", ["25:61"]),
        ("a.words", ["x" * 4001]),
        ("a.words", [" "]),
        ("v.clock", ["noon"]),
        ("v.day", ["2026-02-30"]),
    ],
)
def test_it_does_not_count_what_cannot_be_read(phone: Phone, field: str, typed: list[str]) -> None:
    phone.press("save", COMPLETE)
    phone.reload()
    assert count_done(phone) == "12"
    assert phone.press("save", {field: typed}).status_code == 303
    phone.reload()
    assert count_done(phone) == "11"
    anchor = "when" if field.startswith("v.") else f"q-{field.removeprefix('a.')}"
    assert f'id="next" href="#{anchor}"' in phone.html


def test_it_opens_the_comment_box_of_the_very_question_that_needs_one(phone: Phone) -> None:
    """SC-10."""
    refused = phone.press("send", {**COMPLETE, "a.greeted": ["no"]})
    assert refused.status_code == 422
    assert "Add a comment" in phone.beside("q-greeted")
    assert has_open_comment(phone, "greeted")
    assert not has_open_comment(phone, "mood")


def test_it_opens_the_comment_box_of_a_saved_answer_that_will_need_one(phone: Phone) -> None:
    """SC-10: nobody has to try sending in order to find the box."""
    assert not has_open_comment(phone, "shelf")
    phone.press("save", {"a.shelf": ["empty"], "a.queue": ["7"]})
    phone.reload()
    assert has_open_comment(phone, "shelf")
    assert has_open_comment(phone, "queue")
    assert not has_open_comment(phone, "greeted")
