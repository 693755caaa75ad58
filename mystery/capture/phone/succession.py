"""Succession: whether one state of a list came out of another, told by when each answer was given.

A phone whose save was kept and whose answer was lost on the way saves again from an older revision. That is
no clash with somebody else: every answer it sends is the same as what is here, or newer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mystery.sheets.raw_sheet import RawSheet, read_part

# In ``answered`` the facts of the visit go by these names.
FACTS = {"when": "date", "whom": "employee"}


def follows(later: RawSheet, earlier: RawSheet) -> bool:
    """Whether ``later`` knows all of ``earlier``: where they differ, its answer was given afterwards."""
    moments, former = read_part(later, "answered"), read_part(earlier, "answered")
    if any(moments.get(name, "") < moment for name, moment in former.items()):
        return False
    if not _list_event_ids(earlier) <= _list_event_ids(later):
        return False
    return all(moments.get(name, "") > former.get(name, "") for name in _list_differences(later, earlier))


def _list_differences(one: RawSheet, other: RawSheet) -> Iterator[str]:
    for part in ("answers", "comments"):
        ours, theirs = read_part(one, part), read_part(other, part)
        yield from (name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name))
    ours, theirs = read_part(one, "visit"), read_part(other, "visit")
    yield from (name for name, fact in FACTS.items() if ours.get(fact) != theirs.get(fact))


def _list_event_ids(raw: RawSheet) -> set[str]:
    events: Any = raw.get("events")
    listed = events if isinstance(events, list) else []
    return {str(event.get("id")) for event in listed if isinstance(event, Mapping)}
