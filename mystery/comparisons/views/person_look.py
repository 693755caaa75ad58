"""One person as a page shows him: figures, steps, sections and visits; and who stands beside him."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from mystery.access.guards import current_reach
from mystery.comparisons.exact_bases import show_bases
from mystery.comparisons.people import read_compared_period
from mystery.comparisons.queries import Staff
from mystery.comparisons.views.choices import FIGURES, Choice
from mystery.comparisons.views.person_figures import (
    Fact,
    SectionFigure,
    count_unlisted,
    list_facts,
    list_sections,
    say_sentence,
)
from mystery.web.locale import current_language
from reports.dot_plot import draw_dot_plot, list_dots
from reports.employee_report import EmployeePage, build_employee_page
from reports.fair_regions import find_home
from reports.fair_rows import FairComparison, FairPerson
from reports.fair_words import describe_warning, name_figure, say_fair
from reports.period_rows import EmployeePeriod


@dataclass(frozen=True)
class PersonLook:
    """What a page says of one person; ``period`` and ``report`` are None where no visit may be read."""

    employee: str
    name: str
    figures: FairPerson
    sentence: str
    facts: list[Fact]
    warnings: list[str]
    sections: list[SectionFigure]
    period: EmployeePeriod | None
    report: EmployeePage | None
    unlisted: str
    visit_arguments: dict[str, str]
    in_common: Mapping[str, str]  # by visit the base that is compared; empty where each visit's own one is


@dataclass(frozen=True)
class FigureChoice:
    """One of the two figures, which are never mixed (CP-02), and the address that shows it."""

    name: str
    meaning: str
    address: str
    is_chosen: bool


def widen_choice(choice: Choice) -> Choice:
    """The same choice over all units: a person is looked at with all his visits, wherever they were."""
    return replace(choice, scope=replace(choice.scope, unit_id=None))


def look_at_person(choice: Choice, staff: Staff, comparison: FairComparison, employee: str) -> PersonLook:
    """Put together what is said of one person; raises StopIteration for one who is not in the comparison."""
    person = next(each for each in comparison.people if each.employee == employee)
    name = staff.names[employee]
    period = read_compared_period(current_reach(), UUID(employee), choice.scope, name=name)
    listed = [] if period is None else [visit.visit for visit in period.visits]
    language = current_language()
    return PersonLook(
        employee=employee,
        name=name,
        figures=person,
        sentence=say_sentence(person, comparison),
        facts=list_facts(person),
        warnings=[describe_warning(warning, language) for warning in person.warnings],
        sections=list_sections(choice, staff, employee),
        period=period,
        report=None if period is None else build_employee_page(period, language),
        unlisted=count_unlisted(person, listed),
        visit_arguments={**choice.list_visit_arguments(), "employee": employee},
        in_common=write_in_common(staff, employee),
    )


def write_in_common(staff: Staff, employee: str) -> Mapping[str, str]:
    """The bases on common standards of one person's visits, where versions differ (SC-20)."""
    plan = staff.kept.plan
    if plan is None or not plan.is_needed:
        return {}
    return show_bases(staff, [employee], current_language())


def list_figure_choices(choice: Choice, endpoint: str, **arguments: Any) -> list[FigureChoice]:
    """Both figures as links to the same page."""
    language = current_language()
    return [
        FigureChoice(
            name_figure(figure, language),
            say_fair(f"figure_{figure}_meaning", language),
            url_for(
                endpoint,
                **arguments,
                **choice.list_arguments(figure="" if figure == FIGURES[0] else figure),
            ),
            figure == choice.figure,
        )
        for figure in FIGURES
    ]


def list_colleagues(staff: Staff, employee: str, choice: Choice, *, most: int) -> list[str]:
    """Those who stand beside an employee, himself included: the same shop, or region (CP-02).

    Of more than ``most`` people he alone is left: so many are compared on a page of their own.
    """
    place = "shop" if choice.figure == "colleagues" else "region"
    visits = staff.kept.model.by_employee
    if employee not in visits:
        return [employee]
    home = find_home(visits[employee], place)
    near = (
        each
        for each in staff.names
        # Most people were never there, which is quickly seen.
        if any(getattr(visit, place) == home for visit in visits.get(each, ()))
        and find_home(visits[each], place) == home
    )
    found = list(islice(near, most + 1))
    return found if len(found) <= most else [employee]


def draw_people(
    choice: Choice, staff: Staff, comparison: FairComparison, people: Collection[str], *, about: str = ""
) -> Markup:
    """Draw some people of a comparison, alphabetically; ``about`` is the one whose page it is."""
    language = current_language()
    others = [each for each in people if each != about]
    arguments = choice.list_arguments()
    dots = list_dots(
        comparison,
        language,
        names=pick_names(staff, people),
        links={each: url_for("comparisons.show_person", employee_id=each, **arguments) for each in others},
        remarks={about: _("the person of this page")} if others else None,
    )
    if not others:
        # The sentence about a person alone stands above the picture already.
        dots = [replace(dot, words=dot.tip or dot.words, tip="") for dot in dots]
    mean = None if comparison.why_not else comparison.mean
    return draw_dot_plot(dots, language, title=name_figure(choice.figure, language), mean=mean)


def pick_names(staff: Staff, people: Collection[str]) -> dict[str, str]:
    """The names of some people in the order of all, which is the only one there is (CP-03)."""
    return {each: name for each, name in staff.names.items() if each in people}
