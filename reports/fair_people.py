"""One row a person: raw and fair score, interval, waterfall, and where the person stands beside others."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import Literal

from reports.comparison import VISITS_NEEDED
from reports.contrasts import Contrast
from reports.crossed_model import CrossedFit
from reports.estimates import Estimates, is_called
from reports.fair_regions import find_home
from reports.fair_rows import NA_SHARE, FairPerson, FairVisit, FairWarning, Figure, Standing
from reports.fair_scores import describe_person, estimate_fair_scores
from reports.waterfall import WaterfallTotals, find_totals

Place = Literal["shop", "region"]


@dataclass(frozen=True)
class PeopleFigures:
    """The figures of people under a fitted model; without one (`fit` is None) facts alone."""

    by_employee: Mapping[str, tuple[FairVisit, ...]]  # counted visits
    fit: CrossedFit | None
    figure: Figure
    keep: tuple[str, ...]
    called_from: float

    def list_people(self, names: Mapping[str, str], *, standings: bool = True) -> Iterator[FairPerson]:
        """Yield the row of each of these employees, in the order given."""
        shown = [employee for employee in names if employee in self.modelled]
        limits = self._find_limits(shown)
        beside = self._find_standings(shown) if standings else {}
        for employee, name in names.items():
            yield self._describe(employee, name, limits.get(employee), beside.get(employee))

    @cached_property
    def modelled(self) -> frozenset[str]:
        """Everybody with a figure: from three visits on (CP-04), where there is a model."""
        return frozenset(
            employee
            for employee, own in self.by_employee.items()
            if self.fit is not None and len(own) >= VISITS_NEEDED
        )

    @property
    def beside(self) -> Place:
        """Beside whom people stand: shop colleagues, or for what the customer got the region (CP-02)."""
        return "shop" if self.figure == "colleagues" else "region"

    def _describe(
        self,
        employee: str,
        name: str,
        limits: tuple[float, float, float] | None,
        standing: Standing | None,
    ) -> FairPerson:
        own = self.by_employee.get(employee, ())
        fair, low, high = limits or (None, None, None)
        few = len(own) < VISITS_NEEDED
        return FairPerson(
            employee=employee,
            name=name,
            shops=tuple(sorted({visit.shop for visit in own})),
            regions=tuple(sorted({visit.region for visit in own})),
            visits=tuple(visit.visit for visit in own),
            auditors=len({visit.auditor for visit in own}),
            state="shown" if limits else "not_enough_visits" if few else "not_modelled",
            needed=VISITS_NEEDED,
            raw=fmean(visit.base for visit in own if visit.base is not None) if own else None,
            fair=fair,
            low=low,
            high=high,
            standing=standing,
            waterfall=self._totals.build(employee) if limits and self._totals else None,
            warnings=tuple(_find_warnings(own)),
        )

    @cached_property
    def _totals(self) -> WaterfallTotals | None:
        return None if self.fit is None else find_totals(self.fit, keep=self.keep)

    def _find_limits(self, shown: Sequence[str]) -> dict[str, tuple[float, float, float]]:
        if self.fit is None or not shown:
            return {}
        scores = estimate_fair_scores(self.fit, shown, keep=self.keep)
        low, high = scores.find_intervals()
        numbers = zip(scores.values.tolist(), low.tolist(), high.tolist(), strict=True)
        return dict(zip(shown, numbers, strict=True))

    def _find_standings(self, shown: Sequence[str]) -> dict[str, Standing]:
        """Set each person beside the mean of the others of the same place who have a figure."""
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for employee in sorted(self.modelled):
            groups[find_home(self.by_employee[employee], self.beside)].append(employee)
        asked = set(shown)
        together = [group for group in groups.values() if len(group) > 1 and not asked.isdisjoint(group)]
        some = [
            (person, number) for number, group in enumerate(together) for person in group if person in asked
        ]
        if self.fit is None or not some:
            return {}
        contrasts = {
            person: describe_person(self.fit.design, person, keep=self.keep)
            for group in together
            for person in group
        }
        apart = self.fit.estimate_each(
            [contrasts[person] for person, _ in some],
            baselines=[_negate_mean([contrasts[person] for person in group]) for group in together],
            chosen=[number for _, number in some],
        )
        sizes = [len(together[number]) for _, number in some]
        standings = self._describe_standings(apart, sizes)
        return {person: standing for (person, _), standing in zip(some, standings, strict=True)}

    def _describe_standings(self, apart: Estimates, sizes: Sequence[int]) -> Iterator[Standing]:
        """Describe how far people are from the mean of their groups, of these sizes, the person among them.

        The mean of the others lies n / (n - 1) times as far away.
        """
        low, high = apart.find_intervals()
        chances = apart.find_chances_above()
        for number, (size, chance) in enumerate(zip(sizes, chances.tolist(), strict=True)):
            side: Literal["above", "below"] = "above" if chance > 0.5 else "below"
            stretch = size / (size - 1)
            yield Standing(
                state=side if is_called(chance, self.called_from) else "untold",
                beside=self.beside,
                others=size - 1,
                difference=float(apart.values[number]) * stretch,
                low=float(low[number]) * stretch,
                high=float(high[number]) * stretch,
                chance=chance,
            )


def _negate_mean(contrasts: Sequence[Contrast]) -> Contrast:
    """The mean of the effects in these contrasts, to be taken away."""
    mean: defaultdict[tuple[str, str], float] = defaultdict(float)
    for contrast in contrasts:
        for level, weight in contrast.effects.items():
            mean[level] -= weight / len(contrasts)
    return Contrast(effects=dict(mean))


def _find_warnings(own: Sequence[FairVisit]) -> list[FairWarning]:
    """CP-07 for one person."""
    found = []
    if len(own) > 1 and len({visit.auditor for visit in own}) == 1:
        found.append(FairWarning("one_auditor"))
    if own and (share := fmean(visit.na_share for visit in own)) > NA_SHARE:
        found.append(FairWarning("many_not_applicable", share))
    return found
