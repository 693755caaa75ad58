"""What a model reads: bases on common standards, weights marked "not applicable", regions, one company."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from mystery.database import db
from mystery.fair_models import parts
from mystery.fair_models.rows import read_visits
from mystery.fair_models.sections import read_section_sums
from tests.cast import Cast
from tests.factories import make_submitted_visit
from tests.fair_models.programme import DAY, FOREIGN, NEWEST, OLDER, publish, scope_of, visit
from tests.trainings.courses import add_visit

FULL: dict[str, Any] = {"a": "yes", "b": 4, "c": "4", "d": "no"}


@pytest.fixture(params=[0.0, 2.0], ids=["every answer in turn", "those of each visit"])
def way_of_reading(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long tables are read in one of two ways, which must not differ."""
    monkeypatch.setattr(parts, "SCAN_FROM", request.param)
    monkeypatch.setattr(parts, "ROWS_AT_ONCE", 3)


def test_it_scores_several_versions_on_what_they_share(cast: Cast, way_of_reading: None) -> None:
    """SC-20: ND-02 was reworded, so it counts in neither version; GR-01, GR-02 and ND-01 are left."""
    older, newest = publish(cast, OLDER, 1), publish(cast, NEWEST, 2)
    first = visit(cast, older, FULL)
    second = visit(cast, newest, {"a": "no", "b": 2, "c": "2", "d": "yes"}, day=DAY + timedelta(days=1))
    read = read_visits(scope_of(newest))
    assert read.plan is not None
    assert (read.plan.included, read.plan.broken, read.not_comparable) == (("2", "1"), (), ())
    bases = {each.visit: each.base for each in read.visits}
    assert bases == {first: 100.0, second: pytest.approx(0.4 * 100 / 3 + 0.6 * 50)}
    assert {read.places[each].version for each in bases} == {1, 2}


def test_it_knows_nothing_of_a_visit_without_answers(cast: Cast) -> None:
    """SC-20: that no loss is on record is no full mark where nothing is on record."""
    ours = cast.ours
    publish(cast, OLDER, 1)
    ours.version = publish(cast, NEWEST, 2)
    visit(cast, ours.version, FULL)
    older = publish(cast, OLDER.replace("ND-02@1", "ND-02@9"), 3)
    visit(cast, older, FULL)
    add_visit(cast, "Анна", DAY, 90.0)
    db.session.commit()
    bases = sorted(str(each.base) for each in read_visits(scope_of(older)).visits)
    assert bases == ["100.0", "100.0", "None"]


def test_it_leaves_out_versions_that_share_too_little(cast: Cast) -> None:
    """SC-20: such a visit has no base, so it enters no figure, but it is still there to be spoken of."""
    foreign, newest = publish(cast, FOREIGN, 1), publish(cast, NEWEST, 2)
    left_out, kept = visit(cast, foreign, FULL), visit(cast, newest, FULL)
    read = read_visits(scope_of(newest))
    assert read.not_comparable == (left_out,)
    assert {each.visit: each.base for each in read.visits} == {left_out: None, kept: pytest.approx(85.0)}


def test_it_weighs_what_was_marked_not_applicable(cast: Cast, way_of_reading: None) -> None:
    """CP-07: d carries a quarter of a section of 60, so 15 % of the whole."""
    version = publish(cast, NEWEST, 1)
    marked, answered = visit(cast, version, FULL | {"d": "n/a"}), visit(cast, version, FULL)
    shares = {each.visit: each.na_share for each in read_visits(scope_of(version)).visits}
    assert shares == {marked: pytest.approx(0.15), answered: 0.0}


def test_it_knows_the_place_and_keeps_names_out(cast: Cast) -> None:
    """A page asks for names itself, so that a changed or erased one is never shown from memory."""
    version = publish(cast, NEWEST, 1)
    visit(cast, version, FULL, unit="S1", employee="Вера")
    (only,) = read_visits(scope_of(version)).visits
    units, people = cast.ours.units, cast.ours.employees
    assert (only.employee, only.employee_name) == (str(people["Вера"]), "")
    assert (only.shop, only.region) == (str(units["S1"]), str(units["Юг"]))
    assert UUID(only.auditor) == cast.ours.users["auditor"]


def test_it_reads_one_company_one_checklist_and_one_period(cast: Cast) -> None:
    version = publish(cast, NEWEST, 1)
    make_submitted_visit(cast)
    make_submitted_visit(cast, foreign=True)
    visit(cast, version, FULL)
    late = visit(cast, version, FULL, day=DAY + timedelta(days=9))
    since = read_visits(scope_of(version, since=DAY + timedelta(days=1))).visits
    assert [each.visit for each in since] == [late]
    assert len(read_visits(scope_of(version)).visits) == 2
    assert read_visits(scope_of(version, until=DAY - timedelta(days=1))).visits == ()


def test_it_gives_the_percent_of_a_section_where_one_is_asked_for(cast: Cast) -> None:
    """LN-05: quality pay has components that are sections."""
    version = publish(cast, NEWEST, 1)
    visit(cast, version, FULL)
    assert [each.base for each in read_visits(scope_of(version, section="second")).visits] == [75.0]
    assert [each.base for each in read_visits(scope_of(version, section="third")).visits] == [None]


def test_it_adds_up_the_sections_of_each_person_in_each_unit(cast: Cast, way_of_reading: None) -> None:
    """Visits of another checklist are passed over, whichever way the table is read."""
    version = publish(cast, NEWEST, 1)
    make_submitted_visit(cast)
    visit(cast, version, FULL)
    visit(cast, version, FULL | {"d": "yes"})
    visit(cast, version, FULL, unit="N2")
    scope = scope_of(version)
    sums = read_section_sums(scope, read_visits(scope).visits)
    north, south = (str(cast.ours.units[name]) for name in ("N1", "N2"))
    assert sums.sections == ("first", "second")
    assert sums.of_units({north}) == {"first": (200.0, 2, 1), "second": (175.0, 2, 1)}
    assert sums.of_units({south}) == {"first": (100.0, 1, 1), "second": (75.0, 1, 1)}
    assert sums.of_units({north, south}) == {"first": (300.0, 3, 1), "second": (250.0, 3, 1)}
    assert sums.of_employee(str(cast.ours.employees["Анна"])) == sums.of_units({north, south})
    assert list(sums.whole_of_units({north, south})) == pytest.approx([85 + 100 + 85, 3, 1])
    assert sums.whole_of_units(()) == (0, 0, 0)
    assert sums.of_employee("nobody") == sums.of_units(()) == {}
