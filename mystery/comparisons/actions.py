"""What somebody does with a comparison: looks at people one by one, which is written down, or prints it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from mystery.access.openings import Opened, record_openings
from mystery.access.scopes import Reach
from mystery.database import allow_writing, db, stop_writing
from mystery.models import Employee
from mystery.printouts.ordered_prints import open_print, order_print
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


def order_comparison(
    reader_id: UUID, document: PrintedPeriod, *, units: Collection[str], people: Collection[UUID], back: str
) -> UUID:
    """Have a comparison of many people printed by a worker; returns the order. Raises TooManyPrints."""
    order = order_print(document, asked_by_id=reader_id, units=units, people=people, back=back)
    db.session.commit()
    return order


def take_ordered(reach: Reach, order_id: UUID) -> bytes:
    """What a worker has printed; that this person has it is written down for everybody whom it tells about.

    Raises NotYours, also while it is not printed: what could not be printed nobody has had.
    """
    content, people = open_print(reach, order_id)
    statement = select(Employee.company_id, Employee.id).where(Employee.id.in_(people)).order_by(Employee.id)
    opened = [
        Opened(None, company_id, employee_id) for company_id, employee_id in db.session.execute(statement)
    ]
    allow_writing()
    record_openings(reach.user_id, "period_page", opened)
    db.session.commit()
    stop_writing()
    return content
