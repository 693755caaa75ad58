"""Corrected answers stand in the place of those sent, and nothing else of a sheet changes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.answers import NOT_APPLICABLE, Value, parse_sheet
from checklists.corrections import correct_answers, read_answer, write_answer
from checklists.definition import Checklist
from checklists.loading import read_checklist_file

WORKED = Path(__file__).parent / "worked" / "worked-visit.yaml"
SENT = {"answers": {"wait": 240, "name": "yes"}, "comments": {"name": "Да."}, "events": [1]}


@pytest.fixture(scope="module")
def worked() -> Checklist:
    """The checklist of the worked visits."""
    checklist, problems = read_checklist_file(WORKED)
    assert checklist is not None, problems
    return checklist


def test_it_replaces_answers_one_after_another_and_leaves_the_rest() -> None:
    replaced = correct_answers(SENT, [("wait", "100"), ("name", None), ("wait", "90"), ("asked", "4")])
    assert replaced == {**SENT, "answers": {"wait": 90, "asked": 4}}
    assert SENT["answers"] == {"wait": 240, "name": "yes"}, "what was sent stays as it is"


@pytest.mark.parametrize("raw", [{}, {"answers": None}, {"answers": ["nonsense"]}])
def test_it_takes_a_sheet_without_answers_for_an_empty_one(raw: dict[str, Any]) -> None:
    assert correct_answers(raw, [("wait", "90")])["answers"] == {"wait": 90}


@pytest.mark.parametrize(
    ("question", "value", "text"),
    [
        ("wait", 90, "90"),
        ("name", "yes", '"yes"'),
        ("asked", 4, "4"),
        ("heard", NOT_APPLICABLE, '"n/a"'),
        ("features", "2", '"2"'),
        ("wait", None, None),
    ],
)
def test_it_writes_an_answer_as_an_answers_file_has_it(
    worked: Checklist, question: str, value: Value, text: str | None
) -> None:
    """The same text for the same answer, so that two corrections can be compared."""
    assert write_answer(value) == text
    assert read_answer(worked.question(question), text) == value


def test_it_writes_decimals_exactly_and_lists_whole() -> None:
    assert write_answer(Decimal("2.50")) == '"2.50"'
    assert write_answer(("bag", "card")) == '["bag","card"]'


@given(st.dictionaries(st.sampled_from(["wait", "asked"]), st.integers(1, 5)), st.integers(1, 5))
def test_it_is_like_a_sheet_that_was_sent_so(worked: Checklist, sent: dict[str, int], wait: int) -> None:
    """A corrected sheet and one sent with the right answer at once are the same sheet."""
    corrected, _problems = parse_sheet(worked, correct_answers({"answers": sent}, [("wait", str(wait))]))
    direct, _problems = parse_sheet(worked, {"answers": {**sent, "wait": wait}})
    assert corrected == direct
