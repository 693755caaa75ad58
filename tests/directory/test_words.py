"""Everything that can be wrong has its sentence, and every column its explanation, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from mystery.directory.faults import Reason
from mystery.directory.imports.columns import COLUMNS, HEADINGS, SheetKind
from mystery.directory.imports.plan import Action
from mystery.directory.words import ACTIONS, COLUMN_NOTES, FAULTS, FIELDS, KINDS, describe_fault
from mystery.models import UnitKind
from mystery.tables.columns import fold_heading
from mystery.tables.faults import Detail, Fault

EVERY_DETAIL: dict[str, Detail] = {
    "value": "{{7*7}} %(x)s <b>",
    "most": 3,
    "row": 1200,
    "count": 2,
    "day": date(2026, 11, 5),
}
EVERY_DETAIL |= {"first": date(1950, 1, 1), "last": date(2027, 11, 22), "second": "x"}


@pytest.mark.parametrize("reason", list(Reason))
def test_it_has_a_sentence_with_a_cure_for_every_reason(app: Flask, reason: Reason) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        sentence = describe_fault(Fault(reason, "", tuple(EVERY_DETAIL.items())))
    assert sentence.endswith(".")
    assert "%(" not in sentence.replace("%(x)s", "")


def test_it_shows_what_people_wrote_verbatim(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        sentence = describe_fault(Fault(Reason.NOT_A_KIND, "kind", (("value", "%(day)s {{7*7}} 100%"),)))
    assert "%(day)s {{7*7}} 100%" in sentence


def test_it_names_every_field_kind_and_action() -> None:
    assert set(FAULTS) == set(Reason)
    assert set(ACTIONS) == set(Action)
    assert set(KINDS) == set(UnitKind)
    columns = {(kind, column.id) for kind, listed in COLUMNS.items() for column in listed}
    assert {(kind, name) for kind, notes in COLUMN_NOTES.items() for name in notes} == columns
    assert {column for _kind, column in columns} <= set(FIELDS)


@pytest.mark.parametrize("kind", list(SheetKind))
def test_it_gives_no_heading_two_meanings_within_a_sheet(kind: SheetKind) -> None:
    headings = [fold_heading(word) for column in COLUMNS[kind] for word in (*column.ru, *column.en)]
    assert len(headings) == len(set(headings)) == len(HEADINGS.known[kind])
