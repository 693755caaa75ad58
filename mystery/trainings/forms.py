"""The forms of trainings: what was taught, where and to whom; and which checklist shows what it did."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from mystery.web.forms import REQUIRED, OfficeForm, QueryForm, tidy_text

LONGEST_TITLE = 120
LONGEST_LIST = 200_000


class TrainingForm(OfficeForm):
    """A new training; the people are pasted, a line each."""

    title = StringField(
        _l("What was taught"),
        filters=[tidy_text],
        validators=[InputRequired(REQUIRED), Length(max=LONGEST_TITLE)],
    )
    unit = SelectField(_l("Whose staff"))
    usual_day = DateField(_l("Day of the training"), validators=[Optional()])
    people = TextAreaField(
        _l("Who took part"),
        validators=[InputRequired(REQUIRED), Length(max=LONGEST_LIST)],
        render_kw={"rows": 10, "spellcheck": "false"},
    )


class EffectForm(QueryForm):
    """On which checklist the effect is looked at; the state lives in the address."""

    checklist = SelectField(_l("Checklist"), validate_choice=False)
