"""A past that is multiplied for measuring holds exactly so many times as much, and stays whole."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from benchmarks.multiplication import DAYS_SPREAD, multiply_visits
from benchmarks.pages import check_growth
from mystery.database import db
from tests.cast import Cast
from tests.factories import make_assignment, make_submitted_visit

TIMES = 3


@pytest.fixture
def database(app: Flask, cast: Cast) -> Path:
    """A database with two visits and one open assignment more."""
    make_submitted_visit(cast, "V1", day=date(2026, 11, 3))
    make_submitted_visit(cast, "V2", unit="N2", employee="Борис", day=date(2026, 11, 4))
    make_assignment(cast)
    db.session.remove()
    db.engine.dispose()
    return Path(app.config["MYSTERY"].data_dir) / "mystery.db"


def read_rows(database: Path, question: str) -> list[tuple[Any, ...]]:
    """What a plain connection reads."""
    connection = sqlite3.connect(database)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def count_answers(database: Path) -> dict[str, int]:
    """How many answers each question has."""
    rows = read_rows(database, "SELECT question, count(*) FROM answer GROUP BY question")
    return {str(question): int(count) for question, count in rows}


def test_it_keeps_every_count_in_proportion(database: Path) -> None:
    before = count_answers(database)
    rows = multiply_visits(database, times=TIMES)
    after = count_answers(database)
    assert rows["visit"] == TIMES * 2
    assert rows["answer"] == sum(after.values())
    assert after == {question: TIMES * count for question, count in before.items()}


def test_it_changes_no_score_and_moves_no_visit_by_more_than_a_month(database: Path) -> None:
    scores = read_rows(database, "SELECT base, final FROM visit ORDER BY base")
    multiply_visits(database, times=TIMES)
    assert read_rows(database, "SELECT DISTINCT base, final FROM visit ORDER BY base") == scores
    days = read_rows(database, "SELECT DISTINCT visited_on, substr(visited_at, 1, 10) FROM visit ORDER BY 1")
    assert [day for day, _ in days] == ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"]
    assert all(day == moment for day, moment in days)
    assert TIMES <= DAYS_SPREAD


def test_it_leaves_a_sound_database(database: Path) -> None:
    multiply_visits(database, times=TIMES)
    assert read_rows(database, "PRAGMA foreign_key_check") == []
    assert read_rows(database, "PRAGMA integrity_check") == [("ok",)]


def test_it_stops_when_a_page_does_not_speak_of_all_visits() -> None:
    check_growth({"list": 2}, {"list": 6}, times=TIMES)
    with pytest.raises(ValueError, match="speak of"):
        check_growth({"list": 2}, {"list": 5}, times=TIMES)
