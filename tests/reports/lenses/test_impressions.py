"""LN-03: expectation before entering, process and result after, and who went away disappointed."""

from fractions import Fraction

import pytest
from scipy import stats

from reports.lenses.impressions import RatedVisit, find_result_gap, is_disappointed, measure_impressions
from reports.lenses.impressions_words import (
    describe_disappointed,
    describe_impressions,
    describe_left_out,
    describe_rated_late,
    explain_impressions,
)


def rate(number: int, expectation: int | None, process: int | None, result: int | None) -> RatedVisit:
    """A visit whose expectation was rated in time."""
    ratings = [None if each is None else Fraction(each) for each in (expectation, process, result)]
    return RatedVisit(f"visit {number}", ratings[0], ratings[1], ratings[2], expected_before=True)


def test_it_shows_the_gaps_between_the_three() -> None:
    """LN-03: all three over the same visits; the process is left away where most of them have none."""
    found = measure_impressions([rate(1, 80, 60, 50), rate(2, 60, 80, 70), rate(3, 70, None, 60)])
    assert found.state == "shown"
    assert found.expectation.value == 70
    assert found.process.value is found.process_gap.value is None
    assert found.result_gap.value == -10
    assert describe_impressions(found, "en") == (
        "The result was 10.0 points below what was expected, on average; 3\u00a0visits."
    )
    assert describe_impressions(found, "ru") == (
        "Результат ниже ожидания в среднем на 10,0 пункта; 3\u00a0визита."
    )
    assert found.result_gap.count == 3


def test_it_compares_the_three_over_the_same_visits() -> None:
    """LN-03: without a time before entering, visits with better results would turn the sentence round."""
    late = [
        RatedVisit(f"late {each}", Fraction(90), Fraction(90), Fraction(99), expected_before=False)
        for each in range(9)
    ]
    half = [rate(10, None, 90, 99), rate(11, 90, None, 80), rate(12, None, None, None)]
    whole = [rate(number, 80, 70, 78) for number in range(4)]
    found = measure_impressions([*late, *half, *whole])
    means = (found.expectation, found.process, found.result, found.process_gap, found.result_gap)
    assert {mean.visits for mean in means} == {tuple(each.visit for each in whole)}
    assert [mean.value for mean in means] == [80, 70, 78, -10, -2]
    assert found.left_out == ("visit 10", "visit 11")
    assert describe_left_out(found, "en") == (
        "Left out, because not everything was rated there: 2\u00a0visits."
    )
    assert describe_left_out(found, "ru") == "Не вошли визиты, где оценено не всё: 2\u00a0визита."
    assert len(found.rated_late) == 9


def test_it_prints_gaps_that_can_be_subtracted() -> None:
    """CP-06: 84.45 and 84.24 are printed as 84.5 and 84.2, and 0.3 lies between them, not 0.2."""
    ratings = (Fraction("84.45"), Fraction("84.24"))
    visits = [
        RatedVisit(f"v{number}", ratings[0], ratings[0], ratings[1], expected_before=True)
        for number in range(3)
    ]
    found = measure_impressions(visits)
    assert found.result_gap.value == Fraction("-0.3")
    assert "0.3 points below" in describe_impressions(found, "en")
    assert describe_left_out(found, "en") == ""


@pytest.mark.parametrize(("result", "expected"), [(55, True), (56, False), (54, True), (90, False)])
def test_it_calls_disappointed_from_minus_25(result: int, expected: bool) -> None:
    """LN-03: "disappointed" at result - expectation <= -25."""
    assert is_disappointed(rate(1, 80, None, result)) is expected


def test_it_counts_the_disappointed_with_their_interval() -> None:
    """LN-03: k of n, and the same Wilson interval as scipy's."""
    visits = [rate(number, 80, 70, 50 if number < 2 else 80) for number in range(8)]
    found = measure_impressions(visits)
    oracle = stats.binomtest(2, 8).proportion_ci(0.9, method="wilson")
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((oracle.low, oracle.high))
    assert found.disappointed == ("visit 0", "visit 1")
    assert describe_disappointed(found, "en") == (
        "2 of 8\u00a0visits ended in disappointment; the share is likely between 9% and 54%."
    )


@pytest.mark.parametrize(
    ("result", "sentence"),
    [(80, "Разочарованных нет: 0 из 3\u00a0визитов"), (10, "закончились все визиты: 3 из 3\u00a0визитов")],
)
def test_it_never_says_certainly(result: int, sentence: str) -> None:
    """LN-03: nobody of three is not nobody for ever."""
    found = measure_impressions([rate(number, 80, 80, result) for number in range(3)])
    said = describe_disappointed(found, "ru")
    assert sentence in said
    assert "вероятная доля" in said


def test_it_sets_aside_an_expectation_that_was_rated_afterwards() -> None:
    """LN-03: without a time before entering there is no gap, and the page says so."""
    late = RatedVisit("late", Fraction(90), Fraction(50), Fraction(40), expected_before=False)
    assert find_result_gap(late) is None
    found = measure_impressions([late, *(rate(number, 80, 80, 80) for number in range(3))])
    assert found.rated_late == ("late",)
    assert found.expectation.count == 3
    assert found.result.count == 3
    assert found.left_out == ()
    assert found.disappointed == ()
    assert "1\u00a0visit." in describe_rated_late(found, "en")
    assert describe_impressions(found, "en").startswith("The result was what had been expected")


def test_it_says_when_it_is_too_early() -> None:
    """CP-04: under three visits with both ratings nothing is compared."""
    few = measure_impressions([rate(1, 80, 80, 10), rate(2, 80, 80, 90)])
    assert (few.state, few.interval) == ("not_enough_visits", None)
    assert "мало визитов (2 из 3)" in describe_impressions(few, "ru")
    assert describe_disappointed(few, "ru") == ""
    none = measure_impressions([])
    assert none.state == "not_rated"
    assert "No visit has both" in describe_impressions(none, "en")
    assert none.result.value is none.result_gap.value is None
    assert describe_rated_late(none, "en") == ""
    assert "25" in explain_impressions("ru")


def test_it_does_not_speak_of_a_gap_of_nothing() -> None:
    """A gap that would be printed as 0.0 is neither above nor below."""
    found = measure_impressions([rate(1, 80, 80, 81), rate(2, 80, 80, 79), rate(3, 80, 80, 80)])
    assert "0.0" not in describe_impressions(found, "en")
    above = measure_impressions([rate(number, 60, 80, 80) for number in range(3)])
    assert "выше ожидания в среднем на 20,0" in describe_impressions(above, "ru")
