"""The base of every back-office form: its token, its language, and problems put beside their fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, Field, Form, SelectField

HIDDEN = "hidden"
"""What an address says of names where a page is shown to a meeting."""


class OfficeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    """A back-office form; Flask-WTF adds the token, Flask-Babel the language of built-in messages."""

    def add_problem(self, field: str, message: str) -> None:
        """Put ``message`` beside ``field``."""
        errors = self[field].errors
        self[field].errors = [*errors, message]


class ConfirmForm(OfficeForm):
    """A form of one button: nothing but the token."""


class FilterFault(Exception):
    """The address asks for what its form does not offer; each problem stands beside its field."""

    def __init__(self, form: QueryForm) -> None:
        super().__init__()
        self.form = form


class QueryForm(Form):
    """A filter form read from the address: no token, and nothing is shown of what it does not offer."""

    def require_understood(self) -> None:
        """Raise FilterFault for a choice that is not in its list, a day that is none, or reversed days.

        The lists have to be filled before. Whether a choice exists elsewhere cannot be told from the answer.
        """
        faults = {name: fault for name, field in self._fields.items() if (fault := _find_fault(field))}
        since, until = self._fields.get("since"), self._fields.get("until")
        if since and until and since.data and until.data and since.data > until.data:
            faults["until"] = DAYS_REVERSED
        for name, fault in faults.items():
            self._fields[name].errors = [fault]
        if faults:
            raise FilterFault(self)

    def choose(self, name: str, pairs: Sequence[tuple[UUID, str]]) -> UUID:
        """Offer ids with their names in a field; returns the chosen one, else the first."""
        field: Any = self._fields[name]
        field.choices = [(str(key), label) for key, label in pairs]
        asked = read_uuid(field.data)
        chosen = next((key for key, _label in pairs if key == asked), pairs[0][0])
        if not field.data or chosen == asked:
            field.data = str(chosen)
        return chosen


def _find_fault(field: Field) -> Any:
    """What is wrong with a field of a filter: a text in the reader's language, None for nothing."""
    if isinstance(field, DateField) and field.data is None and any(field.raw_data or ()):
        return NO_SUCH_DAY
    if type(field) is SelectField and field.data and field.choices is not None:
        offered = {str(choice[0]) for choice in field.choices}
        return None if field.data in offered else NO_SUCH_CHOICE
    return None


def tidy_text(value: Any) -> Any:
    """Trim what was typed and fold runs of spaces; used as a WTForms filter."""
    return " ".join(value.split()) if isinstance(value, str) else value


def list_choices(pairs: Iterable[tuple[str, str]], *, empty: Any = None) -> list[tuple[str, Any]]:
    """Choices of a select field, beginning with an empty one when named."""
    head = [("", empty)] if empty is not None else []
    return [*head, *pairs]


def read_uuid(text: str | None) -> UUID | None:
    """The UUID in ``text``, or None when there is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


REQUIRED = _l("Fill in this field.")
NO_SUCH_CHOICE = _l("There is no such choice here. Choose from the list.")
NO_SUCH_DAY = _l("There is no such day. In an address, days are written like 2026-11-05.")
DAYS_REVERSED = _l("The period ends before it begins. Change one of the two days.")
