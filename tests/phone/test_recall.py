"""Recall: the minutes between what happened and the answer about it, stored with each answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from mystery.sheets.recall import list_recall_minutes
from tests.phone.device import Device
from tests.phone.evidence import load_visit

VISITED_AT = datetime(2026, 11, 5, 11, 30, tzinfo=UTC)


def tell(kind: str, clock: str, question: str = "", **more: Any) -> dict[str, Any]:
    """One event of the visit's day."""
    return {
        "id": f"{kind}-{clock}",
        "at": f"2026-11-05T{clock}:00.000Z",
        "kind": kind,
        "question": question,
    } | more


def count(events: list[dict[str, Any]], question: str = "wait", clock: str = "12:00") -> int | None:
    """The minutes of one answer."""
    raw = {"events": events, "answered": {question: f"2026-11-05T{clock}:30.000Z"}}
    return list_recall_minutes(raw, VISITED_AT).get(question)


def test_it_counts_from_the_end_of_the_timer_of_the_question() -> None:
    events = [tell("start", "11:31", "wait"), tell("stop", "11:35", "wait"), tell("end", "11:50")]
    assert count(events) == 25


def test_it_counts_from_the_last_thing_noted_about_the_question() -> None:
    events = [
        tell(kind, clock, "wait")
        for kind, clock in (("tally", "11:32"), ("photo", "11:41"), ("tally", "11:36"))
    ]
    assert count(events) == 19
    assert count([*events, tell("note", "11:45", "queue")]) == 19, (
        "what is about another question is not about this"
    )


def test_it_counts_from_the_end_of_the_visit_where_nothing_was_noted() -> None:
    assert count([tell("end", "11:50"), tell("end", "11:52"), tell("note", "11:58")]) == 8


def test_it_counts_from_the_moment_of_the_visit_at_last() -> None:
    assert count([]) == 30
    assert count([tell("start", "11:59", "wait")]) == 30, "a timer that still runs is no end of anything"


def test_it_passes_over_what_was_taken_back() -> None:
    stop = tell("stop", "11:55", "wait")
    assert count([tell("stop", "11:40", "wait"), stop, tell("undo", "11:56", value=stop["id"])]) == 20


def test_it_is_never_negative_and_never_endless() -> None:
    assert count([tell("stop", "13:00", "wait")]) == 0
    far = list_recall_minutes({"answered": {"wait": "9999-01-01T00:00:00Z"}}, VISITED_AT)
    assert far["wait"] == 366 * 24 * 60


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"answered": []},
        {"answered": {"wait": 5, "queue": "soon", "came": "2026-11-05T12:00:00"}},
        {"answered": {"wait": "0001-01-01T00:00:00+23:59"}},
    ],
)
def test_it_says_nothing_where_the_phone_noted_no_moment(raw: dict[str, Any]) -> None:
    assert list_recall_minutes(raw, VISITED_AT) == {}


@pytest.mark.parametrize(
    "events",
    ["x", [5], [{}], [{"at": 5}], [{"at": "2026-11-05T11:40:00Z", "kind": [], "question": {}}], {"a": 1}],
)
def test_it_passes_over_events_that_make_no_sense(events: Any) -> None:
    raw = {"events": events, "answered": {"wait": "2026-11-05T12:00:30Z"}}
    assert list_recall_minutes(raw, VISITED_AT) == {"wait": 30}


def test_it_stands_with_each_answer_of_the_visit(device: Device) -> None:
    """Answers without a moment, and moments without an answer, have no minutes."""
    answered = {name: "2026-11-05T12:10:00.000Z" for name in ("wait", "greeted", "sound", "when")}
    device.report(events=[tell("stop", "11:40", "wait"), tell("end", "12:00")], answered=answered)
    minutes = {answer.question: answer.recall_minutes for answer in load_visit(device.visit).answers}
    assert (minutes.pop("wait"), minutes.pop("greeted")) == (30, 10)
    assert set(minutes.values()) == {None}


def test_it_is_not_known_of_a_visit_that_came_as_a_plain_form(device: Device) -> None:
    device.report()
    assert {answer.recall_minutes for answer in load_visit(device.visit).answers} == {None}
