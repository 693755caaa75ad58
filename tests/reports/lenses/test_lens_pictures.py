"""The words of the lenses' pictures: within the picture, and none over another or over what is drawn."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest

import mystery
from checklists.definition import Level
from checklists.localtext import LANGUAGES, Language
from reports.lenses.impressions import RatedVisit, measure_impressions
from reports.lenses.pictures import draw_impressions, draw_pyramid
from reports.lenses.pyramid import LevelTally, raise_pyramid

SIZE = re.compile(r"(\.[\w. -]+) \{[^}]*font-size: (\d+)px")
LETTER = 0.65  # of the font's size: a mean letter of the widest fonts that a page falls back to
ABOVE, BELOW = 0.8, 0.25  # of the font's size: how far letters reach from the line they stand on


@dataclass(frozen=True)
class Label:
    """Where the words of a picture lie, in its units; `top` is less than `foot`."""

    words: str
    left: float
    right: float
    top: float
    foot: float

    def meets(self, other: "Label") -> bool:
        """Whether two of them overlap."""
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.foot <= other.top or other.foot <= self.top)


def list_labels(picture: str, name: str) -> Iterator[Label]:
    """The words of a picture with the room that they take in the sizes of the page's style sheet."""
    styles = (Path(mystery.__file__).parent / "static" / "lenses.css").read_text(encoding="utf-8")
    sizes = {selector: int(size) for selector, size in SIZE.findall(styles)}
    for element in ElementTree.fromstring(picture).iter("text"):  # Our own drawing.
        words, kind = "".join(element.itertext()), f".{element.get('class')}"
        size = sizes.get(f".{name} {kind}", sizes[kind])
        width = len(words) * LETTER * size
        share = {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor", ""), 0.0)
        left = float(element.get("x", 0)) - share * width
        base = float(element.get("y", 0)) + float(element.get("dy", 0))
        yield Label(words, left, left + width, base - ABOVE * size, base + BELOW * size)


def check_labels(picture: str, name: str) -> list[Label]:
    """Assert that all words lie within the picture and on no others; return them."""
    drawing = picture[: picture.index("</svg>") + len("</svg>")]
    _, _, width, height = map(float, ElementTree.fromstring(drawing).get("viewBox", "").split())
    labels = list(list_labels(drawing, name))
    assert labels
    for label in labels:
        assert label.left >= 0, label
        assert label.right <= width, label
        assert label.top >= 0, label
        assert label.foot <= height, label
    for one, other in combinations(labels, 2):
        assert not one.meets(other), (one, other)
    return labels


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("before", "after"), [(100, 0), (0, 100), (100, 100), (0, 0), (84, 85)])
def test_it_writes_under_the_points_whatever_the_impressions_are(
    language: Language, before: int, after: int
) -> None:
    """LN-03: names, figures and visits of a thousand visits lie below the drawn lines, in three columns."""
    visits = [
        RatedVisit(f"v{number}", Fraction(before), Fraction(after), Fraction(after), expected_before=True)
        for number in range(1234)
    ]
    picture = draw_impressions(measure_impressions(visits), language)
    labels = check_labels(picture, "lens-impressions")
    lowest = max(float(height) for height in re.findall(r'\b(?:y[12]|cy)="([\d.]+)"', picture))
    axis = [label for label in labels if label.words in ("0", "50", "100")]
    assert len(axis) == 3
    assert min(label.top for label in labels if label not in axis) > lowest
    across = max(float(right) for right in re.findall(r'\bx2="([\d.]+)"', picture))
    assert min(label.left for label in axis) >= across


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("share", [0, 79, 100])
def test_it_writes_beside_the_pyramid_whatever_its_levels_are(language: Language, share: int) -> None:
    """LN-02: name, share and state of each level, to the right of the tiers."""
    levels: tuple[Level, ...] = get_args(Level)
    tallies = [LevelTally(level, Fraction(share), Fraction(100), 5, 5) for level in levels[:-1]]
    picture = draw_pyramid(raise_pyramid(tallies, visits=5), language)
    labels = check_labels(picture, "lens-pyramid")
    corners = re.findall(r"([\d.]+),[\d.]+", picture)
    assert min(label.left for label in labels) > max(map(float, corners))
