"""What fades from memory is asked first, also on a page without a script, and keeps its number."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from checklists.loading import load_library_checklist
from tests.capture.checklists import publish, read
from tests.capture.phone import Phone
from tests.cast import Cast
from tests.factories import make_assignment

FADING = """
  - id: door
    title: {ru: Вход, en: The door}
    questions:
      - {id: clean, kind: yes_no, text: {ru: Чисто?, en: Clean?}}
      - {id: wait, kind: duration, perishable: true, text: {ru: Сколько ждали?, en: How long?}}
  - id: talk
    title: {ru: Разговор, en: The talk}
    questions:
      - {id: name, kind: text, perishable: true, text: {ru: Как зовут?, en: The name?}}
      - id: why
        kind: text
        perishable: true
        text: {ru: Почему грязно?, en: Why dirty?}
        show_if: {question: clean, in: ["no"]}
"""


def list_sections(html: str) -> list[tuple[str, list[str]]]:
    """The sections between the facts and the end: (anchor, anchors of the questions)."""
    parts = re.findall(r'<h2 id="((?:s-|remember)[^"]*)">.*?</section>', html, re.S)
    bodies = re.findall(r'<h2 id="(?:s-|remember)[^"]*">(.*?)</section>', html, re.S)
    return [(anchor, re.findall(r'id="(q-[^"]+)"', body)) for anchor, body in zip(parts, bodies, strict=True)]


def test_it_begins_with_what_fades_and_leaves_conditions_where_they_are(
    cast: Cast, auditor: FlaskClient
) -> None:
    phone = Phone(auditor, make_assignment(cast, version=publish(cast, read(FADING))))
    assert list_sections(phone.html) == [
        ("remember", ["q-wait", "q-name"]),
        ("s-door", ["q-clean"]),
        ("s-talk", ["q-why"]),
    ]
    assert phone.beside("q-wait").startswith("1.2 ")
    assert phone.beside("q-name").startswith("2.1 ")
    assert 'value="save:s-door"' in phone.html
    assert 'href="#remember"' in phone.html


def test_it_leaves_out_a_section_of_which_everything_came_first(cast: Cast, auditor: FlaskClient) -> None:
    short = FADING.replace("      - id: why", "#").partition("#")[0]
    phone = Phone(auditor, make_assignment(cast, version=publish(cast, read(short))))
    assert [anchor for anchor, _questions in list_sections(phone.html)] == ["remember", "s-door"]
    assert 'href="#s-talk"' not in phone.html


def test_it_has_no_such_section_where_nothing_fades(phone: Phone) -> None:
    assert 'id="remember"' not in phone.html


def test_it_asks_every_question_once(cast: Cast, auditor: FlaskClient) -> None:
    checklist = load_library_checklist("shop-visit")
    phone = Phone(auditor, make_assignment(cast, version=publish(cast, checklist)))
    asked = [question for _anchor, questions in list_sections(phone.html) for question in questions]
    assert sorted(asked) == sorted(f"q-{question.id}" for question in checklist.questions())


def test_it_leads_through_the_page_in_the_order_of_the_page(cast: Cast, auditor: FlaskClient) -> None:
    phone = Phone(auditor, make_assignment(cast, version=publish(cast, read(FADING))))
    assert phone.press("send").status_code == 422
    assert phone.missing == ["1.2", "1.1"], "the text is optional, the condition does not hold"
