"""The benchmark of many reports tells growth from the warm worker on, and weighs other processes."""

from __future__ import annotations

import os

from benchmarks.figures import read_megabytes
from benchmarks.printing import REPORTS, tell_memory


def test_it_tells_how_much_a_worker_grew_once_it_was_warm() -> None:
    """What the first fifty reports took for fonts and caches is no growth."""
    figure = tell_memory({0: 100.0, 49: 200.0, 51: 201.0, REPORTS: 203.0})["memory_growth"]
    assert figure.value in (2.0, 3.0)
    assert figure.reference is not None
    assert "203 MB" in figure.reference


def test_it_weighs_a_process_that_is_there() -> None:
    assert read_megabytes("VmRSS", os.getpid()) > 10
    assert read_megabytes("VmRSS", 0) == 0
