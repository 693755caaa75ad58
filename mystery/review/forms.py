"""The forms of the review desk: its filters, the facts a reviewer gives, the reason, the emergency file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date, time
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, Length, Optional

from mystery.review.actions import LONGEST_REASON
from mystery.review.queries import DeskFilter, Shelf
from mystery.review.words import KINDS
from mystery.sheets.problem_words import say_fact
from mystery.sheets.staff import StaffMember
from mystery.sheets.visit_facts import (
    LONGEST_NOTE,
    NOT_KNOWN,
    FactFault,
    join_employee,
    join_moment,
    split_employee,
    split_moment,
)
from mystery.web.forms import REQUIRED, OfficeForm, QueryForm, list_choices, read_uuid, tidy_text

SHELVES = {
    Shelf.OPEN: _l("Waiting for a decision"),
    Shelf.RETURNED: _l("Returned, not sent again yet"),
    Shelf.SETTLED: _l("Settled"),
}


# The other sentences serve whoever reads them; these two speak to somebody who was there.
TO_REVIEWER = {
    FactFault.EMPLOYEE_MISSING: _l("Choose who served, or “not known”."),
    FactFault.EMPLOYEE_ELSEWHERE: _l("This person did not work there then. Choose again, or “not known”."),
}


class DeskFilterForm(QueryForm):
    """The filters above the desk; the state lives in the address."""

    shelf = SelectField(_l("State"), validate_choice=False)
    kind = SelectField(_l("Reason"), validate_choice=False)
    unit = SelectField(_l("Unit"), validate_choice=False)
    auditor = SelectField(_l("Auditor"), validate_choice=False)

    def offer(self, units: Sequence[tuple[UUID, str]], auditors: Sequence[tuple[UUID, str]]) -> None:
        """Fill the lists."""
        self.shelf.choices = [(shelf.value, str(label)) for shelf, label in SHELVES.items()]
        self.kind.choices = list_choices(
            [(kind.value, str(label)) for kind, label in KINDS.items()], empty=_("All reasons")
        )
        self.unit.choices = list_choices([(str(key), name) for key, name in units], empty=_("All units"))
        self.auditor.choices = list_choices(
            [(str(key), name) for key, name in auditors], empty=_("All auditors")
        )

    def read_filter(self) -> DeskFilter:
        """The filter these fields ask for; raises FilterFault where it is not offered."""
        self.require_understood()
        return DeskFilter(
            shelf=Shelf(self.shelf.data) if self.shelf.data in set(Shelf) else Shelf.OPEN,
            kind=next((kind for kind in KINDS if kind.value == self.kind.data), None),
            unit_id=read_uuid(self.unit.data),
            auditor_id=read_uuid(self.auditor.data),
        )


class TakeForm(OfficeForm):
    """Taking a held visit: the facts that the auditor left open, and none where he gave them."""

    day = DateField(_l("Day of the visit"), validators=[Optional()])
    clock = TimeField(_l("Time of day"), validators=[Optional()])
    employee = SelectField(_l("Who served"), validate_choice=False)
    note = StringField(
        _l("Name on the badge"),
        filters=[tidy_text],
        validators=[Length(max=LONGEST_NOTE, message=_l("Shorten the name to 120 characters."))],
    )

    _offered: frozenset[str] = frozenset()

    def offer(self, needed: Collection[str], staff: Sequence[StaffMember]) -> None:
        """Ask only for what is needed."""
        if "date" not in needed:
            del self.day, self.clock
        if "employee" not in needed:
            del self.employee, self.note
            return
        named = [
            (str(person.id), f"{person.name}, {person.position}" if person.position else person.name)
            for person in staff
        ]
        self.employee.choices = list_choices([*named, (NOT_KNOWN, str(_("not known")))], empty=_("Choose"))
        self._offered = frozenset({NOT_KNOWN, *(key for key, _name in named)})

    def read_facts(self) -> dict[str, str]:
        """The facts given, in the words of a raw sheet."""
        facts = {}
        if "day" in self:
            day = self.day.data.isoformat() if self.day.data else ""
            facts["date"] = join_moment(day, f"{self.clock.data:%H:%M}" if self.clock.data else "")
        if "employee" in self:
            chosen = self.employee.data if self.employee.data in self._offered else ""
            facts["employee"] = join_employee(chosen, self.note.data or "") if chosen else ""
        return facts

    def show_faults(self, faults: Collection[FactFault]) -> None:
        """Put what is wrong with the facts beside their fields."""
        for fault in faults:
            self.add_problem(_find_field(fault), str(TO_REVIEWER.get(fault) or say_fact(fault)))


class ChooseForm(TakeForm):
    """Choosing the other version of a visit that was sent twice: which one the page had shown."""

    version = HiddenField()


def read_sent_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the auditor sent, as far as the fields of ``TakeForm`` can show it."""
    choice, note = split_employee(facts.get("employee"))
    day, clock = split_moment(facts.get("date"))
    shown: dict[str, Any] = {"employee": choice, "note": note[:LONGEST_NOTE]}
    for name, read, text in (("day", date.fromisoformat, day), ("clock", time.fromisoformat, clock)):
        with suppress(ValueError):
            shown[name] = read(text)
    return shown


def _find_field(fault: FactFault) -> str:
    if fault in (FactFault.NOTE_TOO_LONG, FactFault.NOTE_UNPRINTABLE):
        return "note"
    if fault.is_about_employee:
        return "employee"
    return "clock" if fault is FactFault.TIME_MISSING else "day"


def _tidy_reason(text: Any) -> Any:
    # No database text can hold a NUL, and no auditor misses it.
    return text.replace("\0", "").strip() if isinstance(text, str) else text


class ReturnForm(OfficeForm):
    """Returning a held visit: why, in words for the auditor."""

    reason = TextAreaField(
        _l("What is to be mended"),
        filters=[_tidy_reason],
        validators=[
            DataRequired(_l("Say what is to be mended: the auditor sees it above his list.")),
            Length(max=LONGEST_REASON, message=_l("The text is longer than 4000 characters. Shorten it.")),
        ],
    )


class RescueForm(OfficeForm):
    """An auditor's emergency file."""

    file = FileField(_l("Emergency file"))

    def read_file(self) -> bytes | None:
        """The bytes of the file, or None with the problem put beside the field."""
        upload = self.file.data
        content: bytes = upload.read() if upload else b""
        if content:
            return content
        self.add_problem("file", str(REQUIRED) if not upload else _("The file is empty. Choose another."))
        return None
