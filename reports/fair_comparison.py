"""Fair comparison of staff: from visits to figures, states and reasons (CP-02 to CP-07).

`fit_fairly` is the expensive part and never fails on data: where no model can be fitted, the comparison says
why. One fitted model answers for both figures, for pairs, and (to the programme lead) for auditors; what a
page shows of it is chosen afterwards, so that people are judged with all visits of the programme behind them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from reports.comparison import COVERAGE_NEEDED, EASY_SHARE, VISITS_NEEDED, collation_key
from reports.crossed_design import ModelError
from reports.crossed_model import CrossedFit, fit_model
from reports.estimates import CALLED_FROM, is_called
from reports.fair_factors import FactorChoice, choose_factors
from reports.fair_people import PeopleFigures
from reports.fair_regions import Regions
from reports.fair_rows import (
    NA_SHARE,
    RELIABLE_PERCENT,
    AuditorReport,
    FairComparison,
    FairPerson,
    FairVisit,
    FairWarning,
    Figure,
    PairComparison,
    Reason,
)
from reports.fair_scores import CUSTOMER_GOT, describe_person
from reports.fair_severity import list_severities
from reports.reliability import find_reliability, find_visits_needed
from reports.variance_integration import LEAST_PEOPLE, fit_programme

FULL_MARKS: Final = 100.0
RELIABLE: Final = RELIABLE_PERCENT / 100  # what visits_needed is asked for
SEE_CUSTOMER: Final = ("other_regions", "one_person_a_shop")  # reasons that send to the other figure
MOST_VISITS: Final = 12  # up to which reliability is listed


@dataclass(frozen=True)
class FairModel:
    """Visits with the model fitted to them; `reml` is the plain fit, `fit` what figures come from (CP-05)."""

    visits: tuple[FairVisit, ...]  # all, counted or not, by id
    counted: tuple[FairVisit, ...]
    choice: FactorChoice
    reml: CrossedFit | None
    fit: CrossedFit | None
    why_not: Reason | None

    def describe(
        self, figure: Figure, *, people: Collection[str] | None = None, standings: bool = True
    ) -> FairComparison:
        """Return everybody's figures, or those of some people, alphabetically (CP-03).

        Without `standings` nobody is set beside others, which spares time where there are thousands of shops.
        """
        why_not = self._refuse(figure)
        sds = _list_sds(self.fit)
        known = sds if why_not is None else {}
        signal = tuple(name for name in ("employee", *self._keep(figure)) if name in sds)
        same = () if figure == "customer" else ("shop",)
        return FairComparison(
            figure=figure,
            people=self._list_people(figure, people, standings),
            why_not=why_not,
            criterion=None if self.reml is None else self.reml.deviance,
            mean=None if self.reml is None else self.reml.mean,
            sds=sds or self.reml_sds,
            called_from=self.called_from,
            reliability={
                count: find_reliability(known, count, signal=signal, same=same)
                for count in range(1, MOST_VISITS + 1)
                if known
            },
            visits_needed=find_visits_needed(known, RELIABLE, signal=signal, same=same) if known else None,
            counted=tuple(visit.visit for visit in self.counted),
            too_little=tuple(
                visit.visit
                for visit in self.visits
                if visit.base is not None and visit.coverage < COVERAGE_NEEDED
            ),
            not_scored=tuple(visit.visit for visit in self.visits if visit.base is None),
            link_share=self.regions.link_share,
            across_regions=self.regions.find_obstacle(),
            warnings=(*self.choice.notes, *_find_warnings(self.counted)),
        )

    def compare_pair(self, one: str, other: str, figure: Figure) -> PairComparison:
        """Set two employees side by side (CP-02, CP-03); raises KeyError for one without a counted visit."""
        obstacle = self._find_obstacle(one, other, figure)
        if self.fit is None or obstacle is not None:
            return PairComparison(one, other, figure, "not_comparable", why_not=obstacle)
        keep = self._keep(figure)
        apart = self.fit.compare(
            describe_person(self.fit.design, one, keep=keep),
            describe_person(self.fit.design, other, keep=keep),
        )
        low, high = apart.find_intervals()
        chance = float(apart.find_chances_above()[0])
        return PairComparison(
            one,
            other,
            figure,
            "called" if is_called(chance, self.called_from) else "untold",
            chance=chance,
            difference=float(apart.values[0]),
            low=float(low[0]),
            high=float(high[0]),
        )

    def report_auditors(self) -> AuditorReport:
        """Return the severity of each auditor and what links the regions: for the programme lead only."""
        return AuditorReport(
            list_severities(self.fit, self.counted, self.called_from),
            self.regions.count_links(),
            self.regions.link_share,
            self.why_not,
        )

    @property
    def reml_sds(self) -> Mapping[str, float]:
        """The sds of the plain fit in points, which other programs give too; empty where there is none."""
        return _list_sds(self.reml)

    @property
    def called_from(self) -> float:
        """The chance from which this programme calls a difference (CP-03)."""
        return CALLED_FROM if self.fit is None else self.fit.called_from

    @cached_property
    def regions(self) -> Regions:
        """The regions of the counted visits."""
        return Regions(self.counted)

    @cached_property
    def by_employee(self) -> Mapping[str, tuple[FairVisit, ...]]:
        """The counted visits of each employee."""
        found: dict[str, list[FairVisit]] = {}
        for visit in self.counted:
            found.setdefault(visit.employee, []).append(visit)
        return {employee: tuple(own) for employee, own in found.items()}

    def _refuse(self, figure: Figure) -> Reason | None:
        return self.why_not or self.choice.refused.get(figure)

    def _keep(self, figure: Figure) -> tuple[str, ...]:
        wanted = CUSTOMER_GOT if figure == "customer" else ()
        return tuple(name for name in wanted if name in self.choice.observations.random)

    def _list_people(
        self, figure: Figure, people: Collection[str] | None, standings: bool
    ) -> tuple[FairPerson, ...]:
        fit = None if self._refuse(figure) else self.fit
        all_visits: dict[str, list[FairVisit]] = {}
        for visit in self.visits:
            if people is None or visit.employee in people:
                all_visits.setdefault(visit.employee, []).append(visit)
        names = {employee: own[-1].employee_name for employee, own in all_visits.items()}
        shown = sorted(names, key=lambda employee: (collation_key(names[employee]), employee))
        figures = PeopleFigures(self.by_employee, fit, figure, self._keep(figure), self.called_from)
        asked = {employee: names[employee] for employee in shown}
        return tuple(figures.list_people(asked, standings=standings))

    def _find_obstacle(self, one: str, other: str, figure: Figure) -> Reason | None:
        obstacle = self._find_own_obstacle(one, other, figure)
        if obstacle is not None and obstacle.code in SEE_CUSTOMER:
            # What the customer got is no advice to a reader whom that would send back.
            return self._find_own_obstacle(one, other, "customer") or obstacle
        return obstacle

    def _find_own_obstacle(self, one: str, other: str, figure: Figure) -> Reason | None:
        if one == other:
            return Reason("same_person")
        first, second = self.by_employee[one], self.by_employee[other]
        refused = self._refuse(figure)
        fewest = min(len(first), len(second))
        if refused is None and fewest < VISITS_NEEDED:
            return Reason("not_enough_visits", fewest, VISITS_NEEDED)
        some, others = ({visit.region for visit in own} for own in (first, second))
        if refused is None and figure == "colleagues" and not some & others:
            return Reason("other_regions")
        return refused or self.regions.find_obstacle_between(some, others)


def fit_fairly(visits: Sequence[FairVisit]) -> FairModel:
    """Fit the model to the visits that count; where it cannot be fitted, the result says why."""
    ordered = tuple(sorted(visits, key=lambda visit: visit.visit))
    counted = tuple(v for v in ordered if v.base is not None and v.coverage >= COVERAGE_NEEDED)
    choice = choose_factors(counted)
    people = len({visit.employee for visit in counted})
    if not counted:
        return FairModel(ordered, counted, choice, None, None, Reason("no_visits"))
    try:
        reml = fit_model(choice.observations)
    except ModelError as error:
        reason = Reason(error.reason, factors=error.factors)
        return FairModel(ordered, counted, choice, None, None, reason)
    if people < LEAST_PEOPLE:
        reason = Reason("not_enough_people", people, LEAST_PEOPLE)
        return FairModel(ordered, counted, choice, reml, None, reason)
    return FairModel(ordered, counted, choice, reml, fit_programme(choice.observations, reml=reml), None)


def _list_sds(fit: CrossedFit | None) -> Mapping[str, float]:
    """List what the visits tell of: a factor with a single level is part of the mean, and has no spread."""
    if fit is None:
        return {}
    single = {name for name, factor in fit.design.factors.items() if len(factor.levels) < 2}
    return {name: sd for name, sd in fit.sds.items() if name not in single}


def _find_warnings(counted: Sequence[FairVisit]) -> list[FairWarning]:
    """CP-07 for the whole programme; where a base is not in percent, nothing is said of full marks."""
    bases = [visit.base for visit in counted if visit.base is not None]
    if not bases:
        return []
    found = []
    off = sum(not 0 <= base <= FULL_MARKS for base in bases)
    full = sum(base >= FULL_MARKS for base in bases)
    if off:
        found.append(FairWarning("off_scale", off / len(bases)))
    elif full > EASY_SHARE * len(bases):
        found.append(FairWarning("too_easy", full / len(bases)))
    not_applicable = sum(visit.na_share for visit in counted) / len(counted)
    if not_applicable > NA_SHARE:
        found.append(FairWarning("many_not_applicable", not_applicable))
    return found
