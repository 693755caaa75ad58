"""Touches: an answer for every kind of question, and what the server has to make of it."""

from __future__ import annotations

from random import Random

import pytest
from werkzeug.datastructures import MultiDict

from checklists.definition import Question
from mystery.capture.forms import VisitForm
from tests.capture.checklists import read_every_kind
from tests.torture.touches import NO_ANSWER, find_question, read_fields, touch_question
from tests.torture.verdict import MARK

QUESTIONS = {question.id: question for question in read_every_kind().questions()}


@pytest.mark.parametrize(
    ("name", "values", "raw"),
    [
        ("greeted", ["yes"], "yes"),
        ("mood", ["4"], 4),
        ("tenth", ["70"], "70"),
        ("offers", ["bag", "card"], ["bag", "card"]),
        ("offers", ["-none"], []),
        ("queue", ["2,5"], "2,5"),
        ("wait", ["1", "30"], 90),
        ("wait", ["", ""], NO_ANSWER),
        ("words", ["a\r\nb"], "a\nb"),
        ("words", [""], NO_ANSWER),
    ],
)
def test_it_expects_of_a_form_what_the_answers_file_says(name: str, values: list[str], raw: object) -> None:
    assert read_fields(QUESTIONS[name], values) == raw


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_it_answers_every_kind_so_that_the_application_reads_the_same(question: Question) -> None:
    for chance in range(5):
        touches = touch_question(question, Random(chance), "mark-alpha-0007")
        values = [touch.value for touch in touches if touch.name.startswith("a.")]
        expected = read_fields(question, values)
        form = VisitForm(read_every_kind(), "en")
        found = form.read(MultiDict([(touch.name, touch.value) for touch in touches]))
        assert found["answers"].get(question.id, NO_ANSWER) == expected


def test_it_marks_every_text_with_its_person_and_visit() -> None:
    touches = touch_question(QUESTIONS["words"], Random(1), "mark-alpha-0007")
    assert MARK.findall(touches[0].value) == [("alpha", "0007")]


def test_it_finds_a_question_by_its_anchor() -> None:
    found = find_question(read_every_kind(), "#q-wait")
    assert found is not None
    assert found.id == "wait"
    assert find_question(read_every_kind(), "finish") is None
