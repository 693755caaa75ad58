"""The seal of a printed report by the letters of its code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from mystery.database import db
from mystery.models import ReportSeal
from mystery.printouts.period_prints import PeriodSeal, find_period_seal

# The stamp that a person can type, up to the whole digest; the code on paper carries 32.
LETTERS = re.compile(r"[0-9a-f]{12,64}", re.ASCII)


@dataclass(frozen=True)
class KnownReport:
    """What whoever holds the code of a visit's report may know: its stamp, its score, when it was printed.

    ``final`` and ``most`` are decimal figures with a point; ``final`` is empty where nothing was scored.
    """

    stamp: str
    final: str
    most: str
    printed_at: datetime
    has_newer: bool


def find_report(letters: str) -> KnownReport | PeriodSeal | None:
    """The report whose digest begins with ``letters``, or None; anything but a code finds nothing.

    Whoever types a stamp from paper may write capitals, and blanks within it or around it.
    """
    letters = "".join(letters.split()).lower()
    if not LETTERS.fullmatch(letters):
        return None
    return _find_visit(letters) or find_period_seal(letters)


def _find_visit(letters: str) -> KnownReport | None:
    later = aliased(ReportSeal)
    has_newer = exists().where(
        later.visit_id == ReportSeal.visit_id, later.printed_at > ReportSeal.printed_at
    )
    row = db.session.execute(
        select(ReportSeal, has_newer)
        .where(ReportSeal.digest >= letters, ReportSeal.digest <= letters + "g")
        .order_by(ReportSeal.digest)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    seal, newer = row
    return KnownReport(seal.stamp, seal.shown_final, seal.most, seal.printed_at, bool(newer))
