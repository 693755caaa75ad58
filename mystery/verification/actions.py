"""Looking up the code of a report: counted, so that nobody tries codes until one is known."""

from __future__ import annotations

from mystery.database import allow_writing, db
from mystery.printouts.period_prints import PeriodSeal
from mystery.settings import current_settings
from mystery.verification.queries import KnownReport, find_report
from mystery.web.throttle import REPORT_CHECK, Throttle


def check_code(letters: str, address: str) -> KnownReport | PeriodSeal | None:
    """The report behind a code, None for one that nobody here knows.

    An unknown code counts against the ``address`` it is asked from; raises TooManyAttempts.
    """
    allow_writing()
    throttle = Throttle(current_settings().secret_key)
    attempt = throttle.count(REPORT_CHECK, account=address, address=address)
    known = find_report(letters)
    if known is not None:
        throttle.take_back(attempt)
    db.session.commit()
    return known
