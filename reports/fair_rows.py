"""What a fair comparison takes in and gives out: plain rows, one vocabulary of states and reasons.

Two figures exist and are never mixed (CP-02): "colleagues" is the person in an average shop, "customer" what
customers got, the person's shops included; both by an average auditor. Everything is alphabetical and nothing
has a place for a rank (CP-03). What names auditors stands in types of its own, for the programme lead only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from reports.waterfall import Waterfall

Figure = Literal["colleagues", "customer"]
PersonState = Literal["shown", "not_enough_visits", "not_modelled"]
StandingState = Literal["above", "below", "untold"]
PairState = Literal["called", "untold", "not_comparable"]

VISITS_FOR_PAY: Final = 6  # CP-04
NA_SHARE: Final = 0.2  # CP-07: above this share of weight marked "not applicable" a figure is warned of
LINK_SHARE: Final = 0.1  # CP-02
RELIABLE_PERCENT: Final = 80  # how much of a figure is to be what it judges, before visits are enough (CP-06)
EVEN: Final = 0.5  # a chance that speaks for neither


@dataclass(frozen=True)
class FairVisit:
    """One visit as the model sees it: its base in percent, and what else may have moved it.

    `auditor` is an opaque key that no page for managers, HR and staff ever gets back. An empty region,
    scenario, wave or version is a value like any other: leave a column empty everywhere if it is not known.
    """

    visit: str
    employee: str
    employee_name: str
    auditor: str
    shop: str
    base: float | None
    coverage: float = 1.0  # share of 1; below 0.6 the visit is left out (SC-08)
    na_share: float = 0.0  # share of 1 of the weight that was marked "not applicable"
    region: str = ""
    scenario: str = ""
    wave: str = ""
    version: str = ""


@dataclass(frozen=True)
class Reason:
    """Why something cannot be told, as a code of `fair_words`, with the counts and factors it speaks of.

    `whole` is of how many `available` is a part, 0 where it is none; `needed` is then a percentage.
    """

    code: str
    available: int = 0
    needed: int = 0
    factors: tuple[str, ...] = ()
    whole: int = 0


@dataclass(frozen=True)
class FairWarning:
    """What to be wary of (CP-07), as a code of `fair_words`, with a share of 1 where it has one."""

    code: str
    share: float | None = None
    factors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """A person beside the mean of the others of the shop (or region): told, or not to be told yet (CP-03)."""

    state: StandingState
    beside: Literal["shop", "region"]
    others: int
    difference: float
    low: float
    high: float
    chance: float  # that the person is above the others


@dataclass(frozen=True)
class FairPerson:
    """One employee. `fair`, `low`, `high` and the waterfall are None unless the state is "shown".

    `raw` is the plain mean of the counted visits and a fact at any number of them; pages print it from three
    visits on (CP-04). Where a figure is printed to one decimal, take it from the waterfall, which adds up.
    """

    employee: str
    name: str
    shops: tuple[str, ...]
    regions: tuple[str, ...]
    visits: tuple[str, ...]
    auditors: int  # how many different ones; never which
    state: PersonState
    needed: int  # visits from which a figure is shown (CP-04)
    raw: float | None
    fair: float | None
    low: float | None  # of the 90 % interval
    high: float | None
    standing: Standing | None  # None where nobody else is there to stand beside
    waterfall: Waterfall | None
    warnings: tuple[FairWarning, ...]

    @property
    def may_pay(self) -> bool:
        """Tell whether pay or a bonus may rest on the figure: from six visits (CP-04)."""
        return self.state == "shown" and len(self.visits) >= VISITS_FOR_PAY


@dataclass(frozen=True)
class FairComparison:
    """Everybody, alphabetically, with the programme's own figures; without `why_not` the model holds.

    `reliability` and `visits_needed` are recomputed from these sds (CP-06), for the figure asked for.
    """

    figure: Figure
    people: tuple[FairPerson, ...]
    why_not: Reason | None
    criterion: float | None  # REML criterion
    mean: float | None
    sds: Mapping[str, float]  # points: each random factor that has several levels, and "residual"
    called_from: float  # the chance from which this programme calls a difference (CP-03)
    reliability: Mapping[int, float]  # of a mean of so many visits
    visits_needed: int | None  # for a reliability of 0.8; None where people do not differ
    counted: tuple[str, ...]  # visits
    too_little: tuple[str, ...]  # visits left out: coverage below 0.6 (SC-08)
    not_scored: tuple[str, ...]  # visits left out: nothing carried points
    link_share: float | None  # visits by an auditor from another region; None with a single region
    across_regions: Reason | None  # why regions cannot be compared; None where they can, or there is only one
    warnings: tuple[FairWarning, ...]

    @property
    def spreads(self) -> Mapping[str, float]:
        """The sds that readers are told: none of so few people that these cannot be compared (CP-05)."""
        few = self.why_not is not None and self.why_not.code == "not_enough_people"
        return {} if few else self.sds

    @property
    def includes_shops(self) -> bool:
        """Tell whether the figure is of the person together with the shops worked in (CP-02).

        Shops that cannot be told from chance are in no figure, whatever was asked for.
        """
        together = any(warning.code == "one_person_a_shop" for warning in self.warnings)
        return self.figure == "customer" and ("shop" in self.sds or together)


@dataclass(frozen=True)
class PairComparison:
    """Two people side by side; numbers are None where the two cannot be compared, and `why_not` says why."""

    one: str
    other: str
    figure: Figure
    state: PairState
    chance: float | None = None  # that the first is above the second
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    why_not: Reason | None = None

    def face(self) -> "PairComparison":
        """Return the same pair, first the one likelier the higher; as it is where that is not known."""
        if self.chance is None or self.difference is None or self.low is None or self.high is None:
            return self
        if self.chance >= EVEN:
            return self
        return replace(
            self,
            one=self.other,
            other=self.one,
            chance=1 - self.chance,
            difference=-self.difference,
            low=-self.high,
            high=-self.low,
        )


@dataclass(frozen=True)
class AuditorSeverity:
    """For the programme lead only: what an auditor adds to a score, against the average auditor (CP-06)."""

    auditor: str
    visits: int
    people: int
    na_share: float
    state: Literal["generous", "strict", "untold", "not_enough_visits", "not_modelled"]
    severity: float | None  # points; below zero the auditor is strict
    low: float | None
    high: float | None


@dataclass(frozen=True)
class RegionLinks:
    """For the programme lead only: how a region is linked to others, and what to schedule (CP-02)."""

    region: str
    visits: int
    links: int  # visits here by auditors from elsewhere
    to_schedule: int  # further such visits that bring the region to a tenth
    elsewhere: tuple[str, ...]  # auditors at home in another region, whose visits here are such visits


@dataclass(frozen=True)
class AuditorReport:
    """For the programme lead only; by auditor key."""

    auditors: tuple[AuditorSeverity, ...]
    regions: tuple[RegionLinks, ...]
    link_share: float | None
    why_not: Reason | None
