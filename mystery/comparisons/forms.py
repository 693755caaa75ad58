"""The choices above a comparison, read from the address."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.validators import Optional

from mystery.web.forms import QueryForm


class ComparisonForm(QueryForm):
    """Checklist, unit, period, figure and names; the state lives in the address."""

    checklist = SelectField(_l("Checklist"), validate_choice=False)
    unit = SelectField(_l("Unit"), validate_choice=False)
    since = DateField(_l("From"), validators=[Optional()])
    until = DateField(_l("To"), validators=[Optional()])
    figure = SelectField(_l("Figure"), validate_choice=False)
    names = SelectField(_l("Names"), validate_choice=False)


class PairForm(QueryForm):
    """The two people who are set side by side."""

    one = SelectField(_l("One person"), validate_choice=False)
    other = SelectField(_l("The other"), validate_choice=False)
