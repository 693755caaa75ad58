"""Where the dots and intervals of the effect over time stand in its picture, in units of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.lenses.event_curve import CurvePoint

WIDTH = 600
HEIGHT = 220
MARGIN = 24
LEAST_REACH = 5.0  # points; a smaller effect is not blown up to fill the picture


@dataclass(frozen=True)
class PlacedPoint:
    """One stretch: its place from the left, dot and interval from the top; None when it is not shown."""

    across: float
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class CurvePicture:
    """The picture: the line of no effect, the scale's ends in points, and the stretches."""

    width: int
    height: int
    zero: float
    top: float
    bottom: float
    points: tuple[PlacedPoint, ...]


def draw_curve(curve: Sequence[CurvePoint]) -> CurvePicture | None:
    """Place the curve; None where no stretch has visits enough to be shown."""
    effects = [point.effect for point in curve if point.effect is not None]
    if not effects:
        return None
    top = max(LEAST_REACH, *(effect.high for effect in effects))
    bottom = min(-LEAST_REACH, *(effect.low for effect in effects))

    def fall(points: float) -> float:
        return round(MARGIN + (top - points) / (top - bottom) * (HEIGHT - 2 * MARGIN), 1)

    step = WIDTH / len(curve)
    return CurvePicture(
        WIDTH,
        HEIGHT,
        fall(0),
        top,
        bottom,
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
