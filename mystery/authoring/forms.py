"""The forms of authoring: a checklist as text, the company it is for, and the notice to staff."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length

from checklists.documents import MAX_FILE_BYTES
from mystery.authoring.notice_terms import LONGEST_TEXT, PURPOSES, NoticeFault, NoticeTerms
from mystery.authoring.queries import VersionRow
from mystery.authoring.recording import Recordable
from mystery.web.forms import REQUIRED, OfficeForm, QueryForm, read_uuid

Companies = Sequence[tuple[UUID, str]]

PURPOSE_NAMES = {
    "training": _l("Training only: results serve to coach and to learn"),
    "bonus": _l("Training and bonus: results may also count towards quality pay"),
}
FAULTS = {
    NoticeFault.DAY_AHEAD: ("given_on", _l("This day is still ahead. Record the notice once it was given.")),
    NoticeFault.DAY_TOO_OLD: ("given_on", _l("This day is more than twenty years ago. Check the year.")),
    NoticeFault.TEXT_MISSING: ("text", REQUIRED),
    NoticeFault.TEXT_TOO_LONG: ("text", _l("The text is longer than 4000 characters. Shorten it.")),
    NoticeFault.PURPOSE_UNKNOWN: ("purpose", _l("Choose what the results may be used for.")),
}


class CompanyForm(OfficeForm):
    """A form about one of the companies for which the person may publish."""

    company = SelectField(_l("Company"), validate_choice=False)

    def offer(self, companies: Companies) -> None:
        """Offer the companies; a person with one company is not asked."""
        self._companies = tuple(companies)
        self.company.choices = [(str(company), name) for company, name in companies]
        if len(self._companies) == 1:
            del self.company

    def read_company(self) -> UUID | None:
        """The company chosen, or None with the problem put beside the field."""
        if len(self._companies) == 1:
            return self._companies[0][0]
        chosen = read_uuid(self.company.data)
        if chosen in {company for company, _name in self._companies}:
            return chosen
        self.add_problem("company", _("Choose a company from the list."))
        return None


class ChecklistForm(CompanyForm):
    """A checklist pasted or uploaded; ``seen`` names the text and the version shown when it was checked."""

    file = FileField(_l("A file"))
    source = TextAreaField(_l("Text of the checklist"))
    seen = HiddenField()

    def take_file(self) -> bool:
        """Put an uploaded file's text into the text field; False with the problem beside the file."""
        upload = self.file.data
        if not upload or not upload.filename:
            return True
        content = upload.read(MAX_FILE_BYTES + 1)
        upload.close()
        if len(content) > MAX_FILE_BYTES:
            self.add_problem("file", _("The file is larger than 1 MB. A checklist never is; check the file."))
            return False
        try:
            self.source.data = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_problem("file", _("The file is not text in UTF-8. Save it as YAML or JSON in UTF-8."))
            return False
        return True


class NoticeForm(CompanyForm):
    """When and in what words staff were told, and what the results may be used for."""

    given_on = DateField(_l("Staff were told on"), validators=[InputRequired(REQUIRED)])
    purpose = RadioField(_l("What the results are for"), validate_choice=False)
    text = TextAreaField(
        _l("What staff were told"), validators=[InputRequired(REQUIRED), Length(max=LONGEST_TEXT)]
    )

    def offer(self, companies: Companies) -> None:
        """Offer the companies and the purposes."""
        super().offer(companies)
        self.purpose.choices = [(purpose, str(name)) for purpose, name in PURPOSE_NAMES.items()]

    def read_terms(self) -> NoticeTerms:
        """The terms entered, once the form was found valid."""
        assert self.given_on.data is not None, "read only after the form was found valid"
        return NoticeTerms(self.given_on.data, (self.text.data or "").strip(), self.purpose.data or "")

    def show_faults(self, faults: Sequence[NoticeFault]) -> None:
        """Put each fault beside its field."""
        for fault in faults:
            name, message = FAULTS[fault]
            self.add_problem(name, str(message))


class SwitchForm(OfficeForm):
    """A button that switches one kind of recording on or off."""

    what = HiddenField(validators=[AnyOf(list(Recordable))])
    turn = HiddenField(validators=[AnyOf(["on", "off"])])


class ChangesForm(QueryForm):
    """Which two versions are compared; what is not understood means the two newest."""

    old = SelectField(_l("From version"), validate_choice=False)
    new = SelectField(_l("to version"), validate_choice=False)

    def offer(self, versions: Sequence[VersionRow], *, old: int, new: int) -> None:
        """Offer the versions, with those shown chosen."""
        choices = [(str(version.number), str(version.number)) for version in versions]
        self.old.choices, self.new.choices = choices, list(choices)
        self.old.data, self.new.data = str(old), str(new)


assert set(PURPOSE_NAMES) == set(PURPOSES), "every purpose has its words"
