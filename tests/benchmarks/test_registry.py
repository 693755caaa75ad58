"""The list of benchmarks is complete, and says of each what it measures."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

import pytest

import benchmarks
from benchmarks import BENCHMARKS
from benchmarks.__main__ import describe_benchmark

FOLDER = Path(benchmarks.__file__).parent


def test_it_lists_every_module_that_measures_something() -> None:
    modules = [f"benchmarks.{path.stem}" for path in FOLDER.glob("*.py") if not path.stem.startswith("__")]
    measuring = {name for name in modules if hasattr(import_module(name), "run")}
    assert set(BENCHMARKS.values()) == measuring


@pytest.mark.parametrize("name", sorted(BENCHMARKS))
def test_it_says_what_each_benchmark_measures_and_how(name: str) -> None:
    assert len(describe_benchmark(name)) > len("Something is measured")
    assert inspect.getdoc(import_module(BENCHMARKS[name]).run)
