"""The scale of a chart: what lies between its edges, where its ticks stand, where a value falls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import ceil, floor
from typing import Final

from checklists.localtext import Language
from reports.numbers import format_number

PERCENT: Final = (0.0, 100.0)
LEAST_SPAN: Final = 20.0  # points; a smaller difference is not blown up to fill the picture
MOST_TICKS: Final = 6  # as many figures as stand side by side on a phone
STEPS: Final = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0)
EXACT: Final = 1e-9  # an end that is a tick but for binary noise stays where it is
EDGE: Final = 0.04  # share of the width that stays free on either side, so that no dot is cut


@dataclass(frozen=True)
class Scale:
    """A line from `low` to `high` with a tick every `step`; both ends are ticks."""

    low: float
    high: float
    step: float

    @cached_property
    def ticks(self) -> tuple[float, ...]:
        """The values of the ticks, from the lowest."""
        return tuple(self.low + number * self.step for number in range(self._count + 1))

    def place(self, value: float) -> float:
        """Return how far along the picture a value stands, as a share of 1; values outside stay at an end."""
        share = (value - self.low) / (self.high - self.low)
        return EDGE + (1 - 2 * EDGE) * min(max(share, 0.0), 1.0)

    def across(self, value: float) -> str:
        """Write the place of a value from the left, as a share of whatever width the picture has."""
        return write_share(self.place(value))

    def between(self, low: float, high: float) -> str:
        """Write the width of what lies between two values, as far as it lies within the picture."""
        return write_share(self.place(high) - self.place(low))

    def write_tick(self, tick: float, language: Language) -> str:
        """Write the figure of a tick in a language, with no more decimals than the steps need."""
        return format_number(Decimal(str(round(tick, 6))), language, places=0 if self.step >= 1 else 1)

    @property
    def _count(self) -> int:
        return round((self.high - self.low) / self.step)


def choose_scale(
    values: Iterable[float], *, within: tuple[float, float] | None = PERCENT, least: float = LEAST_SPAN
) -> Scale:
    """Choose the scale for values: it holds them all, spans `least` or more and begins and ends on a tick.

    With `within` it never leaves these bounds, and a limit beyond them ends at the edge of the picture. Ends
    that are not on zero are honest for dots, which are read by place; do not draw bars from the edge.
    """
    known = list(values)
    low, high = (min(known), max(known)) if known else (0.0, least)
    if within is not None:
        low, high = (min(max(end, within[0]), within[1]) for end in (low, high))
    missing = max(0.0, least - (high - low))
    low, high = low - missing / 2, high + missing / 2
    if within is not None and low < within[0]:
        low, high = within[0], high + within[0] - low
    if within is not None and high > within[1]:
        low, high = max(within[0], low + within[1] - high), within[1]
    return _settle(low, high)


def part_neighbours(places: Sequence[float], *, gap: float, last: float) -> list[float]:
    """Move places, given in their order, apart by `gap` or more, and none of them beyond `last`."""
    parted = list(places)
    for index in range(1, len(parted)):
        parted[index] = max(parted[index], parted[index - 1] + gap)
    # What was pushed over the edge pushes its neighbours back.
    limit = last
    for index in reversed(range(len(parted))):
        parted[index] = min(parted[index], limit)
        limit = parted[index] - gap
    return parted


def write_share(share: float) -> str:
    """Write a share of 1 as a length of a drawing: 0.25 is 25.00%."""
    return f"{100 * share:.2f}%"


def _settle(low: float, high: float) -> Scale:
    """Move the ends outwards to the ticks of the smallest step that does not crowd them."""
    step = next((each for each in STEPS if _count_ticks(low, high, each) <= MOST_TICKS), (high - low) / 2)
    return Scale(floor(low / step + EXACT) * step, ceil(high / step - EXACT) * step, step)


def _count_ticks(low: float, high: float, step: float) -> int:
    return ceil(high / step - EXACT) - floor(low / step + EXACT) + 1
