"""Verifying a report: is the PDF what was printed, and do its figures follow from the data inside?

Compared are the record with its own digest, the figures in it with figures worked out anew from its answers,
and what can be told of the pages: each bears the record's stamp and its number, page one its score. A
signature has to be good: it alone vouches for every letter of every page.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PdfReadError, PyPdfError

from checklists.localtext import LocalText
from reports import period_record, record, visit_verification
from reports.differences import Difference
from reports.page_verification import ReadPage, check_pages, read_pages
from reports.period_verification import check_period_page, check_period_record
from reports.record import RecordUnreadable
from reports.signatures import Seen, Signature, read_signatures

MOST_RECORD_BYTES: Final = 5_000_000
DIFFERENCES_NAMED: Final = 20
VISIT: Final = "visit"
BROKEN: Final = LocalText(ru="нарушена", en="broken")
WHOLE: Final = LocalText(ru="без изменений с тех пор, как поставлена", en="unchanged since it was signed")

Record = dict[str, Any]


class Status(StrEnum):
    """What can be said of a file."""

    VALID = "valid"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    UNTRUSTED = "untrusted"  # it agrees with itself, but none of those who are trusted has signed it


@dataclass(frozen=True)
class Verdict:
    """The result: the record where there is a readable one, and every difference that was found."""

    status: Status
    record: Record | None = None
    differences: tuple[Difference, ...] = ()
    signatures: tuple[Signature, ...] = ()
    is_trusted: bool | None = None  # None where nobody said whom to trust

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

    With `trusted` certificates (PEM) it also says whether the file is signed with one of them; raises
    ValueError for one that cannot be read.
    """
    signatures = read_signatures(content, trusted=trusted)
    try:
        reader = PdfReader(io.BytesIO(content))
        found = _find_record(reader)
        pages = read_pages(reader) or [ReadPage("")]
    except (PyPdfError, PdfReadError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Verdict(Status.UNKNOWN)
    if found is None:
        return Verdict(Status.UNKNOWN)
    name, text = found
    try:
        read = CHECKS[name].read(text)
    except RecordUnreadable:
        return Verdict(Status.UNKNOWN)
    differences = (
        *CHECKS[name].check(read),
        *CHECKS[name].check_page(read, pages[0].text),
        *check_pages(pages, str(read["digest"])),
        *_check_signatures(signatures),
    )
    is_trusted = bool(signatures and signatures[-1].is_trusted) if trusted else None
    status = Status.UNTRUSTED if is_trusted is False else Status.VALID
    if differences:
        status = Status.ALTERED
    return Verdict(status, read, differences[:DIFFERENCES_NAMED], signatures, is_trusted)


def _check_signatures(signatures: Sequence[Signature]) -> Iterator[Difference]:
    """A signature that is there has to be good, whoever signed."""
    for number, signature in enumerate(signatures, start=1):
        if signature.seen is Seen.BROKEN:
            yield Difference(f"signature {number}", BROKEN, WHOLE)


def _find_record(reader: PdfReader) -> tuple[str, str] | None:
    for attachment in reader.attachment_list:
        if attachment.name in CHECKS and attachment.content is not None:
            content = attachment.content
            return (attachment.name, content.decode("utf-8")) if len(content) <= MOST_RECORD_BYTES else None
    return None
