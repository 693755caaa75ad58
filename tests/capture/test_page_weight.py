"""The budget of capture.md: 60 questions are at most 30 KB over the wire, styles and script included.

What a real browser loads is weighed in tests/sheet_browser/test_first_load.py; here the parts are named.
"""

from __future__ import annotations

import gzip
import re
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from checklists.definition import Checklist
from checklists.loading import load_library_checklist
from mystery.database import db
from mystery.models import User
from tests.capture.checklists import publish
from tests.capture.phone import Phone
from tests.cast import Cast
from tests.factories import make_assignment

MOST_BYTES = 30 * 1024
MOST_STYLE_AND_SCRIPT = 18 * 1024


def lengthen(checklist: Checklist, questions: int) -> Checklist:
    """The checklist with further questions of another one, to so many."""
    known = {question.id for question in checklist.questions()}
    spare = [
        question
        for question in load_library_checklist("online-chat").questions()
        if question.id not in known and question.show_if is None
    ]
    last = checklist.sections[-1]
    wanted = questions - len(known)
    assert len(spare) >= wanted
    longer = last.model_copy(update={"questions": (*last.questions, *spare[:wanted])})
    return checklist.model_copy(update={"sections": (*checklist.sections[:-1], longer)})


def weigh(content: bytes) -> int:
    """The bytes that travel."""
    return len(gzip.compress(content, 6))


def fetch(browser: FlaskClient, address: str) -> bytes:
    """The bytes of a static file; it is read from disk and has to be closed."""
    response = browser.get(address)
    content = bytes(response.data)
    response.close()
    return content


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_weighs_no_more_than_a_weak_network_carries(
    cast: Cast, auditor: FlaskClient, language: str
) -> None:
    db.session.get_one(User, cast.ours.users["auditor"]).language = language
    db.session.commit()
    checklist = lengthen(load_library_checklist("shop-visit"), 60)
    phone = Phone(auditor, make_assignment(cast, employee=None, version=publish(cast, checklist)))
    assert phone.html.count('class="q"') == 60 + 2
    assets = re.findall(r'(?:src|href)="(/assets/[^"]+)"', phone.html)
    assert len(assets) == 2, "one style sheet and one script"
    weights = {asset: weigh(fetch(auditor, asset)) for asset in assets}
    assert sum(weights.values()) <= MOST_STYLE_AND_SCRIPT, weights
    page = weigh(phone.html.encode())
    assert page + sum(weights.values()) <= MOST_BYTES, (page, weights)


def test_it_takes_nothing_from_elsewhere(auditor: FlaskClient, task: UUID) -> None:
    phone = Phone(auditor, task)
    addresses = re.findall(r'(?:src|href|action)="([^"]*)"', phone.html)
    assert all(address.startswith(("/", "#", "data:,")) for address in addresses), addresses
    assert "bootstrap" not in phone.html
    assert 'autocomplete="off"' in phone.html
    assert "csrf" not in phone.html
