"""Recall: how many minutes lay between what happened and the answer about it, as a phone has noted them.

The longer it is, the more an answer is memory and the less observation; the review desk shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from mystery.sheets.raw_sheet import RawSheet, read_part

# Of a timer only its end counts: an answer about waiting cannot be given while one still waits.
ABOUT_A_QUESTION = frozenset({"stop", "tally", "photo", "name", "note", "memo"})
END, UNDO = "end", "undo"
SECONDS_A_MINUTE = 60
# A year: what lies beyond it was noted by a clock gone wrong.
MOST_MINUTES = 366 * 24 * 60


def list_recall_minutes(raw: RawSheet, visited_at: datetime) -> dict[str, int]:
    """The minutes of every answer of which the phone has noted when it was given, by question.

    They count from the last event about the question, else from the end of the visit, else from its moment.
    """
    events = list(_list_events(raw))
    ends = [at for kind, _question, at in events if kind == END]
    left_at = max(ends, default=visited_at)
    last = {}
    for kind, question, at in sorted(events, key=lambda event: event[2]):
        if kind in ABOUT_A_QUESTION and question:
            last[question] = at
    moments = ((question, read_moment(text)) for question, text in read_part(raw, "answered").items())
    return {
        question: _count_minutes(last.get(question, left_at), at)
        for question, at in moments
        if at is not None
    }


def read_moment(text: object) -> datetime | None:
    """A moment as phones write it, with its time zone; None for anything else."""
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _list_events(raw: RawSheet) -> Iterator[tuple[str, str, datetime]]:
    """Kind, question and moment of every event that was not taken back."""
    listed = raw.get("events")
    events = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
    undone = [each.get("value") for each in events if each.get("kind") == UNDO]
    for each in events:
        at = read_moment(each.get("at"))
        if at is not None and each.get("id") not in undone:
            yield _read_word(each, "kind"), _read_word(each, "question"), at


def _read_word(event: Mapping[str, Any], name: str) -> str:
    word = event.get(name)
    return word if isinstance(word, str) else ""


def _count_minutes(event_at: datetime, answered_at: datetime) -> int:
    minutes = int((answered_at - event_at).total_seconds()) // SECONDS_A_MINUTE
    return min(max(minutes, 0), MOST_MINUTES)
