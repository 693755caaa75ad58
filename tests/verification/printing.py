"""A printed report as the page behind its code knows it."""

from __future__ import annotations

from datetime import UTC, datetime

from mystery.database import db
from mystery.models import ReportSeal
from mystery.printouts.dossier import read_report
from mystery.printouts.seals import keep_seal
from tests.cast import Cast
from tests.factories import make_submitted_visit

PRINTED_AT = datetime(2026, 11, 6, 9, 0, tzinfo=UTC)


def print_sealed(cast: Cast, answers: str = "V1") -> ReportSeal:
    """Seal the report of a submitted visit as printing does, without the pages; returns the row."""
    visit_id = make_submitted_visit(cast, answers)
    keep_seal(visit_id, read_report(visit_id))
    seal = db.session.query(ReportSeal).filter_by(visit_id=visit_id).one()
    seal.printed_at = PRINTED_AT
    db.session.commit()
    return seal
