"""The pictures of the lenses: pyramid, three impressions, how matters ended, a share with its likely limits.

What a picture shows is also said in words or in a table beside it. Drawings with words in them are as wide
as a phone; those without are as wide as their place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from textwrap import wrap
from typing import Final, get_args

from markupsafe import Markup

from checklists.definition import Impression
from checklists.localtext import Language
from reports.charts import call_macro
from reports.consistency import Consistency
from reports.lenses.effort import Effort
from reports.lenses.impressions import Impressions, MeanOf
from reports.lenses.impressions_words import describe_impressions, name_impression
from reports.lenses.loyalty_button import ButtonReading
from reports.lenses.loyalty_button_words import describe_point
from reports.lenses.page_words import say_page, write_mean
from reports.lenses.phrasing import count_things, write_percent, write_points
from reports.lenses.pyramid import HOLDS_AT, LevelShare, Pyramid
from reports.lenses.pyramid_words import describe_pyramid, name_level, name_state, write_share

NOTHING: Final = Markup("")

# The pyramid, in units of its drawing: tiers from the bottom, narrowing to a short top.
TIER: Final = 50
BETWEEN_TIERS: Final = 6
TOP: Final = 8
MIDDLE: Final = 82
HALF_AT_TOP: Final = 14
HALF_AT_BOTTOM: Final = 80
HEIGHT: Final = 4 * TIER + 3 * BETWEEN_TIERS

# Three impressions: the middle of the column of each, and between which heights lie 100 and 0.
PLACES: Final = (57, 172, 287)
HIGHEST: Final = 12
LOWEST: Final = 132
SMALLEST_BRACKET: Final = 14
LETTERS_ON_A_LINE: Final = 11  # as many as fit a column in the widest of the letters that a page may have
IMPRESSIONS: Final[tuple[Impression, ...]] = get_args(Impression)


@dataclass(frozen=True)
class Tier:
    """One level of the drawn pyramid; `fill` is empty where its share is unknown."""

    outline: str
    fill: str
    mark: tuple[str, str, str]  # height, left and right of the line at which a level holds
    label_at: str
    name: str
    words: str
    is_climbed: bool


@dataclass(frozen=True)
class Point:
    """One drawn impression with its words in lines under it, where they lie on nothing that is drawn.

    `bracket` is the height of the expectation where the gap is worth a line.
    """

    x: int
    y: str
    name: tuple[str, ...]
    value: str
    gap: str
    visits: str
    bracket: str


def draw_pyramid(pyramid: Pyramid, language: Language) -> Markup:
    """Draw levels as tiers filled by their share, the climb's end as a line; nothing from too few visits."""
    if all(level.judged is None for level in pyramid.levels):
        return NOTHING
    height = pyramid.height or 0
    return _draw(
        "pyramid",
        title=describe_pyramid(pyramid, language),
        tiers=[
            _draw_tier(place, level, language, is_climbed=place < height)
            for place, level in enumerate(pyramid.levels)
        ],
        end=_write(_bottom_of(height) + BETWEEN_TIERS / 2) if height < len(pyramid.levels) else "",
        needed=say_page("holds_line", language, needed=write_percent(HOLDS_AT, language)),
    )


def draw_impressions(impressions: Impressions, language: Language) -> Markup:
    """Draw the three means as points and how far the later two lie from what was expected."""
    if impressions.state != "shown":
        return NOTHING
    expected = impressions.expectation.value
    means = (impressions.expectation, impressions.process, impressions.result)
    gaps = (None, impressions.process_gap, impressions.result_gap)
    return _draw(
        "impressions",
        title=describe_impressions(impressions, language),
        points=[
            _draw_point(place, mean, gap, expected, language)
            for place, mean, gap in zip(range(len(PLACES)), means, gaps, strict=True)
            if mean.value is not None
        ],
        expected="" if expected is None else _write(_height_of(expected)),
        grid=[(_write(_height_of(Fraction(mark))), str(mark)) for mark in (0, 50, 100)],
    )


def draw_endings(effort: Effort, language: Language) -> Markup:
    """Draw how the matters that were started ended, as parts of one bar with their counts under it."""
    if effort.state != "shown":
        return NOTHING
    parts = {"first_contact": effort.first_contact, "later": effort.later, "never": effort.never}
    return _draw(
        "endings",
        parts=[
            (name, say_page(name, language), len(visits), *_place_part(list(parts.values()), place))
            for place, (name, visits) in enumerate(parts.items())
        ],
    )


def draw_share(consistency: Consistency, language: Language) -> Markup:
    """Draw the share of satisfactory visits with the limits in which it likely lies."""
    if consistency.interval is None:
        return NOTHING
    share = Fraction(len(consistency.satisfactory), consistency.count)
    return _draw(
        "share",
        share=_across(share),
        low=_across(consistency.interval.low),
        width=_across(consistency.interval.high - consistency.interval.low),
        words=write_percent(share, language),
        likely=say_page("likely", language),
    )


def draw_strip(reading: ButtonReading, language: Language) -> Markup:
    """Draw the strip of the loyalty button: a dot for each eagerness, with what it supposes in words."""
    if not reading.strip:
        return NOTHING
    return _draw(
        "strip",
        points=[(_across(point.share), describe_point(point, language)) for point in reading.strip],
        marks=[(_across(share / 100), f"{share}") for share in (0, 25, 50, 75, 100)],
    )


def _draw_tier(place: int, level: LevelShare, language: Language, *, is_climbed: bool) -> Tier:
    bottom = _bottom_of(place)
    share = level.judged
    words = name_state(level.state, language)
    return Tier(
        outline=_trapezoid(bottom - TIER, bottom),
        fill="" if share is None else _trapezoid(bottom - TIER * float(share), bottom),
        mark=_line_across(bottom - TIER * float(HOLDS_AT)),
        label_at=_write(bottom - TIER / 2),
        name=name_level(level.level, language),
        words=words if share is None else f"{write_share(share, language)} {words}",
        is_climbed=is_climbed,
    )


def _draw_point(
    place: int, mean: MeanOf, gap: MeanOf | None, expected: Fraction | None, language: Language
) -> Point:
    value = mean.value or Fraction(0)
    y = _height_of(value)
    from_expected = None if expected is None or gap is None or gap.value is None else _height_of(expected)
    is_apart = from_expected is not None and abs(from_expected - y) >= SMALLEST_BRACKET
    return Point(
        x=PLACES[place],
        y=_write(y),
        name=tuple(wrap(name_impression(IMPRESSIONS[place], language), LETTERS_ON_A_LINE)),
        value=write_mean(value, language),
        gap="" if gap is None or gap.value is None else f"({write_points(gap.value, language)})",
        visits=count_things(mean.count, "visit", language),
        bracket=_write(from_expected) if from_expected is not None and is_apart else "",
    )


def _bottom_of(place: int) -> float:
    """The lower edge of a tier, counted from the ground."""
    return TOP + HEIGHT - place * (TIER + BETWEEN_TIERS)


def _half_at(y: float) -> float:
    return HALF_AT_TOP + (HALF_AT_BOTTOM - HALF_AT_TOP) * (y - TOP) / HEIGHT


def _trapezoid(top: float, bottom: float) -> str:
    corners = (
        (MIDDLE - _half_at(top), top),
        (MIDDLE + _half_at(top), top),
        (MIDDLE + _half_at(bottom), bottom),
        (MIDDLE - _half_at(bottom), bottom),
    )
    return " ".join(f"{_write(x)},{_write(y)}" for x, y in corners)


def _line_across(y: float) -> tuple[str, str, str]:
    return _write(y), _write(MIDDLE - _half_at(y)), _write(MIDDLE + _half_at(y))


def _height_of(percent: Fraction) -> float:
    return LOWEST - (LOWEST - HIGHEST) * float(min(max(percent, Fraction(0)), Fraction(100))) / 100


def _place_part(parts: Sequence[Sequence[str]], place: int) -> tuple[str, str]:
    """Where a part of the bar begins and how wide it is."""
    whole = sum(map(len, parts))
    before = sum(map(len, parts[:place]))
    return _across(Fraction(before, whole)), _across(Fraction(len(parts[place]), whole))


def _across(share: Fraction | float) -> str:
    return f"{100 * float(share):.2f}%"


def _write(place: float) -> str:
    return f"{place:.1f}"


def _draw(name: str, **details: object) -> Markup:
    return call_macro("lenses.svg", name, **details)
