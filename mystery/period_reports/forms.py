"""The choices above a report over a period, read from the address; nonsense counts as the default."""

from __future__ import annotations

from datetime import date, timedelta

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
        self.validate()
        self._names_days = "since" in arguments or "until" in arguments

    def end_with(self, last_visit: date) -> None:
        """Choose the usual period up to the last visit, unless the address names days."""
        if not self._names_days:
            self.since.data, self.until.data = last_visit - timedelta(days=USUAL_DAYS), last_visit


class UnitPeriodForm(PeriodForm):
    """The same for a unit."""

    unit = SelectField(_l("Unit"), validate_choice=False)
