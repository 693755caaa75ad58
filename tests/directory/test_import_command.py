"""The import without a web page, as the command line calls it."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from mystery.access.scopes import NotYours
from mystery.database import db
from mystery.directory.actions import import_directory
from mystery.directory.words import describe_fault
from mystery.models import Unit
from tests.cast import Cast
from tests.directory.files import problems_of
from tests.tables.files import as_csv

UNITS = """
    Code | Name | Kind   | Part of
    W    | West | region |
    W1   | Shop | shop   | W
"""


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """A file with a region and a shop."""
    path = tmp_path / "units.csv"
    path.write_bytes(as_csv(UNITS))
    return path


def test_it_only_plans_until_told_to_apply(cast: Cast, units: Path) -> None:
    outcome = import_directory(cast.ours.company, units, apply=False)
    assert (outcome.applied, outcome.plan.applicable) == (False, True)
    assert db.session.query(Unit).filter_by(code="W").count() == 0


def test_it_applies_a_file_once_and_finds_nothing_to_do_the_second_time(cast: Cast, units: Path) -> None:
    assert import_directory(cast.ours.company, units, apply=True).applied
    again = import_directory(cast.ours.company, units, apply=True)
    assert (again.applied, again.plan.changes_nothing, again.plan.problems) == (False, True, ())
    assert db.session.query(Unit).filter_by(code="W1").count() == 1


def test_it_applies_nothing_of_a_file_with_one_problem(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_bytes(as_csv(UNITS + "    X1   | Kiosk | booth | W"))
    outcome = import_directory(cast.ours.company, path, apply=True)
    assert not outcome.applied
    assert problems_of(outcome.plan) == [(4, "kind", "not_a_kind")]
    assert "booth" in describe_fault(outcome.plan.problems[0].fault)
    assert db.session.query(Unit).filter_by(code="W").count() == 0


def test_it_tells_what_is_wrong_with_a_file_that_cannot_be_read(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "photo.xlsx"
    path.write_bytes(b"\x89PNG")
    outcome = import_directory(cast.ours.company, path, apply=True)
    assert problems_of(outcome.plan) == [(None, "", "file_wrong_type")]


def test_it_takes_nothing_but_a_company(cast: Cast, units: Path) -> None:
    for unit in (cast.ours.units["N1"], uuid4()):
        with pytest.raises(NotYours):
            import_directory(unit, units, apply=True)
