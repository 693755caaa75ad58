"""Filling in the forms of pages as a person would, so that a test can then change one thing in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from tests.security.artefacts import Artefact
from tests.security.page_parts import Field, Form, PageParts

UUID_TEXT = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
TYPED = {
    "email": "somebody.new@lavka.example",
    "date": "2026-11-20",
    "time": "15:10",
    "number": "3",
    "password": "",
    "file": "",
}
# Where what the page offers would change nothing, or does not fit together: what somebody writes instead.
WRITTEN = {
    "accounts.save_profile": {"name": "Новое имя"},
    "directory.move_employee": {"position": "Старший продавец"},
    "directory.save_employee": {"position": "Старший продавец"},
    "lenses.save_count": {"month": "2026-10"},
    "lenses.save_pasted": {"counts": "N1; 2026-10; 9; 3; 100"},
    "planning.assign_visits": {"window_end": "2026-12-10"},
    "planning.change_assignment": {"window_start": "2026-11-22", "window_end": "2026-12-10"},
}
# Pages on which somebody proves who he is: their forms have tests of their own.
LEFT_OUT = ("security.", "home.", "accounts.change_password", "accounts.accept_offer")

Values = list[tuple[str, str]]


@dataclass(frozen=True)
class FilledForm:
    """A form as somebody would send it: where to, and every name with its value."""

    reader: str
    endpoint: str
    address: str
    values: tuple[tuple[str, str], ...]

    def with_value(self, name: str, value: str) -> FilledForm:
        """The same with another value in one field, once."""
        kept = tuple(pair for pair in self.values if pair[0] != name)
        return replace(self, values=(*kept, (name, value)))

    def without(self, name: str) -> FilledForm:
        """The same without one field."""
        return replace(self, values=tuple(pair for pair in self.values if pair[0] != name))

    def with_values(self, values: Iterable[tuple[str, str]]) -> FilledForm:
        """The same with more fields."""
        return replace(self, values=(*self.values, *values))

    def with_id(self, own: str, other: str) -> FilledForm:
        """The same with one id in its address, path or query, exchanged."""
        return replace(self, address=self.address.replace(own, other))


def collect_forms(app: Flask, artefacts: Iterable[Artefact]) -> list[FilledForm]:
    """One filled form of each kind, as the first person is offered it who may send it."""
    urls = app.url_map.bind("localhost")
    found: dict[tuple[str, tuple[str, ...]], FilledForm] = {}
    for artefact in artefacts:
        if not artefact.is_page:
            continue
        for form in PageParts(artefact.text).forms:
            address = urljoin(artefact.address, form.action or artefact.address)
            try:
                endpoint, _values = urls.match(urlsplit(address).path, method="POST")
            except (NotFound, MethodNotAllowed, RequestRedirect):
                continue
            if form.method == "post" and not str(endpoint).startswith(LEFT_OUT):
                key = (str(endpoint), tuple(sorted(form.fields)))
                filled = FilledForm(artefact.reader, str(endpoint), address, tuple(fill(form)))
                for name, value in WRITTEN.get(str(endpoint), {}).items():
                    filled = filled.with_value(name, value)
                found.setdefault(key, filled)
    return list(found.values())


def fill(form: Form) -> Values:
    """A value for every field: what is chosen or typed already, else the first choice or something plain."""
    values = [(name, value) for name, each in form.fields.items() for value in fill_field(each)]
    named = [button for button in form.buttons if button[0]]
    # The last button of a form finishes it; those before it save a part.
    return values + named[-1:]


def fill_field(field: Field) -> list[str]:
    """The values of one field."""
    if field.kind in ("select", "radio", "checkbox"):
        real = [option for option in field.options if option and not option.startswith(("n/a", "none"))]
        return field.chosen if any(field.chosen) else real[:1]
    if field.value.strip() or field.kind == "hidden":
        return [field.value]
    if field.kind in TYPED:
        return [TYPED[field.kind]] if TYPED[field.kind] else []
    return ["15:10" if field.name.endswith("clock") else "Текст"]


def list_id_fields(form: FilledForm) -> list[tuple[str, str]]:
    """The fields whose value is an id."""
    return [(name, value) for name, value in form.values if UUID_TEXT.fullmatch(value)]


def list_address_ids(form: FilledForm) -> list[str]:
    """The ids in the path and in the query of the form's address."""
    return sorted(set(UUID_TEXT.findall(form.address)))


def encode(form: FilledForm) -> str:
    """The body as a browser sends it."""
    return urlencode(form.values)
