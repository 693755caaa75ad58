"""Three impressions (LN-03): what was expected before entering, and how process and result were felt after.

An expectation that was rated when the visit was over is coloured by the visit, so it is set aside and said
to be so. Ratings are percent of their scale.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from checklists.exact import round_half_up
from reports.consistency import Interval, wilson_interval

DISAPPOINTED_AT: Final = Fraction(-25)  # points of result less expectation
VISITS_NEEDED: Final = 3  # CP-04
PRINTED_PLACES: Final = 1

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
    """Means of the three ratings over the same visits, their gaps, and who went away disappointed.

    Gaps are differences of the means as printed, so that a reader who subtracts gets them. `left_out` are
    visits in which something else was rated than what is compared, those rated too late apart. `rated` is how
    many visits have an expectation rated in time and a result: whoever went away disappointed is one of them,
    and `interval` is the 90 % Wilson interval of that share.
    """

    state: ImpressionState
    expectation: MeanOf
    process: MeanOf
    result: MeanOf
    process_gap: MeanOf
    result_gap: MeanOf
    rated: int
    disappointed: tuple[str, ...]
    interval: Interval | None
    rated_late: tuple[str, ...]
    left_out: tuple[str, ...]
    needed: int = VISITS_NEEDED


def measure_impressions(visits: Sequence[RatedVisit]) -> Impressions:
    """Measure the three impressions over visits in any order."""
    rated = [each for each in visits if find_result_gap(each) is not None]
    compared = _choose_compared(rated)
    has_process = all(each.process is not None for each in compared)
    expectation = _average(compared, lambda each: each.expectation)
    process = _average(compared if has_process else (), lambda each: each.process)
    result = _average(compared, lambda each: each.result)
    disappointed = tuple(each.visit for each in rated if is_disappointed(each))
    late = tuple(each.visit for each in visits if each.expectation is not None and not each.expected_before)
    state: ImpressionState = "shown"
    if len(compared) < VISITS_NEEDED:
        state = "not_enough_visits" if compared else "not_rated"
    return Impressions(
        state=state,
        expectation=expectation,
        process=process,
        result=result,
        process_gap=_find_gap(process, expectation),
        result_gap=_find_gap(result, expectation),
        rated=len(rated),
        disappointed=disappointed,
        interval=wilson_interval(len(disappointed), len(rated)) if state == "shown" else None,
        rated_late=late,
        left_out=_leave_out(visits, {*result.visits, *late}),
    )


def find_result_gap(visit: RatedVisit) -> Fraction | None:
    """Return result less expectation, in points; None where either is unknown or was rated too late."""
    if visit.result is None or visit.expectation is None or not visit.expected_before:
        return None
    return visit.result - visit.expectation


def is_disappointed(visit: RatedVisit) -> bool:
    """Tell whether the result fell short of the expectation by 25 points or more."""
    gap = find_result_gap(visit)
    return gap is not None and gap <= DISAPPOINTED_AT


def _choose_compared(rated: Sequence[RatedVisit]) -> Sequence[RatedVisit]:
    """Those with all three ratings; where most have no process, all of them, without it."""
    whole = [each for each in rated if each.process is not None]
    return whole if len(whole) >= VISITS_NEEDED and 2 * len(whole) > len(rated) else rated


def _leave_out(visits: Sequence[RatedVisit], named: Collection[str]) -> tuple[str, ...]:
    """The visits with any rating that are named nowhere else."""
    return tuple(
        each.visit
        for each in visits
        if each.visit not in named and {each.expectation, each.process, each.result} != {None}
    )


def _find_gap(mean: MeanOf, expected: MeanOf) -> MeanOf:
    """How far a mean lies from the expected one, both as printed."""
    if mean.value is None or expected.value is None:
        return MeanOf(None, ())
    return MeanOf(_round(mean.value) - _round(expected.value), mean.visits)


def _round(value: Fraction) -> Fraction:
    return Fraction(round_half_up(value, PRINTED_PLACES))


def _average(visits: Sequence[RatedVisit], read: Callable[[RatedVisit], Fraction | None]) -> MeanOf:
    known = [(each.visit, value) for each in visits if (value := read(each)) is not None]
    if not known:
        return MeanOf(None, ())
    total = sum((value for _, value in known), Fraction(0))
    return MeanOf(total / len(known), tuple(visit for visit, _ in known))
