"""Consistency (LN-01): how many visits reach the satisfactory level, how sure that is, and what WOW may say.

Satisfactory contacts come first and WOW later: one WOW raises expectations that the next ordinary visit
disappoints. Each visit is judged by the level of the checklist version that it was walked on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import Final, Literal

from checklists.scorecard import ENOUGH_COVERAGE

SATISFACTORY: Final = 70  # percent, where a checklist does not say otherwise
CONFIDENCE: Final = 0.9
VISITS_NEEDED: Final = 3  # CP-04: under three visits there are facts only
WOW_RUN_NEEDED: Final = 4  # so many last visits in a row have to be satisfactory before WOW counts
LAST_VISITS: Final = 6  # how far back the reason looks when WOW does not count

ConsistencyState = Literal["shown", "not_enough_visits"]
WowState = Literal["counted", "not_counted", "not_enough_visits", "not_offered"]


@dataclass(frozen=True)
class JudgedVisit:
    """What consistency needs to know about one visit; percents may be exact fractions or doubles.

    `wow` is None where the checklist version offers no WOW bonus.
    """

    visit: str  # uuid of the visit
    visited_on: date
    base: Fraction | float | None
    coverage: Fraction | float  # share of 1
    knocked_out: bool
    satisfactory: Fraction | float = SATISFACTORY
    wow: bool | None = None

    @property
    def is_counted(self) -> bool:
        """Whether the visit has a score and enough of it was assessed (SC-08)."""
        return self.base is not None and self.coverage >= ENOUGH_COVERAGE

    @property
    def is_satisfactory(self) -> bool:
        """Whether the base score reaches the satisfactory level and nothing was knocked out."""
        return self.base is not None and self.base >= self.satisfactory and not self.knocked_out


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, shares of 1."""

    low: float
    high: float


@dataclass(frozen=True)
class WowStanding:
    """Whether WOW counts yet; tuples name visits by date.

    `visits` are those the state rests on: the satisfactory run at the end where WOW is counted, the last
    few visits where it is not. `shown` is those of the run in which WOW was seen.
    """

    state: WowState
    visits: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Consistency:
    """The visits that reached the satisfactory level and those that did not, each by date.

    `interval` is the 90 % Wilson interval of the share, None while there are too few visits to give one.
    """

    state: ConsistencyState
    satisfactory: tuple[str, ...]
    below: tuple[str, ...]
    left_out: tuple[str, ...]  # not scored, or too little of them was assessed
    interval: Interval | None
    wow: WowStanding

    @property
    def count(self) -> int:
        """How many visits the share is of."""
        return len(self.satisfactory) + len(self.below)


def measure_consistency(visits: Sequence[JudgedVisit]) -> Consistency:
    """Measure the consistency of one employee, unit or programme over visits in any order."""
    ordered = sorted(visits, key=lambda each: (each.visited_on, each.visit))
    counted = [each for each in ordered if each.is_counted]
    satisfactory = tuple(each.visit for each in counted if each.is_satisfactory)
    enough = len(counted) >= VISITS_NEEDED
    return Consistency(
        state="shown" if enough else "not_enough_visits",
        satisfactory=satisfactory,
        below=tuple(each.visit for each in counted if not each.is_satisfactory),
        left_out=tuple(each.visit for each in ordered if not each.is_counted),
        interval=wilson_interval(len(satisfactory), len(counted)) if enough else None,
        wow=_judge_wow(counted),
    )


def wilson_interval(successes: int, total: int, *, confidence: float = CONFIDENCE) -> Interval:
    """Give the Wilson score interval of a share: six of six is at least 69 %, not 100 %.

    Raises ValueError unless 0 <= successes <= total and total > 0.
    """
    if not 0 <= successes <= total or total == 0:
        raise ValueError(f"{successes} of {total} is not a share")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = successes / total
    middle = share + z * z / (2 * total)
    reach = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    # At the ends the formula gives exactly 0 and 1; doubles would miss them by a hair.
    low = 0.0 if successes == 0 else (middle - reach) / scale
    high = 1.0 if successes == total else (middle + reach) / scale
    return Interval(low, high)


def _judge_wow(counted: Sequence[JudgedVisit]) -> WowStanding:
    """Count WOW over the satisfactory run at the end, once that is long enough."""
    if all(each.wow is None for each in counted):
        return WowStanding("not_offered" if counted else "not_enough_visits")
    if len(counted) < WOW_RUN_NEEDED:
        return WowStanding("not_enough_visits", tuple(each.visit for each in counted))
    run = _last_run(counted)
    if len(run) < WOW_RUN_NEEDED:
        last = counted[-LAST_VISITS:]
        below = tuple(each.visit for each in last if not each.is_satisfactory)
        return WowStanding("not_counted", tuple(each.visit for each in last), below=below)
    offered = [each for each in run if each.wow is not None]
    if not offered:
        return WowStanding("not_offered")
    shown = tuple(each.visit for each in offered if each.wow)
    return WowStanding("counted", tuple(each.visit for each in offered), shown)


def _last_run(counted: Sequence[JudgedVisit]) -> list[JudgedVisit]:
    """The satisfactory visits at the end with none below between them."""
    run: list[JudgedVisit] = []
    for each in reversed(counted):
        if not each.is_satisfactory:
            break
        run.append(each)
    return run[::-1]
