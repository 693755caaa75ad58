"""The rhythm of the demonstration's year: who is visited how often, and when more than usual."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from mystery.demonstration.chain import Person, list_shops
from mystery.demonstration.course import COURSE_AGO, FOLLOWED_FOR

DAYS: Final = 365
# Quality pay is tried in one shop first. It hangs on six visits and more, so its people are visited thrice
# as often as the others.
PILOT_SHOP: Final = list_shops()[0][1]
PILOT_TURNS: Final = 3
PAY_MONTHS: Final = 6
# After the training there are so many checks a day for one in the rest of the year.
BUSIER: Final = 2.0

Turn = tuple[Person, UUID]


def list_turns(staff: Sequence[Turn]) -> list[Turn]:
    """One round of visits: everybody once, the people of the pilot shop evenly three times."""
    pilot = [each for each in staff if each[0].shop == PILOT_SHOP]
    rest = [each for each in staff if each[0].shop != PILOT_SHOP]
    cut = -(-len(rest) // PILOT_TURNS)
    return [each for part in range(PILOT_TURNS) for each in (*pilot, *rest[part * cut : (part + 1) * cut])]


def spread_over_year(share: float) -> int:
    """How many days back so much of the year's visits lies, 0 to 1; denser after the training."""
    quiet_until = (COURSE_AGO - FOLLOWED_FOR).days
    stretches = ((quiet_until, 1.0), (FOLLOWED_FOR.days, BUSIER), (DAYS - COURSE_AGO.days, 1.0))
    sought, passed = share * sum(days * weight for days, weight in stretches), 0
    for days, weight in stretches:
        if sought < days * weight:
            return int(passed + sought / weight)
        sought, passed = sought - days * weight, passed + days
    return DAYS


def list_months(today: date, count: int) -> list[date]:
    """The first days of so many calendar months that are over, the oldest first."""
    months, first = [], today.replace(day=1)
    for _ in range(count):
        first = (first - timedelta(days=1)).replace(day=1)
        months.append(first)
    return months[::-1]


def list_pay_days(today: date) -> tuple[date, date]:
    """First and last day of the half-year that is paid: six whole calendar months, the last of them over."""
    return list_months(today, PAY_MONTHS)[0], today.replace(day=1) - timedelta(days=1)
