"""The facts of a visit in words, whether they can be used or not."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask_babel import gettext as _

from mystery.sheets.visit_facts import FactFault, read_employee, read_moment, split_employee
from mystery.web.formats import format_moment


def say_moment(text: object, time_zone: str) -> str:
    """When the visit was, as the auditor said it; what cannot be read is shown as it was typed."""
    moment = read_moment(text, time_zone)
    if isinstance(moment, FactFault):
        return str(text).strip()[:200] if text else str(_("not said"))
    return format_moment(moment, time_zone)


def say_employee(text: object, people: Mapping[UUID, str]) -> str:
    """Whom the auditor named: "Anna (badge: Anya)", "not known", or that nothing was said."""
    named = read_employee(text)
    if isinstance(named, FactFault):
        return split_employee(text)[1][:400]
    if not named.is_named:
        return str(_("not said"))
    elsewhere = str(_("somebody not on the list"))
    who = str(_("not known")) if named.id is None else people.get(named.id, elsewhere)
    return str(_("%(who)s (on the badge: %(note)s)", who=who, note=named.note)) if named.note else who
