"""The visits of a trend as a drawing: points over time, the satisfactory level, breaks between versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from markupsafe import Markup

from checklists.localtext import Language
from reports.chart_scales import part_neighbours
from reports.charts import render_drawing
from reports.dates import format_date
from reports.numbers import format_number
from reports.period_words import say_period
from reports.trends import Trend, TrendPoint

WIDTH = 680
LEFT = 34
RIGHT = 664
TOP = 14
BOTTOM = 154
GAP = 18  # between neighbours, so that two visits of a day are two points, and their numbers two numbers
MOST_NUMBERED = 34  # as many as have this gap between the edges


@dataclass(frozen=True)
class DrawnPoint:
    """A point at its place in the drawing; the shape is "full", "hollow" or "triangle"."""

    x: str
    y: str
    shape: str
    number: str


def draw_trend(trend: Trend, satisfactory: Fraction, language: Language) -> Markup:
    """Draw the points of a trend; what it shows must also be said in words beside it."""
    points = sorted(
        (point for stretch in trend.stretches for point in stretch.points), key=lambda each: each.number
    )
    places = place_days([point.visited_on for point in points])
    first, last = points[0].visited_on, points[-1].visited_on
    return render_drawing(
        "trend.svg",
        points=[
            _draw_point(point, place, is_numbered=len(points) <= MOST_NUMBERED)
            for point, place in zip(points, places, strict=True)
            if point.percent is not None
        ],
        breaks=[_write(place) for place in _list_breaks(trend, points, places)],
        level=_write(_height(satisfactory)),
        level_words=say_period(
            "trend_satisfactory", language, mark=format_number(satisfactory, language, places=1)
        ),
        grid=[(mark, _write(_height(Fraction(mark)))) for mark in (0, 50, 100)],
        days=[format_date(first, language), format_date(last, language) if last != first else ""],
    )


def place_days(days: Sequence[date]) -> list[float]:
    """Place days of visits from left to right: true to time as far as neighbours do not touch."""
    span = (days[-1] - days[0]).days
    width: float = RIGHT - LEFT - 2 * GAP
    start: float = LEFT + GAP
    if span == 0:
        start, width = start + width / 2 - GAP * (len(days) - 1) / 2, 0
    gap = min(GAP, (RIGHT - LEFT - 2 * GAP) / max(1, len(days) - 1))
    places = [start + width * (day - days[0]).days / max(1, span) for day in days]
    return part_neighbours(places, gap=gap, last=RIGHT - GAP)


def _draw_point(point: TrendPoint, place: float, *, is_numbered: bool) -> DrawnPoint:
    shape = "triangle" if point.knocked_out else "full"
    return DrawnPoint(
        x=_write(place),
        y=_write(_height(point.percent or Fraction(0))),
        shape=shape if point.is_counted else "hollow",
        number=str(point.number) if is_numbered else "",
    )


def _list_breaks(trend: Trend, points: Sequence[TrendPoint], places: Sequence[float]) -> list[float]:
    """Halfway between the last visit of a stretch and the first of the next, where they do not overlap."""
    stretch_of = {
        point.number: number for number, stretch in enumerate(trend.stretches) for point in stretch.points
    }
    return [
        (places[index] + places[index + 1]) / 2
        for index in range(len(points) - 1)
        if stretch_of[points[index].number] != stretch_of[points[index + 1].number]
    ]


def _height(percent: Fraction) -> float:
    return BOTTOM - (BOTTOM - TOP) * float(min(max(percent, Fraction(0)), Fraction(100))) / 100


def _write(place: float) -> str:
    return f"{place:.1f}"
