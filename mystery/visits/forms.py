"""The filter above the list of visits, read from the address."""

from __future__ import annotations

from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SearchField, SelectField
from wtforms.validators import Optional

from mystery.visits.queries import VisitFilter
from mystery.web.forms import OfficeForm, QueryForm, read_uuid, tidy_text
from mystery.web.locale import LANGUAGES

OUTCOME_CHOICES = [
    ("", _l("Any result")),
    ("passed", _l("Threshold met")),
    ("not_passed", _l("Threshold not met")),
    ("knocked_out", _l("A critical question decided")),
    ("not_scored", _l("Not scored")),
]
LONGEST_SEARCH = 100


class ArchiveForm(OfficeForm):
    """Packs the reports of the listed visits; ``key`` makes a second click ask for the same archive."""

    key = HiddenField()
    language = SelectField(_l("Language of the reports"), choices=lambda: list(LANGUAGES.items()))


class VisitFilterForm(QueryForm):
    """Search and filters of the list; the state lives in the address."""

    text = SearchField(_l("Employee or unit"), filters=[tidy_text])
    unit = SelectField(_l("Unit"), validate_choice=False)
    checklist = SelectField(_l("Checklist"), validate_choice=False)
    outcome = SelectField(_l("Result"), validate_choice=False)
    since = DateField(_l("From"), validators=[Optional()])
    until = DateField(_l("To"), validators=[Optional()])

    def read_filter(self, employee_id: UUID | None) -> VisitFilter:
        """The filter these fields ask for; raises FilterFault where it is not offered."""
        self.require_understood()
        return VisitFilter(
            text=(self.text.data or "")[:LONGEST_SEARCH].replace("\0", ""),
            unit_id=read_uuid(self.unit.data),
            employee_id=employee_id,
            checklist_id=read_uuid(self.checklist.data),
            since=self.since.data,
            until=self.until.data,
            outcome=self.outcome.data or "",
        )
