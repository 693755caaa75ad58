"""Opening a visit on the review desk: what tells about a person is read and written down at once."""

from __future__ import annotations

from uuid import UUID

from mystery.access.openings import Opened, record_opening
from mystery.access.scopes import Reach
from mystery.database import allow_writing, db, stop_writing
from mystery.models import Visit
from mystery.review.cases import Case, Returned, read_case


def open_case(reach: Reach, visit_id: UUID, *, to_decide: bool = False) -> Case | Returned:
    """Read a visit for its reviewer and record that he did; raises NotYours for any other visit.

    The event stands in the chain of those who open the report, and the employee sees it there. Nothing is
    recorded where nothing is shown: a visit that is with its auditor again, or one that is not held any more
    on a page that asks ``to_decide`` about it.
    """
    allow_writing()
    case = read_case(reach, visit_id)
    if isinstance(case, Case) and (case.is_held or not to_decide):
        visit = db.session.get_one(Visit, visit_id)
        record_opening(reach.user_id, "review", Opened(visit.id, visit.unit.company_id, visit.employee_id))
    db.session.commit()
    stop_writing()
    return case
