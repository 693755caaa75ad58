"""Auditors' severity with its interval, for the programme lead only (CP-06)."""

from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean
from typing import Final, Literal

from reports.contrasts import Contrast
from reports.crossed_model import CrossedFit
from reports.estimates import is_called
from reports.fair_rows import AuditorSeverity, FairVisit

VISITS_NEEDED: Final = 5  # with fewer, next to everything is shrunk away and the figure says nothing

State = Literal["generous", "strict", "untold", "not_enough_visits", "not_modelled"]


def list_severities(
    fit: CrossedFit | None, visits: Sequence[FairVisit], called_from: float
) -> tuple[AuditorSeverity, ...]:
    """Return what each auditor adds to a score against the average auditor, in the order of their keys."""
    own: defaultdict[str, list[FairVisit]] = defaultdict(list)
    for visit in visits:
        own[visit.auditor].append(visit)
    told = _estimate(fit, sorted(own), called_from)
    return tuple(_describe(auditor, own[auditor], told.get(auditor)) for auditor in sorted(own))


def _describe(
    auditor: str, own: Sequence[FairVisit], told: tuple[State, float, float, float] | None
) -> AuditorSeverity:
    state: State = "not_modelled" if told is None else told[0]
    if told is not None and len(own) < VISITS_NEEDED:
        state, told = "not_enough_visits", None
    severity, low, high = (None, None, None) if told is None else told[1:]
    return AuditorSeverity(
        auditor=auditor,
        visits=len(own),
        people=len({visit.employee for visit in own}),
        na_share=fmean(visit.na_share for visit in own),
        state=state,
        severity=severity,
        low=low,
        high=high,
    )


def _estimate(
    fit: CrossedFit | None, auditors: Sequence[str], called_from: float
) -> dict[str, tuple[State, float, float, float]]:
    if fit is None or "auditor" not in fit.design.factors or len(auditors) < 2:
        return {}
    average = {("auditor", auditor): -1 / len(auditors) for auditor in auditors}
    each = fit.estimate_each(
        [Contrast(effects={("auditor", auditor): 1.0}) for auditor in auditors],
        baselines=[Contrast(effects=average)],
    )
    low, high = each.find_intervals()
    states = [_tell(chance, called_from) for chance in each.find_chances_above().tolist()]
    numbers = zip(states, each.values.tolist(), low.tolist(), high.tolist(), strict=True)
    return dict(zip(auditors, numbers, strict=True))


def _tell(chance: float, called_from: float) -> State:
    if not is_called(chance, called_from):
        return "untold"
    return "generous" if chance > 0.5 else "strict"
