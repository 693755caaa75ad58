"""A remark of the demonstration fits the answer beside which it stands."""

from __future__ import annotations

from random import Random

import pytest

from checklists.answers import Value
from checklists.definition import Question
from checklists.loading import load_library_checklist
from checklists.question_kinds import value_answer
from mystery.demonstration.answering import (
    ABSENT_REMARKS,
    ALMOST_REMARKS,
    COUNTED_REMARKS,
    PARTLY_REMARKS,
    WEAK_REMARKS,
    SimulatedAuditor,
    as_value,
    list_missed_remarks,
)

LISTS = (ABSENT_REMARKS, PARTLY_REMARKS, ALMOST_REMARKS, WEAK_REMARKS, COUNTED_REMARKS)


def find_question(kind: str) -> Question:
    return next(each for each in load_library_checklist("shop-visit").questions() if each.kind == kind)


@pytest.mark.parametrize(
    ("kind", "answer", "remarks"),
    [("scale", 4, ALMOST_REMARKS), ("scale", 2, WEAK_REMARKS), ("yes_no", "no", ABSENT_REMARKS)],
)
def test_it_says_of_four_of_five_nothing_that_means_none(
    kind: str, answer: Value, remarks: tuple[str, ...]
) -> None:
    assert list_missed_remarks(find_question(kind), answer) == remarks


def test_it_says_that_something_was_not_there_only_where_nothing_was_earned() -> None:
    checklist = load_library_checklist("shop-visit")
    for seed in range(40):
        auditor = SimulatedAuditor(Random(seed), 0.5)
        auditor.fill_in(checklist)
        for question in checklist.questions():
            if auditor.comments.get(question.id) in ABSENT_REMARKS:
                assert not value_answer(question, as_value(auditor.answers[question.id]))
                assert question.kind not in ("scale", "number", "duration")


def test_it_draws_from_lists_of_one_length() -> None:
    """Another length would draw another year, and with it other figures than those that are written down."""
    assert {len(remarks) for remarks in LISTS} == {6}
    assert len({remark for remarks in LISTS for remark in remarks}) == 30
