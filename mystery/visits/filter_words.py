"""What a list of visits is narrowed to, in words, for whoever reads it later and elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import force_locale
from flask_babel import gettext as _

from mystery.access.permissions import Permission
from mystery.access.scopes import Reach, list_reached_units
from mystery.visits.forms import OUTCOME_CHOICES
from mystery.visits.queries import VisitFilter, list_filter_checklists, name_employee
from mystery.web.formats import format_day
from mystery.web.locale import LANGUAGES, current_language


def describe_filter(reach: Reach, wanted: VisitFilter) -> dict[str, str]:
    """The filter in each language of ours; that all visits are wanted where nothing narrows the list."""
    described: dict[str, str] = {}
    for language in LANGUAGES:
        with force_locale(language):
            words = [part for part in _list_words(reach, wanted) if part]
            described[language] = " · ".join(words) or str(_("All visits"))
    return described


def _list_words(reach: Reach, wanted: VisitFilter) -> Iterator[str]:
    """What each field asks for; empty for what is not offered to this person, though it may be asked for."""
    if wanted.text:
        yield str(_("“%(text)s”", text=wanted.text))
    if wanted.employee_id:
        yield name_employee(reach, wanted.employee_id) or ""
    if wanted.unit_id:
        yield dict(list_reached_units(reach, Permission.SEE_VISITS)).get(wanted.unit_id, "")
    if wanted.checklist_id:
        is_russian = current_language() == "ru"
        titles = {each: ru if is_russian else en for each, ru, en in list_filter_checklists(reach)}
        yield titles.get(wanted.checklist_id, "")
    if wanted.outcome:
        yield str(dict(OUTCOME_CHOICES).get(wanted.outcome, ""))
    yield from _list_days(wanted)


def _list_days(wanted: VisitFilter) -> Iterator[str]:
    since, until = format_day(wanted.since), format_day(wanted.until)
    if since and until:
        yield str(_("from %(since)s to %(until)s", since=since, until=until))
    elif since:
        yield str(_("since %(since)s", since=since))
    elif until:
        yield str(_("until %(until)s", until=until))
