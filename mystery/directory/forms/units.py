"""The forms about units."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SearchField, SelectField
from wtforms.validators import InputRequired

from mystery.directory.actions import UnitDraft
from mystery.directory.forms.fields import (
    LONGEST_ADDRESS,
    LONGEST_CODE,
    LONGEST_NAME,
    or_none,
    text_field,
    tidy,
    unit_field,
)
from mystery.directory.words import ADDABLE_KINDS, FIELDS
from mystery.web.forms import REQUIRED, OfficeForm, QueryForm
from mystery.web.locale import current_language
from mystery.web.time_zones import list_time_zones


class UnitFilterForm(QueryForm):
    """The search above the tree; the state lives in the address."""

    q = SearchField(_l("Name, code or address"), filters=[tidy])
    closed = BooleanField(_l("Closed units too"))


class UnitForm(OfficeForm):
    """What can be changed about a unit."""

    name = text_field("name", LONGEST_NAME, required=True)
    code = text_field("code", LONGEST_CODE)
    address = text_field("address", LONGEST_ADDRESS)
    time_zone = SelectField(FIELDS["time_zone"], validators=[InputRequired(REQUIRED)])

    def offer_time_zones(self, chosen: str) -> None:
        """Fill the list of time zones, the one in use among them."""
        self.time_zone.choices = list_time_zones(current_language(), chosen=chosen)
        if self.time_zone.data is None:
            self.time_zone.data = chosen

    def draft(self) -> UnitDraft:
        """What a valid form asks for."""
        return UnitDraft(
            self.name.data or "", or_none(self.code.data), self.address.data or "", self.time_zone.data
        )


class NewUnitForm(UnitForm):
    """A region or shop below another unit."""

    kind = RadioField(FIELDS["kind"], default=next(iter(ADDABLE_KINDS)), validators=[InputRequired(REQUIRED)])

    def __init__(self) -> None:
        super().__init__()
        self.kind.choices = list(ADDABLE_KINDS.items())


class MoveUnitForm(OfficeForm):
    """Which unit a unit belongs to."""

    parent = unit_field(FIELDS["parent"])


class ClosingForm(OfficeForm):
    """Since which day a unit is closed."""

    closed_on = DateField(FIELDS["closed_on"], validators=[InputRequired(REQUIRED)])
