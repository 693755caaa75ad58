"""The forms of planning, and the sentences for what can be wrong with an order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from flask_babel import get_timezone
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mystery.planning.desks import PlanningDesk, VersionChoice, VisitDesk, VisitPlace
from mystery.planning.filters import AssignmentFilter, FilterChoices
from mystery.planning.orders import (
    LONGEST_BRIEFING,
    MOST_ORDERS_AT_ONCE,
    AssignmentOrder,
    OrderFault,
    OrderProblem,
)
from mystery.planning.refusals import describe_fault
from mystery.web.formats import format_day
from mystery.web.forms import REQUIRED, OfficeForm, QueryForm, list_choices, read_uuid

STATE_CHOICES = [
    ("", _l("All states")),
    ("open", _l("Still to be done")),
    ("held", _l("Waiting for review")),
    ("overdue", _l("Overdue")),
    ("soon", _l("Ending within 3 days")),
    ("waiting", _l("Waiting")),
    ("started", _l("Started")),
    ("sent", _l("Sent")),
    ("cancelled", _l("Cancelled")),
]
STATES = dict(STATE_CHOICES[1:])


class CheckboxListField(SelectMultipleField):
    """Several of a list, as boxes that a thumb can hit."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AssignmentFilterForm(QueryForm):
    """The filters above the lead's list; the state lives in the address."""

    state = SelectField(_l("State"), validate_choice=False)
    unit = SelectField(_l("Unit"), validate_choice=False)
    auditor = SelectField(_l("Auditor"), validate_choice=False)
    checklist = SelectField(_l("Checklist"), validate_choice=False)
    since = DateField(_l("From"), validators=[Optional()])
    until = DateField(_l("To"), validators=[Optional()])

    def offer(self, choices: FilterChoices) -> None:
        """Fill the lists."""
        self.state.choices = [(state, str(label)) for state, label in STATE_CHOICES]
        self.unit.choices = list_choices(_written(choices.units), empty=_("All units"))
        self.auditor.choices = list_choices(_written(choices.auditors), empty=_("All auditors"))
        self.checklist.choices = list_choices(_written(choices.checklists), empty=_("All checklists"))

    def read_filter(self) -> AssignmentFilter:
        """The filter these fields ask for; raises FilterFault where it is not offered."""
        self.require_understood()
        return AssignmentFilter(
            state=self.state.data if self.state.data in STATES else None,
            unit_id=read_uuid(self.unit.data),
            auditor_id=read_uuid(self.auditor.data),
            checklist_id=read_uuid(self.checklist.data),
            since=self.since.data,
            until=self.until.data,
        )


class PlanningForm(QueryForm):
    """The first step: which checklist version, and in which units; the state lives in the address."""

    version = SelectField(_l("Checklist"), validate_choice=False)
    unit = CheckboxListField(_l("Units to visit"), validate_choice=False)

    def offer(self, desk: PlanningDesk) -> None:
        """Fill the lists; versions of several companies are grouped under their names."""
        versions: dict[str, Any] = {"": _("Choose a checklist")}
        for company in desk.companies:
            own = {
                str(each.id): name_version(each) for each in desk.versions if each.company_id == company.id
            }
            versions.update(own if len(desk.companies) == 1 else {company.name: own})
        self.version.choices = versions
        self.unit.choices = [(str(unit.id), unit.name) for unit in desk.units]

    def read_choice(self) -> tuple[UUID | None, tuple[UUID, ...]]:
        """The version and the units asked for, as far as they are ids at all."""
        ids = (read_uuid(text) for text in self.unit.data or ())
        return read_uuid(self.version.data), tuple(dict.fromkeys(each for each in ids if each is not None))

    def find_problems(self, desk: PlanningDesk) -> bool:
        """Put what is missing beside its field; True when the second step cannot be shown yet."""
        version_id, unit_ids = self.read_choice()
        companies = {unit.company_id for unit in desk.units if unit.id in unit_ids}
        owner = {version.id: version.company_id for version in desk.versions}.get(version_id or uuid4())
        if version_id is None:
            self.version.errors = [_("Choose a checklist.")]
        elif owner is not None and companies - {owner}:
            self.version.errors = [describe_fault(OrderFault.VERSION_OF_OTHER_COMPANY)]
        elif owner in {company.id for company in desk.untold}:
            self.version.errors = [describe_fault(OrderFault.NOTICE_MISSING)]
        if not unit_ids:
            self.unit.errors = [_("Choose at least one unit.")]
        elif len(unit_ids) > MOST_ORDERS_AT_ONCE:
            self.unit.errors = [describe_fault(OrderFault.TOO_MANY)]
        return bool(self.version.errors or self.unit.errors)


class WindowForm(OfficeForm):
    """The second step, what all chosen units share; the fields of each unit are added by build_visit_form."""

    key = HiddenField()
    scenario = SelectField(_l("Legend"), validate_choice=False)
    window_start = DateField(_l("First day"), validators=[InputRequired(REQUIRED)])
    window_end = DateField(_l("Last day"), validators=[InputRequired(REQUIRED)])
    briefing = TextAreaField(
        _l("Briefing for the auditor"), validators=[Optional(), Length(max=LONGEST_BRIEFING)]
    )
    auditor = SelectField(_l("One auditor for all units"), validate_choice=False)

    def read_orders(self, desk: VisitDesk) -> list[AssignmentOrder]:
        """One order a unit; what is not an id counts as not chosen."""
        shared = read_uuid(self.auditor.data) if "auditor" in self else None
        start, end = self.window_start.data, self.window_end.data
        assert start is not None, "read only after the form was found valid"
        assert end is not None, "read only after the form was found valid"
        return [
            AssignmentOrder(
                version_id=desk.version.id,
                unit_id=place.unit.id,
                auditor_id=read_uuid(self[f"auditor_{number}"].data) or shared,
                window_start=start,
                window_end=end,
                employee_id=read_uuid(self[f"employee_{number}"].data),
                scenario_id=read_uuid(self.scenario.data),
                briefing=(self.briefing.data or "").strip(),
                key=read_uuid(self.key.data),
            )
            for number, place in enumerate(desk.places)
        ]

    def show_problems(self, problems: Sequence[OrderProblem]) -> None:
        """Put each problem beside the field it is in, once."""
        for problem in problems:
            name = FIELDS.get(problem.field, problem.field).format(number=problem.position)
            message = describe_fault(problem.fault, problem.day)
            known = self[name].errors if name in self else self.form_errors
            if message in known:
                continue
            if name in self:
                self.add_problem(name, message)
            else:
                self.form_errors.append(message)


# A unit was chosen in the step before, so what is wrong with it stands first among the unit's fields.
FIELDS = {
    "unit_id": "auditor_{number}",
    "auditor_id": "auditor_{number}",
    "employee_id": "employee_{number}",
    "scenario_id": "scenario",
}


def build_visit_form(desk: VisitDesk, **kwargs: Any) -> Any:
    """A form for the chosen units, with an auditor and an employee field for each."""
    several = len(desk.places) > 1
    fields: dict[str, SelectField] = {}
    for number, place in enumerate(desk.places):
        name = place.unit.name
        fields[f"auditor_{number}"] = SelectField(
            _("Auditor in %(unit)s", unit=name) if several else _("Auditor"), validate_choice=False
        )
        fields[f"employee_{number}"] = SelectField(
            _("Employee in %(unit)s", unit=name) if several else _("Employee"), validate_choice=False
        )
    form = type("VisitForm", (WindowForm,), fields)(**kwargs)
    form.scenario.choices = _list_scenarios(desk)
    for number, place in enumerate(desk.places):
        form[f"auditor_{number}"].choices = _list_auditors(place, several=several)
        form[f"employee_{number}"].choices = _list_employees(place)
    if several:
        form.auditor.choices = _list_shared_auditors(desk)
    else:
        del form.auditor
    return form


def name_version(version: VersionChoice) -> str:
    """How a version is called in a list: title, number, the day it was published."""
    published = format_day(version.published_at.astimezone(get_timezone()).date())
    title: str = _(
        "%(title)s, version %(number)s of %(day)s", title=version.title, number=version.number, day=published
    )
    if version.newest:
        return title
    return str(_("%(version)s (a newer one exists)", version=title))


def _written(pairs: Sequence[tuple[UUID, str]]) -> list[tuple[str, str]]:
    return [(str(each), label) for each, label in pairs]


def _list_auditors(place: VisitPlace, *, several: bool) -> list[tuple[str, str]]:
    first = _("As chosen for all units") if several else _("Choose an auditor")
    return [("", first), *((str(person.id), person.name) for person in place.auditors)]


def _list_shared_auditors(desk: VisitDesk) -> list[tuple[str, str]]:
    everywhere = set.intersection(*(set(place.auditors) for place in desk.places))
    ordered = sorted(everywhere, key=lambda person: person.name.casefold())
    return [("", _("Chosen for each unit below")), *((str(person.id), person.name) for person in ordered)]


def _list_employees(place: VisitPlace) -> list[tuple[str, str]]:
    named = (
        (str(person.id), f"{person.name}, {person.position}" if person.position else person.name)
        for person in place.employees
    )
    return [("", _("Anyone who serves")), *named]


def _list_scenarios(desk: VisitDesk) -> dict[str, Any]:
    named = {str(each.id): each.title for each in desk.scenarios if each.named}
    others = {str(each.id): each.title for each in desk.scenarios if not each.named}
    choices: dict[str, Any] = {"": _("No legend")}
    if not named:
        return choices | others
    return choices | {_("Named by the checklist"): named} | ({_("Other legends"): others} if others else {})
