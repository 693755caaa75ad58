"""The drawings of many trends: a small picture a person on one scale, and the months of everybody."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from babel.dates import format_date as babel_format_date
from markupsafe import Markup

from checklists.localtext import Language
from reports.chart_scales import Scale, choose_scale, part_neighbours, write_share
from reports.charts import render_drawing
from reports.numbers import format_number
from reports.small_trends import MonthMean, PersonTrend

SMALL: Final = 84
LARGE: Final = 190
TOP: Final = 16
FOOT: Final = {SMALL: 6, LARGE: 24}
MOST_MARKS: Final = 12
LEFT: Final = 0.1  # share of the width in which the figures of the scale stand
RIGHT: Final = 0.96
APART: Final = 0.03  # share of the width between neighbours, so that two visits of a day are two points


@dataclass(frozen=True)
class TrendFrame:
    """What all pictures of a page share, so that they can be compared: scale, days, satisfactory level."""

    scale: Scale
    first: date
    last: date
    satisfactory: Fraction

    def across(self, day: date) -> float:
        """Return where a day stands, as a share of the width."""
        span = (self.last - self.first).days
        share = min(max((day - self.first).days / span, 0.0), 1.0) if span else 0.5
        return LEFT + (RIGHT - LEFT) * share


@dataclass(frozen=True)
class DrawnPoint:
    """A point at its place; a hollow one counts in no mean."""

    x: str
    y: str
    is_full: bool
    words: str = ""


@dataclass(frozen=True)
class Picture:
    """What is drawn in a frame: points, words under the axis, and what the whole says in words."""

    points: Sequence[DrawnPoint]
    height: int
    label: str
    marks: Sequence[tuple[str, str]] = ()


def choose_frame(scores: Collection[tuple[date, float]], satisfactory: Fraction) -> TrendFrame | None:
    """Choose the frame that holds all these scores by day; None where there are none."""
    if not scores:
        return None
    scale = choose_scale([*(score for _, score in scores), float(satisfactory)])
    return TrendFrame(scale, min(day for day, _ in scores), max(day for day, _ in scores), satisfactory)


def draw_small_trend(trend: PersonTrend, frame: TrendFrame, language: Language, *, label: str) -> Markup:
    """Draw one person's visits; `label` says in words what is drawn."""
    scored = [point for point in trend.visits if point.percent is not None]
    gap = min(APART, (RIGHT - LEFT) / max(1, len(scored) - 1))
    places = part_neighbours([frame.across(point.visited_on) for point in scored], gap=gap, last=RIGHT)
    points = [
        DrawnPoint(write_share(place), _height(point.percent or Fraction(0), frame, SMALL), point.is_counted)
        for place, point in zip(places, scored, strict=True)
    ]
    return _draw(Picture(points, SMALL, label), frame, language)


def draw_months(months: Sequence[MonthMean], frame: TrendFrame, language: Language, *, label: str) -> Markup:
    """Draw the mean of each month that has one, with its figure; `label` says in words what is drawn."""
    places = {month: LEFT + (RIGHT - LEFT) * share for month, share in _share_out(months)}
    points = [
        DrawnPoint(
            write_share(places[month.month]),
            _height(month.mean, frame, LARGE),
            is_full=True,
            words=format_number(month.mean, language, places=0),
        )
        for month in months
        if month.mean is not None
    ]
    shown = list(places.items())[:: 1 + (len(places) - 1) // MOST_MARKS]
    marks = [(write_share(place), name_month(month, language)) for month, place in shown]
    return _draw(Picture(points, LARGE, label, marks), frame, language)


def name_month(month: date, language: Language, *, is_long: bool = False) -> str:
    """Name a month: briefly on an axis, with its year in a table."""
    return babel_format_date(month, format="LLLL y" if is_long else "LLL", locale=language).rstrip(".")


def _draw(picture: Picture, frame: TrendFrame, language: Language) -> Markup:
    height = picture.height
    ends = frame.scale.ticks if height == LARGE else (frame.scale.low, frame.scale.high)
    return render_drawing(
        "small_trend.svg",
        points=picture.points,
        marks=picture.marks,
        ticks=[(_height(Fraction(str(t)), frame, height), frame.scale.write_tick(t, language)) for t in ends],
        level=_height(frame.satisfactory, frame, height),
        height=height,
        label=picture.label,
    )


def _share_out(months: Sequence[MonthMean]) -> Iterator[tuple[date, float]]:
    """Every month from the first to the last at its place, the empty ones too."""
    first, last = months[0].month, months[-1].month
    count = 12 * (last.year - first.year) + last.month - first.month
    for number in range(count + 1):
        years, month = divmod(first.month - 1 + number, 12)
        yield date(first.year + years, month + 1, 1), (number + 0.5) / (count + 1)


def _height(percent: Fraction, frame: TrendFrame, height: int) -> str:
    low, high = frame.scale.low, frame.scale.high
    share = (min(max(float(percent), low), high) - low) / (high - low)
    bottom = height - FOOT[height]
    return f"{bottom - (bottom - TOP) * share:.1f}"
