"""The permission matrix of the lenses: who compares staff in a unit sees through the customer's eyes."""

from __future__ import annotations

from datetime import date
from typing import Any

from mystery.database import db
from mystery.models import ButtonCount
from tests.access.matrix import Route
from tests.cast import Cast

OPENS = {"manager": 200, "hr": 200}
DONE = {"manager": 303, "hr": 303}


def a_count(cast: Cast) -> dict[str, Any]:
    """A count of a shop in the manager's own region."""
    count = ButtonCount(
        unit_id=cast.ours.units["N1"], month=date(2026, 9, 1), presses=10, dissatisfied=4, customers=200
    )
    db.session.add(count)
    db.session.commit()
    return {"count_id": count.id}


def good_count(cast: Cast) -> dict[str, Any]:
    """One shop and month."""
    return {
        "unit": str(cast.ours.units["N1"]),
        "month": "2026-10",
        "presses": "120",
        "dissatisfied": "30",
        "customers": "4100",
    }


def good_lines(_cast: Cast) -> dict[str, Any]:
    """One pasted line; the foreign company has a shop with this code too."""
    return {"counts": "N1; 2026-10; 120; 30; 4100"}


ROUTES = [
    Route("lenses.show_lenses", opens=OPENS, foreign=200),
    Route("lenses.show_button", opens=OPENS, foreign=200),
    Route("lenses.add_count", opens=OPENS, foreign=200),
    # For the foreign company our shop is no choice of its form.
    Route("lenses.save_count", "POST", opens=DONE, form=good_count, foreign=422),
    Route("lenses.paste_counts", opens=OPENS, foreign=200),
    Route("lenses.save_pasted", "POST", opens=DONE, form=good_lines, foreign=303),
    Route("lenses.confirm_removal", opens=OPENS, values=a_count),
    Route("lenses.remove_count", "POST", opens=DONE, values=a_count),
]
