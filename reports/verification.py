"""Verifying a report: is the PDF what was printed, and do its figures follow from the data inside?

Three things are compared: the record against its own digest, the figures in the record against figures
worked out anew from its answers, and what page one prints against the record. A signature has to be good.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PdfReadError, PyPdfError

from reports import period_record, record, visit_verification
from reports.differences import Difference
from reports.period_verification import check_period_page, check_period_record
from reports.record import STAMP_LETTERS, RecordUnreadable
from reports.signatures import Seen, Signature, read_signatures

MOST_RECORD_BYTES: Final = 5_000_000
DIFFERENCES_NAMED: Final = 20
VISIT: Final = "visit"

Record = dict[str, Any]


class Status(StrEnum):
    """What can be said of a file."""

    VALID = "valid"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """The result: the record where there is a readable one, and every difference that was found."""

    status: Status
    record: Record | None = None
    differences: tuple[Difference, ...] = ()
    signatures: tuple[Signature, ...] = ()

    @property
    def kind(self) -> str | None:
        """What the report is about: "visit", "employee" or "unit"; None for an unknown file."""
        return None if self.record is None else str(self.record.get("kind", VISIT))


@dataclass(frozen=True)
class _Checks:
    """How a record is read, and checked against itself and against the words of page one."""

    read: Callable[[str], Record]
    check: Callable[[Record], tuple[Difference, ...]]
    check_page: Callable[[Record, str], Iterator[Difference]]


CHECKS: Final[Mapping[str, _Checks]] = {
    record.FILE_NAME: _Checks(
        record.read_record, visit_verification.check_record, visit_verification.check_page
    ),
    period_record.FILE_NAME: _Checks(
        period_record.read_period_record, check_period_record, check_period_page
    ),
}


def verify_pdf(content: bytes, *, trusted: Sequence[bytes] = ()) -> Verdict:
    """Say whether a PDF is a report of ours, unaltered; never raises for what a file may contain.

    With `trusted` certificates (PEM) it also has to be signed with one of them; raises ValueError for one
    that cannot be read.
    """
    signatures = read_signatures(content, trusted=trusted)
    try:
        reader = PdfReader(io.BytesIO(content))
        found = _find_record(reader)
        first_page = reader.pages[0].extract_text() if reader.pages else ""
    except (PyPdfError, PdfReadError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Verdict(Status.UNKNOWN)
    if found is None:
        return Verdict(Status.UNKNOWN)
    name, text = found
    try:
        read = CHECKS[name].read(text)
    except RecordUnreadable:
        return Verdict(Status.UNKNOWN)
    # Where words are parted in a PDF is a matter of its layout.
    words = "".join(first_page.split())
    differences = (
        *CHECKS[name].check(read),
        *_check_stamp(read, words),
        *CHECKS[name].check_page(read, words),
        *_check_signatures(signatures, is_asked=bool(trusted)),
    )
    status = Status.ALTERED if differences else Status.VALID
    return Verdict(status, read, differences[:DIFFERENCES_NAMED], signatures)


def _check_signatures(signatures: Sequence[Signature], *, is_asked: bool) -> Iterator[Difference]:
    """A signature that is there has to be good; whoever names certificates asks for one of theirs."""
    for number, signature in enumerate(signatures, start=1):
        if signature.seen is Seen.BROKEN:
            yield Difference(f"signature {number}", "broken", "unchanged since it was signed")
    if is_asked and not (signatures and signatures[-1].is_trusted):
        found = signatures[-1].signer or signatures[-1].seen.value if signatures else "none"
        yield Difference("signature", found, "one of a certificate that you trust")


def _check_stamp(read: Record, words: str) -> Iterator[Difference]:
    """The stamp on page one, which anybody can paint over without touching the record."""
    stamp = str(read["digest"])[:STAMP_LETTERS]
    if stamp not in words:
        yield Difference("page 1: stamp", "another", stamp)


def _find_record(reader: PdfReader) -> tuple[str, str] | None:
    for attachment in reader.attachment_list:
        if attachment.name in CHECKS and attachment.content is not None:
            content = attachment.content
            return (attachment.name, content.decode("utf-8")) if len(content) <= MOST_RECORD_BYTES else None
    return None
