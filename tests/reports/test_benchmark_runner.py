"""`python -m benchmarks`: names, machine and figures, as text or JSON."""

import json
import sys
from types import ModuleType

import pytest
from click.testing import CliRunner

from benchmarks import BENCHMARKS
from benchmarks.__main__ import main
from benchmarks.figures import Figure, measure_interleaved


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """A benchmark that measures nothing."""
    module = ModuleType("benchmarks.tiny", "How fast nothing is.\n\nMore about it.")
    figures = {"nothing": Figure(1.5, "ms", target="<= 2", reference="something takes 3")}
    monkeypatch.setattr(module, "run", lambda: figures, raising=False)
    monkeypatch.setitem(sys.modules, "benchmarks.tiny", module)
    monkeypatch.setitem(BENCHMARKS, "tiny", "benchmarks.tiny")


@pytest.mark.usefixtures("tiny")
def test_it_lists_every_benchmark_with_what_it_measures() -> None:
    output = CliRunner().invoke(main, ["--list"]).output
    assert set(BENCHMARKS) == {line.split()[0] for line in output.splitlines()}
    assert "How fast nothing is." in output


@pytest.mark.usefixtures("tiny")
def test_it_prints_name_machine_and_figures_as_json() -> None:
    data = json.loads(CliRunner().invoke(main, ["tiny", "--json"]).output)
    assert data["name"] == "tiny"
    assert set(data["machine"]) == {"processor", "cores", "system", "python"}
    assert data["figures"] == {
        "nothing": {"value": 1.5, "unit": "ms", "target": "<= 2", "reference": "something takes 3"}
    }


@pytest.mark.usefixtures("tiny")
def test_it_prints_figures_for_people_too() -> None:
    output = CliRunner().invoke(main, ["tiny"]).output
    assert "1.5 ms" in output
    assert "target <= 2, something takes 3" in output


def test_it_refuses_a_benchmark_it_does_not_know() -> None:
    result = CliRunner().invoke(main, ["nonsense"])
    assert result.exit_code == 2
    assert "pdf" in result.output


def test_it_measures_in_turns_after_one_warm_run() -> None:
    """A busy machine slows all subjects alike when they take turns."""
    calls: list[str] = []
    subjects = {"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}
    seconds = measure_interleaved(subjects, rounds=3)
    assert calls == ["a", "b"] * 4
    assert set(seconds) == {"a", "b"}
