"""Who marks "not applicable" much more often than others is named, and chance is not taken for it."""

from __future__ import annotations

from random import Random

import pytest

from reports.not_applicable import AskedCount, measure_marks


def count(auditor: str, question: str, asked: int, marked: int) -> AskedCount:
    """What one auditor marked on one question."""
    return AskedCount("1", auditor, question, asked, marked)


def test_it_expects_of_everybody_what_the_others_mark_on_the_same_questions() -> None:
    """Who is asked what seldom fits marks more of it, and does nothing unusual."""
    counts = [
        count("a", "gift", 20, 10),
        count("b", "gift", 40, 20),
        count("b", "till", 40, 0),
        count("c", "till", 40, 0),
    ]
    marks = measure_marks(counts)
    assert (marks["a"].asked, marks["a"].not_applicable, marks["a"].expected) == (20, 10, 10.0)
    assert marks["b"].expected == 20.0
    assert marks["c"].expected == 0.0
    assert not any(each.stands_out for each in marks.values())


def test_it_names_who_marks_much_more() -> None:
    counts = [count(auditor, "gift", 50, 2) for auditor in "abcde"] + [count("f", "gift", 50, 15)]
    marks = measure_marks(counts)
    assert [auditor for auditor, each in marks.items() if each.stands_out] == ["f"]
    assert marks["f"].expected == pytest.approx(2.0)


def test_it_says_nothing_of_somebody_who_audits_alone() -> None:
    """There is nobody to be compared with."""
    assert not measure_marks([count("a", "gift", 50, 40)])["a"].stands_out
    assert measure_marks([]) == {}


def test_it_seldom_names_anybody_where_all_are_alike() -> None:
    """Of two hundred programmes of twelve like auditors at most one in twenty has somebody named."""
    random = Random(5)
    alarms = 0
    for _ in range(200):
        counts = [
            count(str(auditor), question, 28, sum(random.random() < 0.05 for _ in range(28)))
            for auditor in range(12)
            for question in "pqrs"
        ]
        alarms += any(each.stands_out for each in measure_marks(counts).values())
    assert alarms <= 10
