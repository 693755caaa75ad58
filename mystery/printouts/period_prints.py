"""The PDF of a report over a period: printed once for what it says, and served from the store for a day.

Its seal, which names nobody, is kept for good: the paper may be shown to somebody years later.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from checklists.scorecard import display_percent
from mystery.clock import now
from mystery.printouts.kept_documents import pack_document, sweep_folder
from mystery.printouts.printing import print_document
from mystery.printouts.signing import sign_print, tell_certificate
from mystery.storage import media_store
from reports.period_print import PrintedPeriod
from reports.period_record import EMPLOYEE
from reports.record import STAMP_LETTERS
from reports.visit_report import TEMPLATE_VERSION

PRINTS: Final = "period-prints"
SEALS: Final = "period-seals"


@dataclass(frozen=True)
class PeriodSeal:
    """What a stranger may learn of a report over a period: its kind and figures, and nothing about people.

    `kind` is "employee" or "unit"; `mean` is as page one shows it, with a point, empty where none is shown.
    """

    digest: str
    kind: str
    visits: int
    mean: str
    printed_on: date

    @property
    def stamp(self) -> str:
        """The letters that every page bears."""
        return self.digest[:STAMP_LETTERS]


def fetch_period_print(document: PrintedPeriod) -> bytes:
    """The print of a report over a period; made first when there is none that says the same."""
    key = name_print(document)
    kept = media_store().get(key)
    if kept is not None:
        return kept
    content = sign_print(print_document(document))
    # The seal first: a code on paper that nobody here knows would make a genuine report look forged.
    keep_period_seal(document.record)
    media_store().put(key, content)
    # What was there first, if somebody else printed it at the same time: a signature has its own moment.
    return media_store().get(key) or content


def name_print(document: PrintedPeriod) -> str:
    """The key of a print: the same key always means the same pages."""
    parts = (TEMPLATE_VERSION.encode(), tell_certificate().encode(), pack_document(document))
    digest = hashlib.sha256(b"\0".join(parts)).hexdigest()
    return f"{PRINTS}/{digest}.pdf"


def keep_period_seal(record: str) -> None:
    """Write down that a report with this record was printed here; the first day counts."""
    seal = _make_seal(json.loads(record))
    values = {**asdict(seal), "printed_on": seal.printed_on.isoformat()}
    media_store().put(_name_seal(seal.digest), json.dumps(values, sort_keys=True).encode())


def find_period_seal(letters: str) -> PeriodSeal | None:
    """The seal whose digest begins with `letters`, at least the stamp; None for one that is not known."""
    for key in sorted(media_store().list_under(f"{SEALS}/{letters[:STAMP_LETTERS]}")):
        content = media_store().get(key) if key.rpartition("/")[2].startswith(letters) else None
        if content is not None:
            values = json.loads(content)
            return PeriodSeal(**{**values, "printed_on": date.fromisoformat(values["printed_on"])})
    return None


def sweep_period_prints() -> None:
    """Delete prints that were kept long enough."""
    sweep_folder(PRINTS)


def _make_seal(record: dict[str, Any]) -> PeriodSeal:
    rows, is_employee = record["rows"], record["kind"] == EMPLOYEE
    return PeriodSeal(
        digest=record["digest"],
        kind=record["kind"],
        visits=len(rows["visits"]) if is_employee else rows["visits"],
        mean=_show_mean(record) if is_employee else "",
        printed_on=now().date(),
    )


def _show_mean(record: dict[str, Any]) -> str:
    mean = record["figures"]["mean"]
    if mean is None:
        return ""
    newest = max(record["versions"], key=lambda each: int(each["number"]))
    satisfactory = Fraction(str(newest["checklist"]["scoring"]["satisfactory"]))
    return str(display_percent(Fraction(mean), (satisfactory,)))


def _name_seal(digest: str) -> str:
    return f"{SEALS}/{digest[:STAMP_LETTERS]}/{digest}.json"
