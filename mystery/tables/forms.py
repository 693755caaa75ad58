"""The forms of an import: choosing a file, and saying yes to what was shown."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired

from mystery.web.forms import REQUIRED, OfficeForm


class UploadForm(OfficeForm):
    """The file, and the company it is for where there is more than one."""

    file = FileField(_l("CSV or XLSX file, up to 12 MB"))
    company = SelectField(_l("Company"), validators=[InputRequired(REQUIRED)])


class ApplyForm(OfficeForm):
    """Says that what was shown shall be done; ``digest`` names what was shown."""

    digest = HiddenField()
