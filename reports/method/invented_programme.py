"""An invented programme whose truth is known: the method page shows what each way of counting makes of it.

People, auditors and shops are drawn once from a fixed seed. Auditors mostly stay in their own region, as they
do in real life, so a region with strict auditors looks worse than it is.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from random import Random
from statistics import fmean
from typing import Final

from reports.fair_comparison import FairModel, fit_fairly
from reports.fair_rows import FairComparison, FairPerson, FairVisit, PairComparison

SEED: Final = 2026
PEOPLE: Final = 60
SHOPS: Final = 12
REGIONS: Final = 3
AUDITORS: Final = 24
VISITS_EACH: Final = (3, 4, 5, 6, 7, 8, 9)  # in turn
AVERAGE: Final = 78.0
SDS: Final[Mapping[str, float]] = {"employee": 6.0, "auditor": 5.0, "shop": 2.5, "residual": 6.0}
LINK_CHANCE: Final = 0.3


@dataclass(frozen=True)
class KnownVisit:
    """One visit and what truly made its score: points that add up to it with the average."""

    visit: FairVisit
    employee: float
    auditor: float
    shop: float
    chance: float


@dataclass(frozen=True)
class InventedProgramme:
    """The visits, what customers truly got from each person, and the model, which knows visits alone."""

    visits: tuple[KnownVisit, ...]
    truth: Mapping[str, float]  # by employee: what customers got, by an average auditor of the programme
    model: FairModel
    comparison: FairComparison

    @property
    def judged(self) -> tuple[FairPerson, ...]:
        """Everybody with a figure."""
        return tuple(person for person in self.comparison.people if person.fair is not None)

    def find_error(self, *, of_fair: bool) -> float:
        """Return by how many points the fair score, or the plain mean, misses the truth on average."""
        return fmean(
            abs(_read(person, of_fair=of_fair) - self.truth[person.employee]) for person in self.judged
        )

    def count_covered(self) -> int:
        """Count the people whose true score lies between the limits."""
        return sum(
            person.low <= self.truth[person.employee] <= person.high
            for person in self.judged
            if person.low is not None and person.high is not None
        )

    def count_moved(self, points: float) -> int:
        """Count the people whose last visit is so many points from the first; none of them changed."""
        own: defaultdict[str, list[float]] = defaultdict(list)
        for each in self.visits:
            own[each.visit.employee].append(each.visit.base or 0.0)
        return sum(abs(bases[-1] - bases[0]) >= points for bases in own.values())

    def find_unlucky(self) -> FairPerson:
        """Return the person whom strict auditors cost the most, by what the model gives back."""
        return max(self.judged, key=lambda person: _find_step(person, "auditors"))

    def find_hard_visit(self, employee: str) -> KnownVisit:
        """Return the visit of a person by the strictest auditor who came."""
        return min(
            (each for each in self.visits if each.visit.employee == employee), key=lambda each: each.auditor
        )

    def find_called_pair(self) -> PairComparison:
        """Return the first two neighbours of the list whose difference is called."""
        return next(pair for pair in self._list_pairs() if pair.state == "called")

    def find_untold_pair(self) -> PairComparison:
        """Return the neighbours whose plain means are furthest apart while no difference can be told."""
        raw = {person.employee: _read(person, of_fair=False) for person in self.judged}
        untold = [pair for pair in self._list_pairs() if pair.state == "untold"]
        return max(untold, key=lambda pair: abs(raw[pair.one] - raw[pair.other]))

    def _list_pairs(self) -> list[PairComparison]:
        people = [person.employee for person in self.judged]
        return [self.model.compare_pair(*pair, "customer") for pair in pairwise(people)]


@lru_cache(maxsize=1)
def invent_programme() -> InventedProgramme:
    """Invent the programme and fit the model to it; the same every time, and done once a process."""
    random = Random(SEED)  # noqa: S311  # The same programme every time; nothing here is secret.
    effects = {
        kind: [random.gauss(0, SDS[kind]) for _ in range(count)]
        for kind, count in (("employee", PEOPLE), ("auditor", AUDITORS), ("shop", SHOPS))
    }
    visits = tuple(
        _draw_visit(random, effects, person, number)
        for person in range(PEOPLE)
        for number in range(VISITS_EACH[person % len(VISITS_EACH)])
    )
    level = AVERAGE + fmean(effects["auditor"])
    truth = {each.visit.employee: level + each.employee + each.shop for each in visits}
    model = fit_fairly([each.visit for each in visits])
    return InventedProgramme(visits, truth, model, model.describe("customer"))


def _draw_visit(random: Random, effects: Mapping[str, list[float]], person: int, number: int) -> KnownVisit:
    shop = person % SHOPS
    region = shop % REGIONS
    home = [auditor for auditor in range(AUDITORS) if auditor % REGIONS == region]
    auditor = random.randrange(AUDITORS) if random.random() < LINK_CHANCE else random.choice(home)
    parts = {"employee": effects["employee"][person], "auditor": effects["auditor"][auditor]}
    chance = random.gauss(0, SDS["residual"])
    base = AVERAGE + sum(parts.values()) + effects["shop"][shop] + chance
    # A score has one decimal here and never leaves the scale; what is cut off belongs to chance.
    shown = round(min(max(base, 0.0), 100.0), 1)
    return KnownVisit(
        FairVisit(
            visit=f"{person:02}-{number}",
            employee=f"{person:02}",
            employee_name=f"{person:02}",
            auditor=f"{auditor:02}",
            shop=f"{shop:02}",
            base=shown,
            region=str(region),
        ),
        **parts,
        shop=effects["shop"][shop],
        chance=chance + shown - base,
    )


def _find_step(person: FairPerson, kind: str) -> float:
    assert person.waterfall is not None, "only people with a figure are judged"
    return float(next(step.change for step in person.waterfall.steps if step.kind == kind))


def _read(person: FairPerson, *, of_fair: bool) -> float:
    found = person.fair if of_fair else person.raw
    assert found is not None, "only people with a figure are judged"
    return found
