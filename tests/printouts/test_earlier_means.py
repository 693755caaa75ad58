"""The means printed beside the sections of a visit: of earlier visits only, and the same however late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from mystery.database import db
from mystery.models import Employee, Placement, Visit
from mystery.printouts.earlier_means import read_earlier_means
from reports.rows import SectionMeans
from tests.cast import Cast
from tests.factories import make_submitted_visit

LAST = date(2026, 11, 5)
Means = tuple[SectionMeans, SectionMeans]


def hire(cast: Cast, name: str, unit: str = "N1") -> str:
    """Somebody new in a shop."""
    person = Employee(company_id=cast.ours.company, name=name, hired_on=date(2025, 1, 1))
    person.placements.append(Placement(unit_id=cast.ours.units[unit], since=date(2025, 1, 1), position=""))
    db.session.add(person)
    db.session.commit()
    cast.ours.employees[name] = person.id
    return name


def visit_all(cast: Cast, *seen: tuple[str, str, str, int]) -> list[UUID]:
    """Visits as (answers, unit, employee, days before the last visit)."""
    return [
        make_submitted_visit(cast, answers, unit=unit, employee=who, day=LAST - timedelta(days=days))
        for answers, unit, who, days in seen
    ]


def means_of(visit_id: UUID) -> Means:
    """The means beside a visit: of its unit and of the programme."""
    visit = db.session.get(Visit, visit_id)
    assert visit is not None
    return read_earlier_means(visit)


def change(visit_id: UUID, **columns: Any) -> None:
    """Change a visit behind the application's back."""
    settings = ", ".join(f"{name} = :{name}" for name in columns)
    db.session.execute(text(f"UPDATE visit SET {settings} WHERE id = :id"), {**columns, "id": visit_id.hex})
    db.session.commit()
    db.session.expire_all()


def test_it_takes_the_mean_of_visits_sent_before(cast: Cast) -> None:
    """V1 and V2 in the unit, V2 elsewhere: greeting 200/3 and 100, and n counts visits and people."""
    hire(cast, "Галина")
    visit_all(cast, ("V1", "N1", "Анна", 9), ("V2", "N1", "Галина", 8), ("V2", "N2", "Борис", 7))
    [last] = visit_all(cast, ("V1", "N1", "Анна", 0))
    unit, programme = means_of(last)
    assert (unit.visits, unit.people) == (2, 2)
    assert (programme.visits, programme.people) == (3, 3)
    greeting = unit.sections["greeting"]
    assert greeting.percent == pytest.approx(250 / 3)
    assert (greeting.visits, greeting.people) == (2, 2)
    assert programme.sections["greeting"].percent == pytest.approx(800 / 9)


def test_it_counts_a_section_only_where_it_was_assessed(cast: Cast) -> None:
    """SC-03: objections were not assessed in V1, which is not zero."""
    visit_all(cast, ("V1", "N1", "Анна", 9), ("V2", "N1", "Анна", 8))
    [last] = visit_all(cast, ("V1", "N1", "Анна", 0))
    objections = means_of(last)[0].sections["objections"]
    assert (objections.percent, objections.visits, objections.people) == (60.0, 1, 1)


def test_it_says_the_same_after_later_visits(cast: Cast) -> None:
    """Printed again after years, a report has the means of its own day."""
    visit_all(cast, ("V1", "N1", "Анна", 9))
    [seen] = visit_all(cast, ("V2", "N1", "Анна", 5))
    before = means_of(seen)
    visit_all(cast, ("V2", "N1", "Анна", 4), ("V2", "N2", "Борис", 5))
    assert means_of(seen) == before


@pytest.mark.parametrize(
    "left_out",
    [
        {"days": 90, "columns": {}},
        {"days": 5, "columns": {"coverage_percent": 59.9}},
    ],
)
def test_it_leaves_out_what_no_comparison_would_count(cast: Cast, left_out: dict[str, Any]) -> None:
    """Visits of more than ninety days ago, and those of which too little was assessed (SC-08)."""
    [last] = visit_all(cast, ("V1", "N1", "Анна", 0))
    [other] = visit_all(cast, ("V2", "N1", "Анна", left_out["days"]))
    if left_out["columns"]:
        assert means_of(last)[0].visits == 1
        change(other, **left_out["columns"])
    else:
        # Sent at the very minute ninety days before is the first that counts; a second earlier is not.
        assert means_of(last)[0].visits == 1
        change(other, submitted_at="2026-08-07 14:59:59")
    assert means_of(last)[0] == SectionMeans(0, 0, {})


def test_it_counts_nobody_for_a_visit_to_a_whole_unit(cast: Cast) -> None:
    """Such a visit is a visit, and says nothing about how many people stand behind a mean."""
    make_submitted_visit(cast, "V1", employee=None, day=LAST - timedelta(days=3))
    [last] = visit_all(cast, ("V1", "N1", "Анна", 0))
    unit, _programme = means_of(last)
    assert (unit.visits, unit.people) == (1, 0)


def test_it_never_counts_visits_of_another_company(cast: Cast) -> None:
    make_submitted_visit(cast, "V2", foreign=True, day=LAST - timedelta(days=3))
    [last] = visit_all(cast, ("V1", "N1", "Анна", 0))
    assert means_of(last) == (SectionMeans(0, 0, {}), SectionMeans(0, 0, {}))
