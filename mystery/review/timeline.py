"""What was tapped and noted during the visit, one line after another, on the phone's clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from mystery.sheets.raw_sheet import RawSheet
from mystery.web.formats import format_day, format_moment

MOST_ENTRIES = 500
LONGEST_NOTE = 4000
# The kinds of the contract between phone and server; "place" is told apart, and "undo" takes one back.
KINDS: dict[str, Any] = {
    "start": _l("Timer started"),
    "stop": _l("Timer stopped"),
    "tally": _l("Counted"),
    "name": _l("Name heard"),
    "note": _l("Note"),
    "photo": _l("Photo taken"),
    "memo": _l("Voice memo recorded"),
    "place": _l("Position fix"),
    "end": _l("Visit ended"),
}
WORDED = frozenset({"name", "note", "place"})


@dataclass(frozen=True)
class Entry:
    """One line: when by the phone's clock, what, about which question, and what was written."""

    clock: str
    what: str
    number: str
    note: str
    is_undone: bool


def build_timeline(
    raw: RawSheet, numbers: Mapping[str, str], time_zone: str
) -> list[tuple[str, list[Entry]]]:
    """The entries by day, oldest first; what is no event is passed over, since phones may send anything."""
    events = sorted(_read_events(raw), key=lambda pair: pair[0])
    undone = {str(event.get("value")) for _moment, event in events if event.get("kind") == "undo"}
    days: dict[str, list[Entry]] = {}
    for moment, event in events:
        kind = str(event.get("kind"))
        if kind not in KINDS:
            continue
        local = moment.astimezone(ZoneInfo(time_zone))
        entry = Entry(
            clock=format_moment(moment, time_zone).rpartition(", ")[2],
            what=str(KINDS[kind]),
            number=numbers.get(str(event.get("question")), ""),
            note=_say_note(kind, event.get("value")),
            is_undone=str(event.get("id")) in undone,
        )
        days.setdefault(format_day(local.date()), []).append(entry)
    return list(days.items())


def _read_events(raw: RawSheet) -> Iterator[tuple[datetime, Mapping[str, Any]]]:
    listed = raw.get("events")
    for event in listed[:MOST_ENTRIES] if isinstance(listed, list) else []:
        moment = _read_moment(event.get("at")) if isinstance(event, Mapping) else None
        if moment is not None:
            yield moment, event


def _read_moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
        # A moment at the very ends of the calendar has no local time in some zone.
        return moment if moment.tzinfo is not None and 1900 < moment.year < 9000 else None
    except ValueError:
        return None


def _say_note(kind: str, value: object) -> str:
    if kind not in WORDED or value in (None, ""):
        return ""
    if kind == "place" and isinstance(value, Mapping):
        return _say_position(value)
    return str(value)[:LONGEST_NOTE]


def _say_position(value: Mapping[str, Any]) -> str:
    latitude, longitude, accuracy = (value.get(name) for name in ("latitude", "longitude", "accuracy"))
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return ""
    where = f"{latitude:.5f}, {longitude:.5f}"
    if not isinstance(accuracy, int | float):
        return where
    return str(_("%(where)s, to within %(meters)s m", where=where, meters=round(accuracy)))
