"""The forms of loyalty buttons: one shop and month, and many of them as pasted lines."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from mystery.lenses.count_lines import MOST_COUNTED
from mystery.web.forms import REQUIRED, OfficeForm, tidy_text

LONGEST_MONTH = 20
LONGEST_LIST = 200_000
COUNTABLE = NumberRange(0, MOST_COUNTED, _l("Write a whole number from 0 to 100 million."))


class CountForm(OfficeForm):
    """What was counted in one shop and month."""

    unit = SelectField(_l("Shop"))
    month = StringField(
        _l("Month"),
        filters=[tidy_text],
        validators=[InputRequired(REQUIRED), Length(max=LONGEST_MONTH)],
        render_kw={"type": "month"},
    )
    presses = IntegerField(_l("Presses in all"), validators=[InputRequired(REQUIRED), COUNTABLE])
    dissatisfied = IntegerField(
        _l("Presses of the dissatisfied"), validators=[InputRequired(REQUIRED), COUNTABLE]
    )
    customers = IntegerField(_l("Customers (receipts)"), validators=[Optional(), COUNTABLE])


class PasteForm(OfficeForm):
    """Many shops and months, a line each."""

    counts = TextAreaField(
        _l("Counts"),
        validators=[InputRequired(REQUIRED), Length(max=LONGEST_LIST)],
        render_kw={"rows": 12, "spellcheck": "false"},
    )
