"""The base of every back-office form: its token, its language, and problems put beside their fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Form


class OfficeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    """A back-office form; Flask-WTF adds the token, Flask-Babel the language of built-in messages."""

    def add_problem(self, field: str, message: str) -> None:
        """Put ``message`` beside ``field``."""
        errors = self[field].errors
        self[field].errors = [*errors, message]


class ConfirmForm(OfficeForm):
    """A form of one button: nothing but the token."""


class QueryForm(Form):
    """A filter form read from the address: no token, and what is not understood falls back to "all"."""


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
