"""Programmes whose truth is known: who is how good is drawn first, then visits are simulated.

The sds are those of a middling programme: people differ by 6 points, auditors by 5, shops by 4, and the same
person on another day by 9. Everybody has one shop.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from reports.crossed_design import Observations

MEAN: Final = 78.0
EMPLOYEE_SD: Final = 6.0
AUDITOR_SD: Final = 5.0
SHOP_SD: Final = 4.0
RESIDUAL_SD: Final = 9.0
LOCAL_AUDITORS: Final = 3  # who see most visits of a shop in the home-shop design
LINK_SHARE: Final = 0.1  # visits by an auditor from elsewhere (CP-02)

Assignment = Literal["random", "home_shop", "regional"]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Size:
    """How large a programme is; `regions` share shops and auditors evenly."""

    people: int
    visits: int
    auditors: int
    shops: int
    regions: int = 1


@dataclass(frozen=True)
class Programme:
    """Simulated visits with the truth behind them."""

    observations: Observations
    people: tuple[str, ...]
    customer: Floats  # what the customer gets from each person, by an average auditor of the programme
    colleagues: Floats  # the same in an average shop
    homes: Integers  # the number of the shop of each person


def simulate_programme(size: Size, assignment: Assignment, random: np.random.Generator) -> Programme:
    """Draw people, auditors and shops, send the auditors out as assigned, and draw the scores."""
    employee = np.repeat(np.arange(size.people), size.visits)
    home = np.arange(size.people) % size.shops
    shop = home[employee]
    auditor = assign_auditors(size, assignment, shop, random)
    by_employee = random.normal(0, EMPLOYEE_SD, size.people)
    by_auditor = random.normal(0, AUDITOR_SD, size.auditors)
    by_shop = random.normal(0, SHOP_SD, size.shops)
    chance = random.normal(0, RESIDUAL_SD, len(employee))
    scores = MEAN + by_employee[employee] + by_auditor[auditor] + by_shop[shop] + chance
    average = MEAN + by_auditor[np.unique(auditor)].mean()
    people = tuple(f"p{number:05}" for number in range(size.people))
    observations = Observations(
        scores=[float(score) for score in scores],
        random={
            "employee": [people[number] for number in employee],
            "auditor": [f"a{number:05}" for number in auditor],
            "shop": [f"s{number:05}" for number in shop],
        },
    )
    return Programme(
        observations=observations,
        people=people,
        customer=average + by_employee + by_shop[home],
        colleagues=average + by_employee + by_shop.mean(),
        homes=home,
    )


def assign_auditors(
    size: Size, assignment: Assignment, shop: Integers, random: np.random.Generator
) -> Integers:
    """Send an auditor to each visit: anybody, one of the shop's few locals, or one of the region's."""
    anybody = random.integers(0, size.auditors, len(shop))
    if assignment == "random":
        return anybody
    if assignment == "home_shop":
        locals_of = random.integers(0, size.auditors, (size.shops, LOCAL_AUDITORS))
        usual = locals_of[shop, random.integers(0, LOCAL_AUDITORS, len(shop))]
    else:
        region = shop % size.regions
        size_of_team = size.auditors // size.regions
        usual = region * size_of_team + random.integers(0, size_of_team, len(shop))
    return np.where(random.random(len(shop)) < LINK_SHARE, anybody, usual)
