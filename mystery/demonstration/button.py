"""The loyalty buttons of the demonstration: a year of months in every shop, pasted by HR from a table."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from mystery.access.permissions import Role
from mystery.clock import set_to
from mystery.demonstration.chain import SEED, list_shops, shop_code
from mystery.demonstration.chance import make_chance
from mystery.demonstration.rhythm import list_months
from mystery.demonstration.staging import Stage
from mystery.lenses.actions import record_pasted

MONTHS: Final = 12
CUSTOMERS: Final = (2600, 6400)
PRESSED: Final = (0.02, 0.05)
# Of those who press; the dissatisfied press three times as readily, so among all they are about 15 percent.
DISSATISFIED: Final = (0.28, 0.42)


def count_buttons(stage: Stage) -> None:
    """Record what every button counted in the last full months."""
    random = make_chance(f"{SEED} buttons")
    lines = [
        draw_line(random, shop_code(shop), month)
        for month in list_months(stage.today, MONTHS)
        for _region, shop in list_shops()
    ]
    with set_to(stage.moment(timedelta(0))):
        recorded = record_pasted(stage.reaches[Role.HR], "\n".join(lines))
    assert recorded == len(lines), f"the counts were refused: {recorded}"


def draw_line(random: Random, code: str, month: date) -> str:
    """One shop and month as a line of the form."""
    customers = random.randint(*CUSTOMERS)
    presses = round(customers * random.uniform(*PRESSED))
    dissatisfied = round(presses * random.uniform(*DISSATISFIED))
    return f"{code}; {month:%Y-%m}; {presses}; {dissatisfied}; {customers}"
