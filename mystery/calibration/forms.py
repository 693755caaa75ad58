"""The choices above the page of auditors, read from the address."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.validators import Optional

from mystery.web.forms import QueryForm


class CalibrationForm(QueryForm):
    """Company, checklist and period; the state lives in the address."""

    company = SelectField(_l("Company"), validate_choice=False)
    checklist = SelectField(_l("Checklist"), validate_choice=False)
    since = DateField(_l("From"), validators=[Optional()])
    until = DateField(_l("To"), validators=[Optional()])
