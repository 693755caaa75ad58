"""What happens when somebody opens a report: it is read and written down in one transaction."""

from __future__ import annotations

from uuid import UUID

from checklists.localtext import Language
from mystery.access.openings import Opened, OpeningKind, record_opening
from mystery.access.scopes import NotYours, Reach, visits_in_reach
from mystery.database import allow_writing, db
from mystery.printouts.archive_orders import MOST_REPORTS, ArchiveOrder, ask_for_archive
from mystery.printouts.dossier import Dossier, read_dossier
from mystery.printouts.printed_facts import PrintedFacts, read_printed_facts
from mystery.printouts.printing import fetch_print, find_print
from mystery.visits.filter_words import describe_filter
from mystery.visits.queries import VisitFilter, list_visit_ids


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


def ask_for_reports(reach: Reach, wanted: VisitFilter, language: Language, key: UUID) -> UUID:
    """Have the reports of all these visits packed into one archive, and return its id.

    The same ``key`` asks once. Raises NotYours when there are no such visits, or more than one archive holds,
    and TooManyArchives.
    """
    visit_ids = list_visit_ids(reach, wanted, most=MOST_REPORTS + 1)
    if not 0 < len(visit_ids) <= MOST_REPORTS:
        raise NotYours
    order = ArchiveOrder(tuple(visit_ids), language, describe_filter(reach, wanted))
    archive_id = ask_for_archive(reach.user_id, order, key)
    db.session.commit()
    return archive_id


def take_print(reach: Reach, facts: PrintedFacts, language: Language) -> bytes:
    """The print of a visit; that this person has it is written down before, and only where there is one.

    A print at hand is recorded in the transaction that read ``facts``. One that has to be made first holds no
    transaction meanwhile, so that whoever may no longer read the visit then gets nothing. Raises NotYours and
    PrintFailed.
    """
    printed = find_print(facts, language)
    if printed is None:
        printed = fetch_print(facts, language)
        facts = find_facts(reach, facts.visit_id)
    record_opening(reach.user_id, "pdf", Opened(facts.visit_id, facts.company_id, facts.employee_id))
    db.session.commit()
    return printed
