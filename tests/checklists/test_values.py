"""SC-01: the value of one answer, for every kind of question."""

from fractions import Fraction as F

import pytest

from checklists.scoring import score_visit
from tests.checklists.tables import fill_in, lay_out


def value(kind: str, answer: str, rules: str = "") -> F | None:
    table = f"section | question | kind | answer | rules\ns | q | {kind} | {answer} | {rules}"
    return score_visit(*fill_in(table)).question("q").value


@pytest.mark.parametrize(
    ("kind", "answer", "expected"),
    [
        ("yes_no", "yes", F(1)),
        ("yes_no", "no", F(0)),
        ("scale 1..5", "1", F(0)),
        ("scale 1..5", "4", F(3, 4)),
        ("scale 0..10", "3", F(3, 10)),
        ("choice 10/7/0", "7", F(7, 10)),
        ("choice 4/2/0", "4", F(1)),
        ("multi 3/2/0", "3+0", F(3, 5)),
        ("multi 3/2/0", "3+2", F(1)),
        ("multi 3/2/0", "none", F(0)),
        ("all 3/2/0", "3", F(0)),
        ("all 3/2/0", "3+2", F(1)),
        ("all 3/2/0", "3+2+0", F(1)),
        ("wait 180:1, 300:1/2", "180", F(1)),
        ("wait 180:1, 300:1/2", "181", F(1, 2)),
        ("wait 180:1, 300:1/2", "300", F(1, 2)),
        ("wait 180:1, 300:1/2", "301", F(0)),
        ("number 2:0, 9:1", "3", F(1)),
        ("number 2:0, 9:1", "2", F(0)),
    ],
)
def test_it_values_an_answer_as_its_share_of_the_best(kind: str, answer: str, expected: F) -> None:
    """SC-01: shares, limits inclusive, beyond the last band nothing."""
    assert value(kind, answer) == expected


def test_it_values_a_time_of_day_by_its_bands() -> None:
    """SC-01: a time of day is compared as a time, not as a text."""
    rules = 'bands: [{upto: "9:05", share: 1}]'
    bands = 'bands: [{upto: "09:05", share: 1}, {upto: "10:00", share: 1/2}]'
    assert value("time", "09:05", bands) == 1
    assert value("time", "09:06", bands) == F(1, 2)
    assert value("time", "10:01", bands) == 0
    with pytest.raises(AssertionError, match="limit must be a number"):
        value("time", "09:05", rules)


@pytest.mark.parametrize("kind", ["text", "date", "photo", "audio", "number", "duration", "time"])
def test_it_scores_no_text_photo_date_audio_or_number_without_bands(kind: str) -> None:
    """SC-01: these answers are facts; they weigh nothing and are not required to be scored."""
    checklist = lay_out(f"section | question | kind\ns | q | {kind}\ns | other | yes_no")
    question = checklist.question("q")
    assert not question.is_scored
    assert question.weight == 0
    assert question.comment == "never"


def test_it_requires_only_what_can_be_expected_of_everybody() -> None:
    """The defaults: texts, photos, recordings, dates and bonus questions may stay open."""
    checklist = lay_out("""
        section | question | kind        | rules
        s       | a        | yes_no      |
        s       | b        | scale 1..5  |
        s       | c        | number      |
        s       | d        | text        |
        s       | e        | photo       |
        s       | f        | date        |
        s       | g        | yes_no      | bonus: 5
        s       | h        | text        | required: true
    """)
    assert [question.id for question in checklist.questions() if question.required] == ["a", "b", "c", "h"]
    assert [question.weight for question in checklist.questions()] == [1, 1, 0, 0, 0, 0, 0, 0]


def test_it_clamps_nothing_because_no_answer_can_leave_the_range() -> None:
    """SC-01: points are refused when negative, so values stay within 0 and 1 by themselves."""
    for points in ("4", "2", "0"):
        found = value("choice 4/2/0", points)
        assert found is not None
        assert 0 <= found <= 1
