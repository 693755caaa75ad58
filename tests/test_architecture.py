"""The shape of the code: size budgets, names that say something, and packages that are only ours."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("checklists", "reports", "mystery")
LONGEST_FILE = 400
LONGEST_TEST_FILE = 500
NINE_IN_TEN_FILES = 200
NINE_IN_TEN_FUNCTIONS = 30
LONGEST_FUNCTION_STATEMENTS = 50
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "misc", "common", "stuff"}


def list_modules(*folders: str) -> list[Path]:
    """The Python files below ``folders``, migrations apart: those are history and never rewritten."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "versions" not in path.parts)


def count_lines(path: Path) -> int:
    """The lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def list_functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions and methods of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def ninth_decile(values: list[int]) -> float:
    """The value that nine in ten of ``values`` do not exceed."""
    return statistics.quantiles(values, n=10)[-1]


@pytest.mark.parametrize(
    ("folders", "most"), [(PACKAGES, LONGEST_FILE), (("tests", "benchmarks"), LONGEST_TEST_FILE)]
)
def test_it_keeps_every_file_readable_in_one_sitting(folders: tuple[str, ...], most: int) -> None:
    too_long = {
        str(path.relative_to(ROOT)): count_lines(path)
        for path in list_modules(*folders)
        if count_lines(path) > most
    }
    assert not too_long, f"split these by what they are about: {too_long}"


def test_it_keeps_most_files_and_functions_small() -> None:
    modules = list_modules(*PACKAGES)
    assert ninth_decile([count_lines(path) for path in modules]) <= NINE_IN_TEN_FILES
    lengths = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in modules
        for node in list_functions(path)
    ]
    assert ninth_decile(lengths) <= NINE_IN_TEN_FUNCTIONS


def test_it_names_modules_after_the_things_they_hold() -> None:
    vague = [str(path.relative_to(ROOT)) for path in list_modules(*PACKAGES) if path.stem in FORBIDDEN_NAMES]
    assert not vague, f"name the thing: {vague}"


def test_it_says_in_each_module_what_the_module_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in list_modules(*PACKAGES)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_it_documents_every_public_function() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in list_modules(*PACKAGES)
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent


def test_it_is_the_only_distribution_that_ships_these_packages() -> None:
    owners = packages_distributions()
    for package in PACKAGES:
        assert set(owners.get(package, ["mystery-audit"])) == {"mystery-audit"}


def test_it_has_a_package_marker_in_every_folder_of_tests() -> None:
    bare = {
        str(path.parent.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if not (path.parent / "__init__.py").exists()
    }
    assert not bare, "without __init__.py, tests/checklists would shadow checklists"


def test_it_keeps_a_short_readme_in_every_package() -> None:
    for package in PACKAGES:
        lines = (ROOT / package / "README.md").read_text(encoding="utf-8").strip().splitlines()
        assert 1 <= len([line for line in lines if line.strip()]) <= 3
