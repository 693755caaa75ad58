"""The loyalty button (LN-07): how many press it, and what their figure may say about all customers.

It is mostly the dissatisfied who press. So the share of bad presses is never shown without the response
rate, and beside it stands a strip: what share of all customers is dissatisfied if those press 1, 2, 3 or
5 times as readily as the others. It is never merged with visits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

EAGERNESS: Final = (1, 2, 3, 5)

ButtonState = Literal["shown", "nobody_pressed", "customers_unknown"]


@dataclass(frozen=True)
class StripPoint:
    """One point of the strip: who is dissatisfied among all, if those press so many times as readily."""

    eagerness: int
    share: Fraction


@dataclass(frozen=True)
class ButtonReading:
    """The button of a place and period; `response_rate` and `strip` are None and empty unless shown."""

    state: ButtonState
    presses: int
    dissatisfied: int
    customers: int | None
    response_rate: Fraction | None
    strip: tuple[StripPoint, ...]


def read_button(
    presses: int, dissatisfied: int, *, customers: int | None, eagerness: Sequence[int] = EAGERNESS
) -> ButtonReading:
    """Read a loyalty button; `customers` is how many could have pressed (receipts), None if nobody knows.

    Raises ValueError for counts that cannot be: more dissatisfied than presses, more presses than customers.
    """
    if not 0 <= dissatisfied <= presses:
        raise ValueError(f"{dissatisfied} dissatisfied of {presses} presses")
    if customers is not None and presses > customers:
        raise ValueError(f"{presses} presses by {customers} customers")
    if not presses:
        return ButtonReading("nobody_pressed", 0, 0, customers, None, ())
    if customers is None:
        return ButtonReading("customers_unknown", presses, dissatisfied, None, None, ())
    observed = Fraction(dissatisfied, presses)
    strip = tuple(StripPoint(times, correct_share(observed, times)) for times in eagerness)
    return ButtonReading("shown", presses, dissatisfied, customers, Fraction(presses, customers), strip)


def correct_share(observed: Fraction, times: int) -> Fraction:
    """Return p = o / (o + r (1 - o)): the share among all, if the dissatisfied press r times as readily.

    Raises ValueError for a share outside 0 to 1 and for an eagerness that is not positive.
    """
    if not 0 <= observed <= 1 or times <= 0:
        raise ValueError(f"no share {observed} at an eagerness of {times}")
    return observed / (observed + times * (1 - observed))
