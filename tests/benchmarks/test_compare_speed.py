"""The benchmark of speed measures a fit in a process of its own, and leaves out what is not there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.compare_speed import INTERPRETER, OURS, measure, measure_rivals, write_programme


def test_it_measures_our_fit_in_a_process_of_its_own(tmp_path: Path) -> None:
    table = write_programme(tmp_path / "visits.csv", 75)
    assert len(table.read_text(encoding="utf-8").splitlines()) == 75 * 6 + 1
    measured = measure(sys.executable, OURS, table, timeout=60)
    assert measured is not None
    seconds, memory = measured
    assert 0 < seconds < 60
    assert 20 < memory < 2000


def test_it_leaves_out_programs_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "visits.csv"
    table.write_text("employee,auditor,shop,base\n", encoding="utf-8")
    monkeypatch.delenv(INTERPRETER, raising=False)
    assert measure_rivals(table) == {}
    assert measure(sys.executable, "import no_such_program", table, timeout=60) is None
