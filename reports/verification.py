"""Verifying a report: is the PDF what was printed, and is its score the score of its answers?

Three things are compared: the record against its own digest, the score in the record against the score
recomputed from its answers and checklist, and what page one prints against the record.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PdfReadError, PyPdfError

from checklists.answers import parse_sheet
from checklists.definition import Checklist
from checklists.loading import checklist_from_json
from checklists.localtext import LANGUAGES
from checklists.publishing import content_hash
from checklists.scoring import score_visit
from reports.headline import show_final
from reports.record import (
    FILE_NAME,
    STAMP_LETTERS,
    RecordUnreadable,
    describe_score,
    digest_of,
    read_record,
)

MOST_RECORD_BYTES: Final = 5_000_000
DIFFERENCES_NAMED: Final = 20


class Status(StrEnum):
    """What can be said of a file."""

    VALID = "valid"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Difference:
    """Something that is not as it was printed; ``place`` is a path in the record, or a place in the PDF.

    ``found`` is what the file says and ``expected`` what follows from the rest of it.
    """

    place: str
    found: str
    expected: str


@dataclass(frozen=True)
class Verdict:
    """The result: the record where there is a readable one, and every difference that was found."""

    status: Status
    record: dict[str, Any] | None = None
    differences: tuple[Difference, ...] = ()


def verify_pdf(content: bytes) -> Verdict:
    """Say whether a PDF is a report of ours, unaltered; never raises for what a file may contain."""
    try:
        reader = PdfReader(io.BytesIO(content))
        text = _find_record(reader)
        first_page = reader.pages[0].extract_text() if reader.pages else ""
    except (PyPdfError, PdfReadError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Verdict(Status.UNKNOWN)
    if text is None:
        return Verdict(Status.UNKNOWN)
    try:
        record = read_record(text)
    except RecordUnreadable:
        return Verdict(Status.UNKNOWN)
    differences = (*check_record(record), *_check_first_page(record, first_page))
    status = Status.ALTERED if differences else Status.VALID
    return Verdict(status, record, differences[:DIFFERENCES_NAMED])


def check_record(record: dict[str, Any]) -> tuple[Difference, ...]:
    """Everything in a record that does not follow from its answers and its checklist."""
    return tuple(_list_differences(record))


def _list_differences(record: dict[str, Any]) -> Iterator[Difference]:
    digest = digest_of(record)
    if digest != record["digest"]:
        yield Difference("digest", str(record["digest"]), digest)
    try:
        checklist = checklist_from_json(json.dumps(record["checklist"], ensure_ascii=False))
    except ValueError:
        yield Difference("checklist", "unreadable", "a checklist")
        return
    actual = content_hash(checklist)
    if actual != record["checklist_sha256"]:
        yield Difference("checklist_sha256", str(record["checklist_sha256"]), actual)
    yield from _compare_scores(record, checklist)
    yield from _follow_corrections(record)


def _compare_scores(record: dict[str, Any], checklist: Checklist) -> Iterator[Difference]:
    sheet, problems = parse_sheet(checklist, record["answers"])
    for problem in problems:
        yield Difference(f"answers.{problem.place.question or ''}", problem.code, "an answer of this version")
    yield from _compare("score", record["score"], describe_score(score_visit(checklist, sheet)))


def _follow_corrections(record: dict[str, Any]) -> Iterator[Difference]:
    """Each correction begins where the one before it ended; the last one ends at the answer that counts."""
    answers = record["answers"].get("answers")
    ends: dict[str, tuple[str, object]] = {}
    for index, correction in enumerate(record.get("corrections", [])):
        place = f"corrections[{index}]"
        if not isinstance(correction, dict) or not isinstance(correction.get("question"), str):
            yield Difference(place, _show(correction), "a correction")
            continue
        question, before = correction["question"], correction.get("before")
        if question in ends:
            yield from _compare(f"{place}.before", before, ends[question][1])
        ends[question] = (f"{place}.after", correction.get("after"))
    for question, (place, after) in ends.items():
        yield from _compare(place, after, answers.get(question) if isinstance(answers, dict) else None)


def _compare(place: str, found: object, expected: object) -> Iterator[Difference]:
    if isinstance(found, dict) and isinstance(expected, dict):
        for name in sorted({*found, *expected}, key=str):
            yield from _compare(f"{place}.{name}", found.get(name), expected.get(name))
    elif isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        for index, (one, other) in enumerate(zip(found, expected, strict=True)):
            yield from _compare(f"{place}[{_name_entry(other, index)}]", one, other)
    elif found != expected or type(found) is not type(expected):
        yield Difference(place, _show(found), _show(expected))


def _name_entry(entry: object, index: int) -> str:
    return str(entry["id"]) if isinstance(entry, dict) and "id" in entry else str(index)


def _check_first_page(record: dict[str, Any], text: str) -> Iterator[Difference]:
    """The figure and the stamp on page one, which anybody can paint over without touching the record."""
    words = _squeeze(text)
    stamp = str(record["digest"])[:STAMP_LETTERS]
    if stamp not in words:
        yield Difference("page 1: stamp", "another", stamp)
    try:
        checklist = checklist_from_json(json.dumps(record["checklist"], ensure_ascii=False))
    except ValueError:
        return
    final = score_visit(checklist, parse_sheet(checklist, record["answers"])[0]).final
    shown = [show_final(checklist, final, language) for language in LANGUAGES]
    if final is not None and not any(_squeeze(each) in words for each in shown):
        yield Difference("page 1: score", "another", shown[-1])


def _squeeze(text: str) -> str:
    # Where words are parted in a PDF is a matter of its layout.
    return "".join(text.split())


def _find_record(reader: PdfReader) -> str | None:
    for attachment in reader.attachment_list:
        if attachment.name == FILE_NAME and attachment.content is not None:
            content = attachment.content
            return content.decode("utf-8") if len(content) <= MOST_RECORD_BYTES else None
    return None


def _show(value: object) -> str:
    return "–" if value is None else str(value)[:200]
