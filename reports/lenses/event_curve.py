"""How the effect of a training runs over the months since (LN-06), from one crossed mixed model.

Scores depend on the calendar month, which both groups live through, on scenario and version, on belonging to
the trained at all (they need not have started alike), and, for the trained, on how long ago the training
was. People, the two stretches of each person's time, auditors and shops vary at random. The stretches are
there because people do not all change alike; without them the interval would be too narrow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np

from reports.contrasts import Contrast
from reports.crossed_design import Design, ModelError, Observations, lay_out
from reports.crossed_model import CrossedFit, fit_model
from reports.estimates import Estimates
from reports.lenses.training_rows import TimedVisit, add_months, keep_shared_months, name_month

VISITS_NEEDED: Final = 30  # a stretch of the curve
STARTS: Final[tuple[int, ...]] = (
    0,
    1,
    2,
    3,
    6,
)  # months since the training; each stretch ends where the next begins
TRAINED: Final = "trained"
UNTELLABLE: Final = ("one_score_each", "confounded")

PointState = Literal["shown", "not_enough_visits"]


@dataclass(frozen=True)
class Effect:
    """A difference in points with its 90 % interval."""

    value: float
    low: float
    high: float

    @property
    def is_told(self) -> bool:
        """Whether the interval keeps clear of zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class CurvePoint:
    """The effect in one stretch of months since the training; `until` is None in the last, open one."""

    since: int
    until: int | None
    state: PointState
    visits: tuple[str, ...]  # of trained people in this stretch
    people: int
    effect: Effect | None


def fit_curve(placed: Sequence[TimedVisit]) -> tuple[Effect, tuple[CurvePoint, ...]]:
    """Fit the model; return the effect over all visits after the training, and the curve.

    Raises ModelError where the visits cannot tell the training from everything else.
    """
    kept = keep_shared_months(placed)
    stretches = [_find_stretch(each) for each in kept]
    used = [start for start in STARTS if start in stretches]
    if not used:
        raise ModelError("aliased", TRAINED)
    fit = _fit_with_what_can_be_told(_describe(kept, stretches, used))
    _check_told(fit.design, used)
    counts = {start: stretches.count(start) for start in used}
    total = sum(counts.values())
    overall = Contrast(covariates={_name(start): count / total for start, count in counts.items()})
    singles = [Contrast(covariates={_name(start): 1.0}) for start in used]
    figures = _read_effects(fit.estimate_jointly([overall, *singles]).separate())
    by_start = dict(zip(used, figures[1:], strict=True))
    return figures[0], tuple(_draw_point(start, kept, stretches, by_start) for start in STARTS)


def _find_stretch(each: TimedVisit) -> int | None:
    """Return the month with which the stretch of a visit begins; None where nobody was trained before it."""
    if each.since is None or each.side == "before":
        return None
    return find_stretch(each.since, each.visit.day)


def find_stretch(trained_on: date, day: date) -> int:
    """Return the month with which the stretch of a day after a training begins."""
    return max(start for start in STARTS if day >= add_months(trained_on, start))


def _describe(
    kept: Sequence[TimedVisit], stretches: Sequence[int | None], used: Sequence[int]
) -> Observations:
    fixed = {
        "month": [name_month(each.visit.day) for each in kept],
        "scenario": [each.visit.scenario for each in kept],
        "version": [each.visit.version for each in kept],
    }
    covariates = {TRAINED: [float(each.group == TRAINED) for each in kept]}
    covariates |= {_name(start): [float(stretch == start) for stretch in stretches] for start in used}
    return Observations(
        scores=[each.visit.base for each in kept],
        random={
            "employee": [each.visit.employee for each in kept],
            "stretch": [f"{each.visit.employee} {each.side}" for each in kept],
            "auditor": [each.visit.auditor for each in kept],
            "shop": [each.visit.shop for each in kept],
        },
        fixed=fixed,
        covariates=covariates,
    )


def _fit_with_what_can_be_told(observations: Observations) -> CrossedFit:
    """Fit with as many random factors as these visits can tell apart; people are always among them."""
    random: dict[str, Sequence[str]] = dict(observations.random)
    while True:
        try:
            return fit_model(
                Observations(observations.scores, random, observations.fixed, observations.covariates)
            )
        except ModelError as error:
            spare = [name for name in error.factors if name != "employee"]
            if error.reason not in UNTELLABLE or not spare:
                raise
            del random[spare[-1]]


def _check_told(design: Design, used: Sequence[int]) -> None:
    """Refuse a design in which the months since the training can be put together from other columns."""
    own = {_name(start) for start in used}
    others = {name: values for name, values in design.observations.covariates.items() if name not in own}
    without = lay_out(
        Observations(
            design.observations.scores, design.observations.random, design.observations.fixed, others
        )
    )
    if design.fixed.shape[1] - without.fixed.shape[1] < len(own):
        raise ModelError("aliased", TRAINED)


def _read_effects(estimates: Estimates) -> list[Effect]:
    low, high = estimates.find_intervals()
    return [
        Effect(float(value), float(least), float(most))
        for value, least, most in zip(estimates.values, np.atleast_1d(low), np.atleast_1d(high), strict=True)
    ]


def _draw_point(
    start: int,
    kept: Sequence[TimedVisit],
    stretches: Sequence[int | None],
    effects: Mapping[int, Effect],
) -> CurvePoint:
    own = [each.visit for each, stretch in zip(kept, stretches, strict=True) if stretch == start]
    enough = len(own) >= VISITS_NEEDED
    return CurvePoint(
        since=start,
        until=next((later for later in STARTS if later > start), None),
        state="shown" if enough else "not_enough_visits",
        visits=tuple(visit.visit for visit in own),
        people=len({visit.employee for visit in own}),
        effect=effects[start] if enough else None,
    )


def _name(start: int) -> str:
    return f"months since {start}"
