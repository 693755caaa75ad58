"""What somebody does with a comparison: looks at people one by one, which is written down, or prints it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from mystery.access.openings import Opened, record_openings
from mystery.database import allow_writing, db, stop_writing
from mystery.printouts.ordered_prints import order_print
from reports.period_print import PrintedPeriod


def record_people_opened(reader_id: UUID, company_id: UUID, employee_ids: Sequence[UUID]) -> None:
    """Write down, before anything is shown, that somebody opened what tells about these people.

    Hidden names make no difference: whoever has the address can find out whose figures they are.
    """
    allow_writing()
    opened = [Opened(None, company_id, employee_id) for employee_id in employee_ids]
    record_openings(reader_id, "period_page", opened)
    db.session.commit()
    stop_writing()


def order_comparison(reader_id: UUID, document: PrintedPeriod, *, units: Collection[str], back: str) -> UUID:
    """Have a comparison of many people printed by a worker; returns the order. Raises TooManyPrints."""
    order = order_print(document, asked_by_id=reader_id, units=units, back=back)
    db.session.commit()
    return order
