"""A made-up programme as the book of its comparison: both what the model says and the plain means."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from reports.comparison import compare_staff
from reports.comparison_book import ComparisonBook
from reports.fair_comparison import fit_fairly
from reports.fair_rows import FairVisit, Figure
from reports.rows import StaffVisit
from tests.reports.fair_visits import make_visits

FIRST_DAY = date(2026, 3, 1)
SECTIONS = {"greeting": "Приветствие", "needs": "Потребности"}

FITTED = 50  # smaller programmes take longer: their spreads are integrated over (CP-05)
PEOPLE = 8


def make_book(people: int = PEOPLE, visits: int = 6, **changes: Any) -> ComparisonBook:
    """The first people of a programme in which everybody has so many visits."""
    return replace(_bind_made(people, visits), **changes)


def make_few(visits: Sequence[FairVisit], **changes: Any) -> ComparisonBook:
    """The book of so few people that there is no model."""
    return bind_visits(visits, {visit.employee for visit in visits}, **changes)


def bind_visits(
    made: Sequence[FairVisit], people: Collection[str], *, figure: Figure = "colleagues", **changes: Any
) -> ComparisonBook:
    """The book of some people, judged with all of these visits behind them, as a page would make it."""
    own = [visit for visit in made if visit.employee in people]
    book = ComparisonBook(
        fair=fit_fairly(made).describe(figure, people=people),
        plain=compare_staff([show_plain(visit, number) for number, visit in enumerate(own)]),
        section_titles=SECTIONS,
        checklist_titles={"shop-visit": "Визит в магазин"},
        scope=("Анкета: Визит в магазин", "Подразделение: все"),
        revision="7f3a",
    )
    return replace(book, **changes)


def name_people(count: int) -> set[str]:
    """The ids of the first people of a made-up programme."""
    return {f"person {number:05}" for number in range(count)}


@cache
def _bind_made(people: int, visits: int) -> ComparisonBook:
    return bind_visits(make_visits(FITTED, visits), name_people(people))


def show_plain(visit: FairVisit, number: int) -> StaffVisit:
    """The same visit as a row of plain means, with two sections around its base."""
    base = visit.base
    return StaffVisit(
        visit=visit.visit,
        employee=visit.employee,
        employee_name=visit.employee_name,
        unit=visit.shop,
        visited_on=FIRST_DAY + timedelta(days=number % 90),
        checklist="shop-visit",
        version=1,
        base=base,
        final=base,
        coverage=visit.coverage,
        knocked_out=number % 17 == 0,
        sections={} if base is None else {"greeting": base, "needs": max(0.0, base - 5)},
    )
