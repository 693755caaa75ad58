"""Whatever is wrong with a table has its sentence with a cure."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from mystery.tables.faults import Detail, TableReason, fault
from mystery.tables.sheets import Remark
from mystery.tables.words import FAULTS, REMARKS, say_fault, show_detail

FACTS: dict[str, Detail] = {
    "value": "{{7*7}} %(x)s <b>",
    "most": 3,
    "row": 1200,
    "first": date(1950, 1, 1),
    "last": date(2027, 11, 22),
    "second": "x",
}


@pytest.mark.parametrize("reason", list(TableReason))
def test_it_has_a_sentence_with_a_cure_for_every_reason(app: Flask, reason: TableReason) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        facts = {name: show_detail(value) for name, value in FACTS.items()}
        sentence = say_fault(fault(reason), {}, facts)
    assert sentence.endswith(".")
    assert "%(" not in sentence.replace("%(x)s", "")


def test_it_knows_every_reason_and_remark() -> None:
    assert set(FAULTS) == set(TableReason)
    assert set(REMARKS) == set(Remark)
