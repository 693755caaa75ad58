"""What happens when somebody looks at people of a comparison one by one: it is written down who did."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from mystery.access.openings import Opened, record_openings
from mystery.database import allow_writing, db, stop_writing


def record_people_opened(reader_id: UUID, company_id: UUID, employee_ids: Sequence[UUID]) -> None:
    """Write down, before anything is shown, that somebody opened what tells about these people.

    Hidden names make no difference: whoever has the address can find out whose figures they are.
    """
    allow_writing()
    opened = [Opened(None, company_id, employee_id) for employee_id in employee_ids]
    record_openings(reader_id, "period_page", opened)
    db.session.commit()
    stop_writing()
