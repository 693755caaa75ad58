"""The verdict: what the phone promised against what the database holds, once everything has calmed down."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from checklists.definition import Checklist
from mystery.database import db
from mystery.models import DraftCopy, Photo, Upload, UploadState, Visit, VisitFlag, VisitState
from mystery.sheets.submission import Refused, check_visit
from mystery.storage import media_store
from tests.torture.ledger import FieldLog, Ledger, PhotoLog, Values, VisitLog
from tests.torture.pictures import read_number
from tests.torture.touches import NO_ANSWER, read_fields

MARK = re.compile(r"(?:mark|secret)-([a-z]+)-(\d{4})")
# The facts of a raw sheet, and the two fields of which each is made.
FACTS = {"date": ("v.day", "v.clock"), "employee": ("v.employee", "v.note")}
# Beyond this a phone's clock is worth a reviewer's look.
MOST_SKEW_SECONDS = 15 * 60


@dataclass(frozen=True)
class Planned:
    """A visit as the schedule has it: whose it is, and on which checklist."""

    visit: int
    person: str
    user_id: UUID
    assignment_id: UUID
    checklist: Checklist


@dataclass(frozen=True)
class Failure:
    """A broken promise; ``visit`` is None where it is nobody's in particular."""

    visit: int | None
    text: str


def judge_visits(plan: Mapping[int, Planned], ledger: Ledger) -> list[Failure]:
    """Every promise about visits that the database does not keep; needs an application context."""
    failures = []
    for number, planned in plan.items():
        texts = judge_visit(planned, ledger.visits[number])
        failures += [Failure(number, text) for text in texts]
    wanted = {planned.assignment_id for planned in plan.values()}
    for stray in db.session.scalars(select(Visit).where(Visit.assignment_id.not_in(wanted))):
        failures.append(Failure(None, f"a visit that nobody planned: {stray.id} of {stray.assignment_id}"))
    return failures


def judge_visit(planned: Planned, log: VisitLog) -> Iterator[str]:
    """What is wrong with one visit, each as a line to read."""
    rows = db.session.scalars(select(Visit).where(Visit.assignment_id == planned.assignment_id)).all()
    if len(rows) != 1:
        states = sorted(row.state for row in rows)
        yield f"{len(rows)} visits of its assignment instead of one: {states}"
        return
    visit = rows[0]
    if visit.state != VisitState.SUBMITTED.value and not lacks_something(visit):
        yield f"is {visit.state} instead of submitted"
    if visit.auditor_id != planned.user_id:
        yield "belongs to somebody else"
    raw = json.loads(visit.raw_answers or visit.draft)
    yield from judge_fields(planned.checklist, raw, log)
    yield from judge_notes(raw, log)
    yield from judge_marks(planned, visit)
    yield from judge_flags(visit)
    yield from _judge_photos(visit, log)


def judge_fields(checklist: Checklist, raw: Mapping[str, Any], log: VisitLog) -> Iterator[str]:
    """The fields whose value in the raw sheet is none that it may be."""
    for name, field in log.fields.items():
        part, _dot, key = name.partition(".")
        if part == "v":
            continue
        found = (
            raw.get("answers", {}).get(key, NO_ANSWER)
            if part == "a"
            else raw.get("comments", {}).get(key, "")
        )
        allowed = [expect_value(checklist, name, values) for values in field.allowed]
        if found not in allowed and field.is_promised:
            yield f"{name} arrived as {_say(found)}, kept was {[_say(each) for each in allowed]}"
    for fact, names in FACTS.items():
        if log.fields.keys() & set(names):
            yield from _judge_fact(
                fact, str(raw.get("visit", {}).get(fact, "")), [log.fields[name] for name in names]
            )


def expect_value(checklist: Checklist, name: str, values: Values) -> Any:
    """What a raw sheet must hold where an answer or a comment showed ``values``."""
    part, _dot, key = name.partition(".")
    if part == "a":
        question = next(each for each in checklist.questions() if each.id == key)
        return read_fields(question, values)
    text = "".join(values).replace("\r\n", "\n")
    return text if text.strip() else ""


def _judge_fact(fact: str, found: str, logs: list[FieldLog]) -> Iterator[str]:
    """A fact is made of two fields, each of which may be at any value that it is allowed."""
    heads, tails = ([*{"".join(values) for values in log.allowed}] or [""] for log in logs)
    glue = "T" if fact == "date" else " "
    allowed = {f"{head}{glue if tail else ''}{tail}".strip() for head in heads for tail in tails}
    if found not in allowed and all(log.is_promised for log in logs):
        yield f"{fact} arrived as {found!r}, kept was {sorted(allowed)}"


def judge_notes(raw: Mapping[str, Any], log: VisitLog) -> Iterator[str]:
    """The notes that were kept and did not arrive, and those that arrived twice or were never written."""
    arrived = [event.get("value") for event in raw.get("events", []) if event.get("kind") == "note"]
    for text, is_kept in log.notes.items():
        if arrived.count(text) > 1 or (is_kept and text not in arrived):
            yield f"the note {text!r} arrived {arrived.count(text)} times"
    for stranger in set(arrived) - set(log.notes):
        yield f"a note arrived that nobody wrote: {stranger!r}"


def judge_marks(planned: Planned, visit: Visit) -> Iterator[str]:
    """Words of another visit or another person in what was kept of this one."""
    copies = db.session.scalars(select(DraftCopy.content).where(DraftCopy.visit_id == visit.id))
    for text in (visit.raw_answers or "", visit.draft, visit.employee_note, *copies):
        for person, number in MARK.findall(text):
            if (person, int(number)) != (planned.person, planned.visit):
                yield f"holds words of {person}'s visit {int(number)}"


def lacks_something(visit: Visit) -> bool:
    """Whether a visit rightly waits for a reviewer: something in it was still to be mended as it was sent."""
    if visit.state != VisitState.HELD.value or visit.submitted_at is None:
        return False
    raw = json.loads(visit.raw_answers or "{}")
    return isinstance(check_visit(visit, raw, received_at=visit.submitted_at), Refused)


def judge_flags(visit: Visit) -> Iterator[str]:
    """Flags that nobody deserved: with one phone nothing differs, lacks, or is set aside."""
    skew = visit.clock_skew_seconds
    expected = {"incomplete"} if lacks_something(visit) else set()
    for flag in db.session.scalars(select(VisitFlag).where(VisitFlag.visit_id == visit.id)):
        if skew is not None and abs(skew) > MOST_SKEW_SECONDS:
            expected.add("clock")
        if flag.kind in expected:
            continue
        yield f"is flagged {flag.kind} {flag.detail}"
    for answer in visit.answers:
        if answer.recall_minutes is not None and answer.recall_minutes < 0:
            yield f"{answer.question} was recalled {answer.recall_minutes} minutes after its event"


def _judge_photos(visit: Visit, log: VisitLog) -> Iterator[str]:
    photos = db.session.scalars(select(Photo).where(Photo.visit_id == visit.id)).all()
    uploads = db.session.scalars(select(Upload).where(Upload.visit_id == visit.id)).all()
    for kept in (each for each in log.photos.values() if each.is_kept and not each.is_removed):
        yield from judge_photo(kept, photos, uploads)
    by_hash = {each.original_sha256: each for each in log.photos.values()}
    for photo in photos:
        chosen = by_hash.get(photo.original_sha256)
        if chosen is None or chosen.question != photo.question:
            yield f"photo {photo.id} was never chosen for {photo.question}"
        elif chosen.is_removed:
            yield f"photo {chosen.number} arrived although it had been removed"
    for upload in uploads:
        if upload.state not in (UploadState.KEPT.value, UploadState.REMOVED.value):
            yield f"upload {upload.id} is still {upload.state}"


def judge_photo(kept: PhotoLog, photos: Any, uploads: Any) -> Iterator[str]:
    """What is wrong with one photo that the phone said it had kept."""
    name = f"photo {kept.number} of {kept.question}"
    same = [each for each in uploads if each.original_sha256 == kept.original_sha256]
    whole = [each for each in same if each.state == UploadState.KEPT.value]
    if len(whole) != 1:
        yield f"{name} was uploaded {len(whole)} times, {[each.state for each in same]}"
        return
    if kept.hashes.get(str(whole[0].id), whole[0].sha256) != whole[0].sha256:
        yield f"{name} arrived as other bytes than were to be sent"
    stored = [each for each in photos if each.original_sha256 == kept.original_sha256]
    if len(stored) != 1:
        yield f"{name} is there {len(stored)} times"
        return
    content = media_store().get(stored[0].storage_key)
    shows = read_number(content) if content else None
    if shows != kept.number:
        yield f"{name} shows the picture {shows}"


def _say(value: Any) -> str:
    return "nothing" if value is NO_ANSWER else repr(value)
