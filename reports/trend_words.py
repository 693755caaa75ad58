"""A trend in words: the change where one can be told, what the stretches are, and each point."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from checklists.localtext import Language
from checklists.scorecard import display_percent
from reports.dates import format_date
from reports.numbers import format_number, format_score
from reports.period_words import say_period
from reports.plurals import count_of
from reports.trends import Change, Trend


def describe_change(change: Change, language: Language) -> str:
    """Say how far the score rose or fell, or why no change is told."""
    if change.points is None or change.low is None or change.high is None:
        return say_period(f"change_{change.state}", language, available=change.available)
    nearest, farthest = sorted((abs(change.low), abs(change.high)))
    return say_period(
        f"change_{change.state}",
        language,
        points=count_of(round(abs(change.points)), "points", language),
        low=_round(nearest, language),
        high=_round(farthest, language),
    )


def _round(value: float, language: Language) -> str:
    return format_number(Decimal(str(round(value, 6))), language, places=0)


def describe_stretches(trend: Trend, language: Language) -> list[str]:
    """Say what the drawing cannot: which versions share a line, where it breaks, what other points mean."""
    notes = []
    for stretch in trend.stretches:
        if len(stretch.versions) > 1:
            percent = format_number(100 * stretch.coverage, language, places=0)
            numbers = ", ".join(str(version) for version in stretch.versions)
            notes.append(say_period("stretch_common", language, numbers=numbers, percent=percent))
    for older, newer in zip(trend.stretches, trend.stretches[1:], strict=False):
        notes.append(
            say_period("stretch_broken", language, older=older.versions[-1], newer=newer.versions[0])
        )
    points = [point for stretch in trend.stretches for point in stretch.points]
    if any(point.percent is not None and not point.is_counted for point in points):
        notes.append(say_period("left_out", language))
    if any(point.knocked_out for point in points):
        notes.append(say_period("point_knocked_out", language))
    return notes


def describe_points(trend: Trend, language: Language) -> str:
    """Say every point in words, for whoever does not see the drawing."""
    points = sorted(
        ((point, stretch.marks) for stretch in trend.stretches for point in stretch.points),
        key=lambda each: each[0].number,
    )
    written = [
        say_period(
            "trend_point",
            language,
            number=point.number,
            day=format_date(point.visited_on, language),
            percent=write_percent(point.percent, language, marks=marks),
        )
        for point, marks in points
    ]
    return say_period("trend_alt", language, points="; ".join(written))


def write_percent(percent: Fraction | None, language: Language, *, marks: Sequence[Fraction] = ()) -> str:
    """Write a percent to one decimal but never across a mark (SC-09), or that there is none.

    A single visit has the marks of its version; a mean has none.
    """
    if percent is None:
        return say_period("not_scored", language)
    return format_score(display_percent(percent, marks), language)
