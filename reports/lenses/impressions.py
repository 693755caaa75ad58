"""Three impressions (LN-03): what was expected before entering, and how process and result were felt after.

An expectation that was rated when the visit was over is coloured by the visit, so it is set aside and said
to be so. Ratings are percent of their scale.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from reports.consistency import Interval, wilson_interval

DISAPPOINTED_AT: Final = Fraction(-25)  # points of result less expectation
VISITS_NEEDED: Final = 3  # CP-04

ImpressionState = Literal["shown", "not_enough_visits", "not_rated"]


@dataclass(frozen=True)
class RatedVisit:
    """What one visit's auditor felt, 0 to 100, None where it was not asked or did not apply.

    `expected_before` says that the expectation bears a time before entering.
    """

    visit: str
    expectation: Fraction | None
    process: Fraction | None
    result: Fraction | None
    expected_before: bool


@dataclass(frozen=True)
class MeanOf:
    """A mean and the visits it comes from; None where there are none."""

    value: Fraction | None
    visits: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many visits the mean comes from."""
        return len(self.visits)


@dataclass(frozen=True)
class Impressions:
    """Means of the three ratings and of their gaps, and who went away disappointed.

    The gaps are means over visits in which both ratings are known, so they need not be differences of the
    three means. `interval` is the 90 % Wilson interval of the share that was disappointed.
    """

    state: ImpressionState
    expectation: MeanOf
    process: MeanOf
    result: MeanOf
    process_gap: MeanOf
    result_gap: MeanOf
    disappointed: tuple[str, ...]
    interval: Interval | None
    rated_late: tuple[str, ...]
    needed: int = VISITS_NEEDED


def measure_impressions(visits: Sequence[RatedVisit]) -> Impressions:
    """Measure the three impressions over visits in any order."""
    result_gap = _average(visits, find_result_gap)
    disappointed = tuple(each.visit for each in visits if is_disappointed(each))
    state: ImpressionState = "shown"
    if result_gap.count < VISITS_NEEDED:
        state = "not_enough_visits" if result_gap.count else "not_rated"
    shown = state == "shown"
    return Impressions(
        state=state,
        expectation=_average(visits, _expectation_before),
        process=_average(visits, lambda each: each.process),
        result=_average(visits, lambda each: each.result),
        process_gap=_average(visits, lambda each: _subtract(each.process, _expectation_before(each))),
        result_gap=result_gap,
        disappointed=disappointed,
        interval=wilson_interval(len(disappointed), result_gap.count) if shown else None,
        rated_late=tuple(
            each.visit for each in visits if each.expectation is not None and not each.expected_before
        ),
    )


def find_result_gap(visit: RatedVisit) -> Fraction | None:
    """Return result less expectation, in points; None where either is unknown or was rated too late."""
    return _subtract(visit.result, _expectation_before(visit))


def is_disappointed(visit: RatedVisit) -> bool:
    """Tell whether the result fell short of the expectation by 25 points or more."""
    gap = find_result_gap(visit)
    return gap is not None and gap <= DISAPPOINTED_AT


def _expectation_before(visit: RatedVisit) -> Fraction | None:
    return visit.expectation if visit.expected_before else None


def _subtract(value: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if value is None or other is None else value - other


def _average(visits: Sequence[RatedVisit], read: Callable[[RatedVisit], Fraction | None]) -> MeanOf:
    known = [(each.visit, value) for each in visits if (value := read(each)) is not None]
    if not known:
        return MeanOf(None, ())
    total = sum((value for _, value in known), Fraction(0))
    return MeanOf(total / len(known), tuple(visit for visit, _ in known))
