"""LN-07: the loyalty button never stands without its response rate and the warning."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.lenses.loyalty_button import correct_share, read_button
from reports.lenses.loyalty_button_words import describe_button, describe_point, describe_strip, warn_of_bias


def test_it_draws_the_bias_strip() -> None:
    """LN-07: p = o/(o + r(1-o)) for r = 1, 2, 3, 5; half of the presses may be a sixth of the customers."""
    reading = read_button(40, 20, customers=1000)
    assert [point.share for point in reading.strip] == [
        Fraction(1, 2),
        Fraction(1, 3),
        Fraction(1, 4),
        Fraction(1, 6),
    ]
    assert reading.response_rate == Fraction(1, 25)
    assert describe_button(reading, "en") == (
        "20 of 40\u00a0presses were dissatisfied. 4.0% of customers pressed (40\u00a0presses of 1,000)."
    )
    assert "от 17\u00a0% до 50\u00a0%" in describe_strip(reading, "ru")
    assert describe_point(reading.strip[2], "ru") == "25\u00a0%, если недовольные нажимают в 3 раза охотнее"
    assert describe_point(reading.strip[3], "ru") == "17\u00a0%, если недовольные нажимают в 5 раз охотнее"
    assert describe_point(reading.strip[0], "en") == "50% if everybody presses alike"


def test_it_shows_no_share_while_nobody_knows_how_many_could_have_pressed() -> None:
    """LN-07: counts are facts; a share without its response rate is never shown."""
    reading = read_button(40, 20, customers=None)
    assert (reading.state, reading.response_rate, reading.strip) == ("customers_unknown", None, ())
    assert "%" not in describe_button(reading, "ru")
    assert describe_strip(reading, "ru") == ""


def test_it_says_when_nobody_pressed() -> None:
    """No presses are no satisfied customers."""
    reading = read_button(0, 0, customers=500)
    assert reading.state == "nobody_pressed"
    assert describe_button(reading, "ru") == "Кнопку никто не нажимал."


@pytest.mark.parametrize(("presses", "dissatisfied", "customers"), [(5, 6, 10), (5, 1, 4), (5, -1, 9)])
def test_it_refuses_counts_that_cannot_be(presses: int, dissatisfied: int, customers: int) -> None:
    """More dissatisfied than presses or more presses than customers is a fault of the caller."""
    with pytest.raises(ValueError, match=r"presses"):
        read_button(presses, dissatisfied, customers=customers)


@given(st.fractions(0, 1), st.integers(1, 10))
def test_it_undoes_what_eagerness_does(truth: Fraction, times: int) -> None:
    """LN-07: of customers of whom a share is dissatisfied and presses r times as readily, the strip "
    "finds it."""
    pressed = times * truth / (times * truth + (1 - truth))
    assert correct_share(pressed, times) == truth


def test_it_warns_wherever_it_stands() -> None:
    """LN-07: the warning exists in both languages, and an impossible share is refused."""
    assert "складывают" in warn_of_bias("ru")
    assert "never merged" in warn_of_bias("en")
    with pytest.raises(ValueError, match="no share"):
        correct_share(Fraction(3, 2), 2)
