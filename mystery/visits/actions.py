"""What happens when somebody opens a report: it is read and written down in one transaction."""

from __future__ import annotations

from uuid import UUID

from mystery.access.openings import Opened, OpeningKind, record_opening
from mystery.access.scopes import Reach
from mystery.database import allow_writing, db
from mystery.printouts.dossier import Dossier, read_dossier


def open_dossier(reach: Reach, visit_id: UUID, kind: OpeningKind) -> Dossier:
    """Read a visit for this person and record that he did; raises NotYours when he may not.

    The event is written in the same transaction in which the visit was read, before anything is shown.
    """
    allow_writing()
    dossier = read_dossier(reach, visit_id)
    record_opening(reach.user_id, kind, Opened(dossier.visit_id, dossier.company_id, dossier.employee_id))
    db.session.commit()
    return dossier
