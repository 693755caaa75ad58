"""What happens when somebody opens a report: it is read and written down in one transaction."""

from __future__ import annotations

from uuid import UUID

from mystery.access.openings import Opened, OpeningKind, record_opening
from mystery.access.scopes import Reach, visits_in_reach
from mystery.database import allow_writing, db
from mystery.printouts.dossier import Dossier, read_dossier
from mystery.printouts.printed_facts import PrintedFacts, read_printed_facts


def open_dossier(reach: Reach, visit_id: UUID, kind: OpeningKind) -> Dossier:
    """Read a visit for this person and record that he did; raises NotYours when he may not.

    The event is written in the same transaction in which the visit was read, before anything is shown.
    """
    allow_writing()
    dossier = read_dossier(reach, visit_id)
    record_opening(reach.user_id, kind, Opened(dossier.visit_id, dossier.company_id, dossier.employee_id))
    db.session.commit()
    return dossier


def find_facts(reach: Reach, visit_id: UUID) -> PrintedFacts:
    """What a download has to know of a visit this person may read; raises NotYours for any other."""
    allow_writing()
    return read_printed_facts(visit_id, visits_in_reach(reach))


def record_download(reach: Reach, facts: PrintedFacts) -> None:
    """Write down that this person has the report, in the transaction that read it."""
    record_opening(reach.user_id, "pdf", Opened(facts.visit_id, facts.company_id, facts.employee_id))
    db.session.commit()
