"""The forms about employees."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SearchField, SelectField
from wtforms.validators import InputRequired

from mystery.directory.actions import EmployeeDraft, Step
from mystery.directory.forms.fields import (
    LONGEST_CODE,
    LONGEST_NAME,
    chosen_day,
    chosen_unit,
    or_none,
    text_field,
    tidy,
    unit_field,
)
from mystery.directory.queries import EmployeeFilter, UnitChoice
from mystery.directory.words import FIELDS
from mystery.web.forms import REQUIRED, OfficeForm, QueryForm, read_uuid

STATE_CHOICES = {"present": _l("Work here now"), "left": _l("Have left"), "all": _l("Everybody")}


class EmployeeFilterForm(QueryForm):
    """Search and filters of the list; the state lives in the address."""

    q = SearchField(_l("Name or code"), filters=[tidy])
    unit = SelectField(FIELDS["unit"], validate_choice=False)
    state = SelectField(_l("Who"), validate_choice=False)

    def offer(self, units: Iterable[UnitChoice]) -> None:
        """Fill the lists."""
        self.unit.choices = [("", _("All units")), *((str(unit.id), unit.label) for unit in units)]
        self.state.choices = list(STATE_CHOICES.items())

    def read_filter(self) -> EmployeeFilter:
        """The filter these fields ask for; raises FilterFault where it is not offered."""
        self.require_understood()
        unit: UUID | None = read_uuid(self.unit.data)
        state = self.state.data
        if state == "left":
            return EmployeeFilter(self.q.data or "", unit, "left")
        return EmployeeFilter(self.q.data or "", unit, "all" if state == "all" else "present")


class EmployeeForm(OfficeForm):
    """What can be corrected about an employee without a move."""

    name = text_field("full_name", LONGEST_NAME, required=True)
    code = text_field("code", LONGEST_CODE)
    position = text_field("position", LONGEST_NAME)
    hired_on = DateField(FIELDS["hired_on"], validators=[InputRequired(REQUIRED)])

    def draft(self) -> EmployeeDraft:
        """What a valid form asks for."""
        return EmployeeDraft(
            name=self.name.data or "",
            code=or_none(self.code.data),
            position=self.position.data or "",
            hired_on=chosen_day(self.hired_on),
        )


class NewEmployeeForm(EmployeeForm):
    """Somebody who is taken on."""

    unit = unit_field(FIELDS["unit"])


class StepForm(OfficeForm):
    """A move or a return: where to, as what, from which day."""

    unit = unit_field(FIELDS["unit"])
    position = text_field("position", LONGEST_NAME)
    since = DateField(FIELDS["since"], validators=[InputRequired(REQUIRED)])

    def step(self) -> Step:
        """What a valid form asks for."""
        return Step(chosen_unit(self.unit), self.position.data or "", chosen_day(self.since))


class LeavingForm(OfficeForm):
    """Somebody's last day."""

    left_on = DateField(FIELDS["left_on"], validators=[InputRequired(REQUIRED)])
