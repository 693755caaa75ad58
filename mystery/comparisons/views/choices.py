"""What the address asks to compare: checklist, unit, period, figure, and whether names are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import abort, current_app, request
from flask_babel import gettext as _

from mystery.access.guards import current_reach
from mystery.access.permissions import Permission
from mystery.access.scopes import list_reached_units
from mystery.comparisons.actions import record_people_opened
from mystery.comparisons.forms import ComparisonForm
from mystery.comparisons.people import read_name
from mystery.comparisons.pseudonyms import code_people
from mystery.comparisons.queries import (
    ComparedChecklist,
    ComparisonScope,
    Staff,
    list_checklists,
    read_staff,
    sort_names,
)
from mystery.web.forms import HIDDEN, list_choices, read_uuid
from mystery.web.locale import current_language
from mystery.web.pagination import ROWS_A_PAGE, Page, asked_page, cut_page
from reports.dates import format_date
from reports.fair_rows import Figure

FIGURES: tuple[Figure, ...] = ("colleagues", "customer")
"""The first is what is shown unless something else is asked for (CP-02)."""


@dataclass(frozen=True)
class Choice:
    """What the reader chose to compare, and the form that shows it."""

    form: ComparisonForm
    scope: ComparisonScope
    checklist: ComparedChecklist
    titles: dict[str, str]
    """Section id to its title in the reader's language."""
    figure: Figure
    hides_names: bool

    def list_arguments(self, **changes: str) -> dict[str, Any]:
        """The choice as arguments of an address, so that it goes along from page to page."""
        chosen = self.list_visit_arguments() | {
            "figure": "" if self.figure == FIGURES[0] else self.figure,
            "names": HIDDEN if self.hides_names else "",
        }
        return {name: value for name, value in (chosen | changes).items() if value}

    def list_visit_arguments(self) -> dict[str, Any]:
        """The filter of the list of visits that shows exactly what is compared."""
        scope = self.scope
        wanted = {
            "checklist": scope.checklist_id,
            "unit": scope.unit_id,
            "since": scope.since,
            "until": scope.until,
        }
        return {name: str(value) for name, value in wanted.items() if value is not None}


def read_choice() -> Choice | None:
    """What the address asks to compare, within the reader's reach; None while there is no visit.

    Raises FilterFault for what it asks and the form does not offer.
    """
    reach, language = current_reach(), current_language()
    checklists = list_checklists(reach)
    if not checklists:
        return None
    form = ComparisonForm(request.args)
    wanted = form.choose("checklist", [(each.checklist_id, each.title_in(language)) for each in checklists])
    chosen = next(each for each in checklists if each.checklist_id == wanted)
    units = [(str(each), name) for each, name in list_reached_units(reach, Permission.COMPARE_STAFF)]
    form.unit.choices = list_choices(units, empty=_("All units"))
    form.figure.choices = [
        ("colleagues", _("Against shop colleagues")),
        ("customer", _("What the customer got")),
    ]
    form.names.choices = [("", _("Shown")), (HIDDEN, _("Hidden, for a meeting"))]
    form.require_understood()
    figure: Figure = "customer" if form.figure.data == "customer" else "colleagues"
    form.figure.data = figure
    return Choice(
        form=form,
        scope=ComparisonScope(
            chosen.company_id,
            chosen.checklist_id,
            read_uuid(form.unit.data),
            form.since.data,
            form.until.data,
        ),
        checklist=chosen,
        titles={section.id: section.title.in_language(language) for section in chosen.newest.sections},
        figure=figure,
        hides_names=form.names.data == HIDDEN,
    )


def read_choice_or_404() -> Choice:
    """What the address asks to compare; not found while there is no visit."""
    choice = read_choice()
    if choice is None:
        abort(404)
    return choice


def compare_choice(choice: Choice) -> Staff:
    """The fitted model and the people of a choice, under their names or what stands for them."""
    staff = read_staff(current_reach(), choice.scope)
    if not choice.hides_names:
        return staff
    return replace(staff, names=sort_names(_hide_names(choice, staff, staff.names)))


def name_absent(choice: Choice, staff: Staff, employee: str) -> str:
    """What somebody without a visit in a choice is called there: his name, or what stands for it."""
    if not choice.hides_names:
        return read_name(UUID(employee))
    return _hide_names(choice, staff, {employee} & {*staff.everybody}).get(employee) or _("Employee")


def _hide_names(choice: Choice, staff: Staff, people: Iterable[str]) -> dict[str, str]:
    key = str(current_app.config["SECRET_KEY"]).encode()
    codes = code_people(staff.everybody, company_id=choice.scope.company_id, key=key)
    called = _("Employee %(code)s")  # Asked for once: thousands of look-ups take longer than the codes.
    return {each: called % {"code": codes[each]} for each in people}


def page_people(staff: Staff) -> Page[tuple[str, str]]:
    """The people of the page that the address asks for, in the order of their names (CP-03)."""
    return cut_page(list(staff.names.items()), asked_page(), size=ROWS_A_PAGE)


def write_down(choice: Choice, employees: Iterable[str]) -> None:
    """Keep that this reader saw, or took along, what tells about these people, before it is shown."""
    people = [UUID(employee) for employee in employees]
    if people:
        record_people_opened(current_reach().user_id, choice.scope.company_id, people)


def describe_scope(choice: Choice) -> list[str]:
    """What is compared, in sentences for a file that leaves the page: checklist, unit and period."""
    return [
        _("Checklist: %(title)s", title=name_checklist(choice)),
        _("Unit: %(name)s", name=name_unit(choice)),
        describe_period(choice.scope),
    ]


def name_unit(choice: Choice) -> str:
    """The chosen unit as the reader knows it, or that it is all of them."""
    units = dict(list_reached_units(current_reach(), Permission.COMPARE_STAFF))
    return units[choice.scope.unit_id] if choice.scope.unit_id else str(_("All units"))


def describe_period(scope: ComparisonScope) -> str:
    """The days from which visits are compared, in words."""
    language = current_language()
    since, until = format_date(scope.since, language), format_date(scope.until, language)
    period: str = _("Period: all visits")
    if scope.since and scope.until:
        period = _("Period: from %(since)s to %(until)s", since=since, until=until)
    elif scope.since:
        period = _("Period: since %(since)s", since=since)
    elif scope.until:
        period = _("Period: until %(until)s", until=until)
    return period


def name_checklist(choice: Choice) -> str:
    """The title of the compared checklist in the reader's language."""
    return choice.checklist.title_in(current_language())


def name_file(choice: Choice, kind: str = "staff-comparison") -> str:
    """A plain file name that tells one comparison from another: staff-comparison-shop-visit-2026-01-01."""
    scope = choice.scope
    slug = re.sub(r"[^a-z0-9-]", "", choice.checklist.slug.lower())
    days = [day.isoformat() for day in (scope.since, scope.until) if day]
    return "-".join([kind, *([slug] if slug else []), *days])
