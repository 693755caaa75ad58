"""The effect of a training (LN-06): trained against untrained people, after against before.

Both groups live through the same seasons, auditors and standards; so the change of the trained less the
change of the others is what the training may have done. From twenty people a group a mixed model takes out
auditors, shops, scenarios and months, and follows the effect over the months since; below that, Welch's
interval of the difference between the two mean changes, person by person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf, sqrt
from statistics import fmean, variance
from typing import Final, Literal

from scipy.special import stdtrit

from reports.crossed_design import ModelError
from reports.estimates import USUAL_LEVEL
from reports.lenses.event_curve import CurvePoint, Effect, fit_curve
from reports.lenses.training_rows import Change, Group, TimedVisit, TrainingVisit, find_changes, place_visits

PEOPLE_NEEDED: Final = 5  # CP-04: means of a team
PEOPLE_FOR_MODEL: Final = 20  # a group

EffectState = Literal["shown", "not_enough_people", "cannot_be_told"]
EffectMethod = Literal["model", "differences"]
Refresher = Literal["due", "not_due", "no_effect_seen", "unknown"]


@dataclass(frozen=True)
class GroupFacts:
    """What was seen in one group, of the people who were visited on both sides of the training.

    Means are over people, in points, None while there are fewer than five.
    """

    people: int
    before: float | None
    after: float | None
    visits_before: int
    visits_after: int

    @property
    def change(self) -> float | None:
        """After less before."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class TrainingEffect:
    """What a training did, how surely, for how long, and the facts behind it."""

    state: EffectState
    method: EffectMethod | None
    trained: GroupFacts
    control: GroupFacts
    effect: Effect | None
    curve: tuple[CurvePoint, ...]
    refresher: Refresher
    needed: int = PEOPLE_NEEDED


def measure_effect(visits: Sequence[TrainingVisit], trained: Mapping[str, date]) -> TrainingEffect:
    """Measure what a training did to the people who were trained on these days, against all others.

    Raises ValueError where nobody was trained.
    """
    placed = place_visits(visits, trained)
    changes: dict[Group, list[Change]] = {
        "trained": find_changes(placed, "trained"),
        "control": find_changes(placed, "control"),
    }
    facts = {group: _state_facts(placed, group, changes[group]) for group in changes}
    fewest = min(len(each) for each in changes.values())
    state: EffectState = "shown"
    method: EffectMethod | None = None
    effect: Effect | None = None
    curve: tuple[CurvePoint, ...] = ()
    if fewest < PEOPLE_NEEDED:
        state = "not_enough_people"
    elif fewest < PEOPLE_FOR_MODEL:
        method, effect = "differences", compare_changes(changes["trained"], changes["control"])
    else:
        method = "model"
        try:
            effect, curve = fit_curve(placed)
        except ModelError:
            state = "cannot_be_told"
    return TrainingEffect(
        state, method, facts["trained"], facts["control"], effect, curve, remind_to_refresh(curve)
    )


def compare_changes(trained: Sequence[Change], control: Sequence[Change]) -> Effect:
    """Return the difference between two mean changes with Welch's 90 % interval.

    Raises ValueError for a group of fewer than two people.
    """
    if min(len(trained), len(control)) < 2:
        raise ValueError("two people a group are needed to know how people differ")
    groups = [[change.points for change in group] for group in (trained, control)]
    value = fmean(groups[0]) - fmean(groups[1])
    shares = [variance(group) / len(group) for group in groups]
    error = sqrt(sum(shares))
    if error == 0:
        return Effect(value, value, value)
    freedom = sum(shares) ** 2 / sum(
        share**2 / (len(group) - 1) for share, group in zip(shares, groups, strict=True)
    )
    reach = float(stdtrit(freedom, (1 + USUAL_LEVEL) / 2)) * error
    return Effect(value, value - reach, value + reach)


def remind_to_refresh(curve: Sequence[CurvePoint]) -> Refresher:
    """Tell whether a refresher is due: there was an effect once, and now its interval reaches zero.

    "unknown" where no stretch of time has visits enough, "no_effect_seen" where none ever stood above zero.
    """
    lows = [point.effect.low for point in curve if point.effect is not None]
    if not lows:
        return "unknown"
    if lows[-1] > 0:
        return "not_due"
    return "due" if max(lows, default=-inf) > 0 else "no_effect_seen"


def _state_facts(placed: Sequence[TimedVisit], group: Group, changes: Sequence[Change]) -> GroupFacts:
    people = {change.employee for change in changes}
    sides = [each.side for each in placed if each.group == group and each.visit.employee in people]
    enough = len(changes) >= PEOPLE_NEEDED
    return GroupFacts(
        people=len(changes),
        before=fmean(change.before for change in changes) if enough else None,
        after=fmean(change.after for change in changes) if enough else None,
        visits_before=sides.count("before"),
        visits_after=sides.count("after"),
    )
