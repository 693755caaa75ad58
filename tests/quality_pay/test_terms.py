"""Numbers and bands of a formula as people type them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mystery.quality_pay.forms import write_number
from mystery.quality_pay.terms import read_bands, read_number
from reports.lenses.quality_pay import PayBand

TWO = (PayBand(Fraction(90), Fraction(1)), PayBand(Fraction(75), Fraction(1, 2)))


@pytest.mark.parametrize(
    ("text", "number"),
    [("55", 55), ("12,5", Fraction(25, 2)), (" 12.5 % ", Fraction(25, 2)), ("", None), ("1e3", None)],
)
def test_it_reads_numbers_with_comma_or_point(text: str, number: Fraction | None) -> None:
    """12,5 and 12.5 are the same."""
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        ("90: 100; 75: 50", TWO),
        ("от 90 — 100 %\nот 75 — 50 %", TWO),
        ("From 90 - 100%; from 75 = 50%;", TWO),
        ("90%:100%; 75 % : 50 %", TWO),
        ("90%%: 100", None),
        ("", ()),
        ("90", None),
        ("90: 100: 50", None),
        ("девяносто: сто", None),
        ("9999999: 1", None),
    ],
)
def test_it_reads_bands(text: str, bands: tuple[PayBand, ...] | None) -> None:
    """A figure and what part of the share it earns."""
    assert read_bands(text) == bands


@given(st.text(max_size=80))
def test_it_takes_whatever_is_typed(text: str) -> None:
    """Never an exception."""
    for band in read_bands(text) or ():
        assert band.at >= 0
    assert read_number(text) is None or isinstance(read_number(text), Fraction)


@pytest.mark.parametrize("number", [Fraction(55), Fraction(25, 2), Fraction(1, 4)])
def test_it_writes_numbers_so_that_they_can_be_read_again(number: Fraction) -> None:
    """The editor begins with the formula in force."""
    assert read_number(write_number(number)) == number
