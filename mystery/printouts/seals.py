"""The seals of printed reports: what a stranger may learn of one, kept when it is printed."""

from __future__ import annotations

from uuid import UUID

from checklists.scorecard import display_percent, list_thresholds
from mystery.clock import now
from mystery.database import allow_writing, db, insert_new, stop_writing
from mystery.models import ReportSeal
from reports.record import STAMP_LETTERS, digest_report
from reports.rows import VisitReport


def keep_seal(visit_id: UUID, report: VisitReport) -> None:
    """Write down that this report was printed here, in a short transaction of its own.

    The same content has one seal, however often and in whatever language it is printed; the first day counts.
    """
    digest = digest_report(report)
    values = {
        "digest": digest,
        "stamp": digest[:STAMP_LETTERS],
        "visit_id": visit_id,
        "shown_final": show_score(report),
        "most": str(report.checklist.scoring.max_final),
        "printed_at": now(),
    }
    allow_writing()
    insert_new(ReportSeal, values, unique="digest")
    db.session.commit()
    stop_writing()


def show_score(report: VisitReport) -> str:
    """The score as page one shows it, with a point in any language; empty where nothing was scored."""
    final = report.scorecard.final
    return "" if final is None else str(display_percent(final, list_thresholds(report.checklist)))
