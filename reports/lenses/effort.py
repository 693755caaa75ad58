"""The customer's effort (LN-04): solved at the first contact or not, and at what cost in contacts and time.

The share is of all matters that were started. A matter that was never solved counts below one solved late:
it stays in the denominator, and it has no number of contacts "until solved".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Final, Literal

from checklists.definition import Solution
from reports.consistency import Interval, wilson_interval

VISITS_NEEDED: Final = 3  # CP-04

Cost = Literal["contacts", "transfers", "retellings", "minutes"]
EffortState = Literal["shown", "not_enough_visits", "not_asked"]

COSTS: Final[tuple[Cost, ...]] = ("contacts", "transfers", "retellings", "minutes")


@dataclass(frozen=True)
class Matter:
    """One thing the auditor came with, in one visit; costs are None where nobody counted them.

    `solved` is None where nobody asked how it ended: then it has costs and is no part of the share.
    `contacts` is how many it took in all, 1 where it was solved at once; `minutes` were spent waiting.
    """

    visit: str
    solved: Solution | None
    contacts: int | None = None
    transfers: int | None = None
    retellings: int | None = None
    minutes: Fraction | None = None

    def __post_init__(self) -> None:
        if self.solved == "first_contact" and self.contacts not in (None, 1):
            raise ValueError(f"solved at the first contact, and yet {self.contacts} contacts")
        if any(value is not None and value < 0 for value in map(self.read, COSTS)):
            raise ValueError("a cost cannot be below nothing")

    def read(self, cost: Cost) -> Fraction | int | None:
        """Return one of the four costs."""
        found: Fraction | int | None = getattr(self, cost)
        return found


@dataclass(frozen=True)
class CostFigure:
    """One cost over the matters in which it was counted; the contacts of unsolved matters are left out."""

    cost: Cost
    mean: Fraction | None
    middle: Fraction | None  # half of the matters took no more
    visits: tuple[str, ...]


@dataclass(frozen=True)
class Effort:
    """How the matters that were started ended, each tuple naming visits, and what all of them cost.

    `share` is solved at the first contact of all started; `interval` its 90 % Wilson interval.
    """

    state: EffortState
    first_contact: tuple[str, ...]
    later: tuple[str, ...]
    never: tuple[str, ...]
    share: Fraction | None
    interval: Interval | None
    costs: tuple[CostFigure, ...]
    needed: int = VISITS_NEEDED

    @property
    def started(self) -> int:
        """How many matters were started."""
        return len(self.first_contact) + len(self.later) + len(self.never)


def measure_effort(matters: Sequence[Matter]) -> Effort:
    """Measure what getting something done costs the customers of an employee, a unit or a programme."""
    started = sum(matter.solved is not None for matter in matters)
    state: EffortState = "shown"
    if started < VISITS_NEEDED:
        state = "not_enough_visits" if started else "not_asked"
    first_contact = _list_visits(matters, "first_contact")
    shown = state == "shown"
    return Effort(
        state=state,
        first_contact=first_contact,
        later=_list_visits(matters, "later"),
        never=_list_visits(matters, "never"),
        share=Fraction(len(first_contact), started) if shown else None,
        interval=wilson_interval(len(first_contact), started) if shown else None,
        costs=tuple(_measure_cost(matters, cost) for cost in COSTS),
    )


def _list_visits(matters: Sequence[Matter], solved: Solution) -> tuple[str, ...]:
    return tuple(matter.visit for matter in matters if matter.solved == solved)


def _measure_cost(matters: Sequence[Matter], cost: Cost) -> CostFigure:
    counted = [
        (matter.visit, Fraction(value))
        for matter in matters
        if (value := matter.read(cost)) is not None
        # A matter that was given up has not been solved in so many contacts.
        and not (cost == "contacts" and matter.solved in (None, "never"))
    ]
    values = [value for _, value in counted]
    if len(values) < VISITS_NEEDED:
        return CostFigure(cost, None, None, tuple(visit for visit, _ in counted))
    mean = sum(values, Fraction(0)) / len(values)
    return CostFigure(cost, mean, Fraction(median(values)), tuple(visit for visit, _ in counted))
