"""Where the dots and intervals of the effect over time stand in its picture, in units of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checklists.localtext import Language
from reports.chart_scales import choose_scale
from reports.lenses.event_curve import CurvePoint

WIDTH = 600
HEIGHT = 260
MARGIN = 32
LEAST_REACH = 5.0  # points; a smaller effect is not blown up to fill the picture


@dataclass(frozen=True)
class PlacedPoint:
    """One stretch: its place from the left, dot and interval from the top; None when it is not shown."""

    across: float
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Tick:
    """A line across the picture with the points that it stands for."""

    height: float
    words: str


@dataclass(frozen=True)
class CurvePicture:
    """The picture: the line of no effect, the lines of the scale beside it, and the stretches."""

    width: int
    height: int
    zero: float
    ticks: tuple[Tick, ...]
    points: tuple[PlacedPoint, ...]


def draw_curve(curve: Sequence[CurvePoint], language: Language) -> CurvePicture | None:
    """Place the curve; None where no stretch has visits enough to be shown."""
    effects = [point.effect for point in curve if point.effect is not None]
    if not effects:
        return None
    limits = [limit for effect in effects for limit in (effect.low, effect.high)]
    scale = choose_scale([-LEAST_REACH, LEAST_REACH, *limits], within=None, least=2 * LEAST_REACH)

    def fall(points: float) -> float:
        return round(MARGIN + (scale.high - points) / (scale.high - scale.low) * (HEIGHT - 2 * MARGIN), 1)

    def write(tick: float) -> str:
        return ("+" if tick > 0 else "") + scale.write_tick(tick, language)

    step = WIDTH / len(curve)
    return CurvePicture(
        WIDTH,
        HEIGHT,
        fall(0),
        tuple(Tick(fall(tick), write(tick)) for tick in scale.ticks),
        tuple(
            PlacedPoint(round(step * (number + 0.5), 1), None, None, None)
            if point.effect is None
            else PlacedPoint(
                round(step * (number + 0.5), 1),
                fall(point.effect.value),
                fall(point.effect.low),
                fall(point.effect.high),
            )
            for number, point in enumerate(curve)
        ),
    )
