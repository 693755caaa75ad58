"""Bodies: what a phone may send, read strictly; anything else is refused with a word, never with a crash."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn, TypeVar
from uuid import UUID

from mystery.sheets.raw_sheet import LONGEST_WRITER, RawSheet, has_same_writer
from mystery.sheets.recall import read_moment

MOST_BODY_BYTES = 8 * 1024 * 1024
MOST_ENTRIES = 5000
MOST_EVENTS = 20_000
MOST_FILES = 500
LARGEST_REVISION = 10**9
LONGEST_QUESTION = 40
HASH = re.compile("[0-9a-f]{64}")
# Halves of surrogate pairs and NULs are no text: databases refuse them, and browsers' forms replace them too.
NO_TEXT = re.compile("[\x00\ud800-\udfff]")

Entries = tuple[tuple[str, str], ...]
T = TypeVar("T")


class BadBody(ValueError):
    """What came is no JSON, or not of the shape that was agreed; the message names the part."""


@dataclass(frozen=True)
class NamedFile:
    """A photo or a memo as the phone lists it; ``sha256`` is empty where the phone does not say it."""

    id: UUID
    question: str
    sha256: str


@dataclass(frozen=True)
class SentSheet:
    """A whole list as a phone sends it; ``revision`` is None where the phone does not say it.

    ``at`` is the phone's own clock. ``events`` and ``answered`` are kept as they came. ``writer`` names the
    draft as it stands on one device: so the device is known again when the answer to its last save was lost.
    ``turn`` counts what was entered in that draft: networks deliver late what its page has long given up.
    """

    version_id: UUID
    assignment_id: UUID
    fields: Entries
    events: tuple[Mapping[str, Any], ...]
    answered: Mapping[str, str]
    files: tuple[NamedFile, ...]
    removed: frozenset[UUID]
    at: datetime | None
    revision: int | None
    strict: bool
    writer: str
    turn: int

    def complete_raw(self, read: RawSheet) -> dict[str, Any]:
        """The raw sheet of the answers ``read`` from the fields, with what stands beside them."""
        beside = {
            "events": [dict(event) for event in self.events],
            "answered": dict(self.answered),
            "writer": self.writer,
            "turn": self.turn,
        }
        return {**read, **{part: value for part, value in beside.items() if value}}

    def wrote(self, saved: RawSheet) -> bool:
        """Whether ``saved`` came from the same draft of the same device: then this sheet goes on from it."""
        return has_same_writer(self.complete_raw({}), saved)


def read_sheet_body(content: bytes, visit_id: UUID) -> SentSheet:
    """The sheet in a request's body; raises BadBody. A visit that it names must be ``visit_id``."""
    body = read_json_object(content)
    if _take(body, "visit", str, "") not in ("", str(visit_id), visit_id.hex):
        _complain("visit")
    return read_sheet(body)


def read_sheet(body: Mapping[str, Any]) -> SentSheet:
    """The sheet in an object; raises BadBody."""
    revision = body.get("revision")
    return SentSheet(
        version_id=_read_uuid(body.get("version"), "version"),
        assignment_id=_read_uuid(body.get("assignment"), "assignment"),
        fields=_read_entries(body),
        events=_read_events(body),
        answered=_read_answered(body),
        files=_read_files(body),
        removed=_read_removed(body),
        at=read_moment(body.get("at")),
        revision=None if revision is None else _read_revision(revision),
        strict=_take(body, "strict", bool, False),
        writer=_read_writer(body),
        turn=_read_count(body.get("turn", 0), "turn"),
    )


def read_json_object(content: bytes) -> dict[str, Any]:
    """The JSON object in ``content``, its texts made fit to be kept; raises BadBody."""
    try:
        body = json.loads(content, parse_constant=_refuse_constant)
        mended = _mend(body)
    except (ValueError, RecursionError) as error:
        raise BadBody("json") from error
    if not isinstance(mended, dict):
        raise BadBody("json")
    return mended


def _mend(value: Any) -> Any:
    if isinstance(value, str):
        return NO_TEXT.sub("\ufffd", value)
    if isinstance(value, list):
        return [_mend(each) for each in value]
    if isinstance(value, dict):
        return {_mend(name): _mend(each) for name, each in value.items()}
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _complain(part: str) -> NoReturn:
    raise BadBody(part)


def _take(body: Mapping[str, Any], part: str, kind: type[T], missing: T) -> T:
    value = body.get(part)
    if value is None:
        return missing
    return value if isinstance(value, kind) else _complain(part)


def _read_uuid(text: object, part: str) -> UUID:
    try:
        return UUID(text) if isinstance(text, str) and 32 <= len(text) <= 36 else _complain(part)
    except ValueError:
        _complain(part)


def _read_revision(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -1 <= value <= LARGEST_REVISION:
        _complain("revision")
    return value


def _read_count(value: object, part: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_REVISION:
        _complain(part)
    return value


def _read_writer(body: Mapping[str, Any]) -> str:
    writer = _take(body, "writer", str, "")
    if len(writer) > LONGEST_WRITER:
        _complain("writer")
    return writer


def _read_entries(body: Mapping[str, Any]) -> Entries:
    entries = _take(body, "fields", list, [])
    if len(entries) > MOST_ENTRIES:
        _complain("fields")
    for entry in entries:
        if not isinstance(entry, list) or len(entry) != 2 or not all(isinstance(each, str) for each in entry):
            _complain("fields")
    return tuple((name, value) for name, value in entries)


def _read_events(body: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    events = _take(body, "events", list, [])
    if len(events) > MOST_EVENTS or not all(isinstance(event, dict) for event in events):
        _complain("events")
    return tuple(events)


def _read_answered(body: Mapping[str, Any]) -> Mapping[str, str]:
    answered = _take(body, "answered", dict, {})
    if len(answered) > MOST_ENTRIES or not all(isinstance(moment, str) for moment in answered.values()):
        _complain("answered")
    return answered


def _read_files(body: Mapping[str, Any]) -> tuple[NamedFile, ...]:
    files = _take(body, "photos", list, [])
    if len(files) > MOST_FILES or not all(isinstance(file, dict) for file in files):
        _complain("photos")
    named = {}
    for file in files:
        file_id = _read_uuid(file.get("id"), "photos")
        question, sha256 = _take(file, "question", str, ""), _take(file, "sha256", str, "")
        if len(question) > LONGEST_QUESTION or not (sha256 == "" or HASH.fullmatch(sha256)):
            _complain("photos")
        named[file_id] = NamedFile(file_id, question, sha256)
    return tuple(named.values())


def _read_removed(body: Mapping[str, Any]) -> frozenset[UUID]:
    removed = _take(body, "removed", list, [])
    if len(removed) > MOST_FILES:
        _complain("removed")
    return frozenset(_read_uuid(each, "removed") for each in removed)
