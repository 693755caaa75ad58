"""A company's colour is read as people write it, and never printed where it could not be read."""

from __future__ import annotations

import colorsys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mystery.branding.colours import (
    LEAST_CONTRAST,
    contrast_on_white,
    darken_to_readable,
    is_readable,
    read_colour,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("written", "colour"),
    [("#0f5c63", "#0f5c63"), (" 0F5C63 ", "#0f5c63"), ("#abc", "#aabbcc"), ("abc", "#aabbcc")],
)
def test_it_reads_what_brand_books_say(written: str, colour: str) -> None:
    assert read_colour(written) == colour


@pytest.mark.parametrize(
    "written", ["", "#", "#12", "#12345", "#1234567", "red", "rgb(1,2,3)", "#00000g", "url(x)", "#0f5c63;"]
)
def test_it_reads_nothing_else(written: str) -> None:
    assert read_colour(written) is None


@pytest.mark.parametrize(
    ("colour", "contrast"),
    [
        ("#ffffff", 1.0),
        ("#000000", 21.0),
        ("#777777", 4.48),
        ("#767676", 4.54),
        ("#0000ff", 8.59),
        ("#ff0000", 4.0),
    ],
)
def test_it_measures_contrast_as_wcag_does(colour: str, contrast: float) -> None:
    assert contrast_on_white(colour) == pytest.approx(contrast, abs=0.01)


@given(COLOURS)
def test_it_always_finds_a_readable_colour_of_the_same_hue(colour: str) -> None:
    found = darken_to_readable(colour)
    assert is_readable(found)
    assert found == colour or contrast_on_white(found) < LEAST_CONTRAST + 0.15, "no darker than it must be"


def test_it_keeps_the_hue() -> None:
    def hue(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        return 360 * colorsys.rgb_to_hsv(*parts)[0]

    for colour in ("#ffcc00", "#7fd0ff", "#ff9ec7"):
        assert hue(darken_to_readable(colour)) == pytest.approx(hue(colour), abs=12)
