"""Other companies: whatever an address asks for and whatever a page shows, nothing of theirs is in it."""

from __future__ import annotations

import re
from itertools import chain
from urllib.parse import urlencode
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, update

from mystery.database import db
from tests.cast import sign_in
from tests.security.artefacts import list_layers
from tests.security.conftest import PlainSite
from tests.security.odd_addresses import build_address, list_own_rules
from tests.security.taint import drop_triggers, list_text_columns
from tests.security.workshop import Workshop, list_own, open_workshop

ID_TEXT = re.compile("[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
SIGN = "Чужезд"
# What the parameters of our addresses may name; each is asked for with the other company's id of that kind.
ASKED = {
    "unit": "unit",
    "employee": "employee",
    "auditor": "user",
    "checklist": "checklist",
    "version": "version",
    "copy": "version",
    "scenario": "scenario",
    "company": "company",
    "visit": "visit",
    "user": "user",
}
# JSON and addresses of mail break when letters are put into them; what they say is said elsewhere as well.
LEFT_ALONE = frozenset(
    {"user.email", "visit.draft", "visit.raw_answers", "visit.chosen_answers", "draft_copy.content"}
)


@pytest.fixture
def workshop(plain_database: PlainSite) -> Workshop:
    """The two companies, with the ids of each."""
    return open_workshop(plain_database)


def sign_foreign_texts(workshop: Workshop) -> None:
    """Put a word that is nowhere else before every text of the other company."""
    drop_triggers()
    foreign = list(list_own(workshop.site.cast.foreign.company))
    for table, column in list_text_columns():
        if "id" not in table.columns or f"{table.name}.{column.name}" in LEFT_ALONE:
            continue
        own_rows = table.columns["id"].in_(foreign)
        if column.name == "content":
            for word in ("ru", "en"):
                signed = func.replace(column, f'"{word}":"', f'"{word}":"{SIGN} ')
                db.session.execute(update(table).where(own_rows).values(content=signed))
        else:
            db.session.execute(update(table).where(own_rows).values({column.name: f"{SIGN} " + column}))
    db.session.commit()


def test_it_shows_nothing_of_another_company_whatever_is_asked_for(workshop: Workshop) -> None:
    """All parameters of every address at once by each of our people, one at a time by the first of them."""
    sign_foreign_texts(workshop)
    asked = {name: str(workshop.foreign[kind]) for name, kind in ASKED.items()}
    queries = [urlencode(asked), *(urlencode({name: value}) for name, value in asked.items())]
    app, cast = workshop.site.app, workshop.site.cast
    with app.test_request_context():
        rules = [rule for rule in list_own_rules(app) if "GET" in (rule.methods or ())]
        addresses = {build_address(rule) for rule in rules}
    for address in ("/checklists/", "/assignments/", "/directory/units"):
        page = open_browser(app, cast.foreign.users["lead"]).get(address)
        assert SIGN in page.text, "the other company does see its own"
    looked_at, asked_singly = 0, set[str]()
    for user in cast.ours.users.values():
        browser = open_browser(app, user)
        for address in addresses:
            for query in queries if address not in asked_singly else queries[:1]:
                answer = browser.get(f"{address}?{query}")
                assert SIGN.encode() not in answer.data, f"{address}?{query}"
                if answer.status_code != 200:
                    break
                asked_singly.add(address)
                looked_at += 1
    assert looked_at > 300


def open_browser(app: Flask, user: UUID) -> FlaskClient:
    """The browser of somebody who has signed in."""
    browser = app.test_client()
    sign_in(browser, user)
    return browser


def test_it_shows_nobody_an_id_of_another_company(workshop: Workshop) -> None:
    """Whatever our people can open, down to the members of workbooks, names nothing of the others."""
    foreign = set(list_own(workshop.site.cast.foreign.company)) - set(workshop.own)
    spelled = set(chain.from_iterable((str(each), each.hex) for each in foreign))
    named = set()
    for artefact in workshop.site.artefacts:
        if artefact.status == 200 and artefact.reader != "stranger":
            layers = (
                [artefact.content] if artefact.is_page else [each for _name, each in list_layers(artefact)]
            )
            for layer in layers:
                named |= set(ID_TEXT.findall(layer.decode("utf-8", "replace")))
    assert len(named) > 50, "pages without ids prove nothing"
    assert named & spelled == set()
