"""What the forms of the directory share: lengths, printable text, choices of units, faults beside fields."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from wtforms import DateField, Field, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from mystery.directory.queries import UnitChoice
from mystery.directory.words import FIELDS, describe_fault
from mystery.tables.cells import is_printable, tidy_cell
from mystery.tables.faults import Fault, TableReason, fault
from mystery.web.forms import REQUIRED, OfficeForm, read_uuid

LONGEST_CODE = 40
LONGEST_NAME = 120
LONGEST_ADDRESS = 300


def tidy(value: Any) -> Any:
    """Drop invisible letters and surplus spaces; a WTForms filter."""
    return tidy_cell(value) if isinstance(value, str) else value


def check_printable(_form: Any, field: Field) -> None:
    """Refuse control characters and marks that turn the direction of text."""
    if field.data and not is_printable(field.data):
        raise ValidationError(describe_fault(fault(TableReason.UNPRINTABLE)))


def text_field(name: str, longest: int, *, required: bool = False) -> StringField:
    """A line of text, labelled as FIELDS has it."""
    # DataRequired looks at the tidied text: blanks and invisible letters are no name.
    needed = [DataRequired(REQUIRED)] if required else []
    return StringField(
        FIELDS[name], filters=[tidy], validators=[*needed, Length(max=longest), check_printable]
    )


def unit_field(label: Any) -> SelectField:
    """A choice of units; ``offer_units`` fills it."""
    return SelectField(label, validators=[InputRequired(REQUIRED)])


def offer_units(field: SelectField, units: Iterable[UnitChoice], *, chosen: UUID | None = None) -> None:
    """Fill a choice of units; nothing is chosen unless told, lest a slip places somebody wrongly."""
    field.choices = [("", _("Choose a unit")), *((str(unit.id), unit.label) for unit in units)]
    if field.data is None and chosen is not None:
        field.data = str(chosen)


def chosen_unit(field: SelectField) -> UUID:
    """The unit of a valid form."""
    unit = read_uuid(field.data)
    assert unit is not None, "offer_units offers nothing but ids, and InputRequired refuses the empty choice"
    return unit


def chosen_day(field: DateField) -> date:
    """The day of a valid form."""
    assert field.data is not None, "InputRequired refuses an empty date"
    return field.data


def put_fault(form: OfficeForm, found: Fault, *, instead: str) -> None:
    """Put a fault beside its field, or beside ``instead`` when the form has no such field."""
    form.add_problem(found.field if found.field in form else instead, describe_fault(found))


def or_none(text: str | None) -> str | None:
    """An empty code is no code."""
    return text or None
