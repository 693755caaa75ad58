"""The benchmark of submitting loses no visit, in whatever way the answers are inserted."""

from __future__ import annotations

from benchmarks.figures import find_p95
from benchmarks.submit import WAYS, measure_submit


def test_it_sends_visits_in_every_way_and_compares_them() -> None:
    """A lost visit or answer raises ValueError."""
    figures = measure_submit(rounds=2)
    for way in WAYS:
        assert 0 < figures[f"{way}_median"].value <= figures[f"{way}_p95"].value
    assert "row_by_row, same run" in (figures["action_to_row_by_row"].reference or "")


def test_it_finds_the_time_that_95_of_100_runs_do_not_exceed() -> None:
    seconds = [number / 1000 for number in range(1, 101)]
    assert 0.095 <= find_p95(seconds) <= 0.096
