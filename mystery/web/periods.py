"""The choices above what is told about a period, read from the address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import DateField, SelectField
from wtforms.validators import Optional

from mystery.web.forms import QueryForm

USUAL_DAYS = 365


class PeriodForm(QueryForm):
    """Checklist and period; without any dates in the address, the year that ends with the last visit."""

    checklist = SelectField(_l("Checklist"), validate_choice=False)
    since = DateField(_l("From"), validators=[Optional()])
    until = DateField(_l("To"), validators=[Optional()])

    def __init__(self, arguments: MultiDict[str, str]) -> None:
        super().__init__(arguments)
        self._names_days = "since" in arguments or "until" in arguments

    def offer_checklists(self, offered: Sequence[tuple[UUID, str, date]]) -> UUID:
        """Offer checklists by id, title and day of the last visit; returns the chosen one, else the first.

        It is the last list to be filled, and raises FilterFault for what the address asks and none offers.
        """
        chosen = self.choose("checklist", [(checklist, title) for checklist, title, _last in offered])
        self.end_with(next(last for checklist, _title, last in offered if checklist == chosen))
        return chosen

    def end_with(self, last_day: date, *, days: int = USUAL_DAYS) -> None:
        """Choose so many days and the one they lead up to, unless the address names days.

        Raises FilterFault for what the address asks and no list offers.
        """
        self.require_understood()
        if not self._names_days:
            self.since.data, self.until.data = last_day - timedelta(days=days), last_day


class UnitPeriodForm(PeriodForm):
    """The same for a unit."""

    unit = SelectField(_l("Unit"), validate_choice=False)

    def offer_units(self, units: Sequence[tuple[UUID, str]]) -> UUID:
        """Offer units by id and name; returns the chosen one, else the first."""
        return self.choose("unit", units)
