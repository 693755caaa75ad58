"""One thing has one name: in Russian a visit is «визит» on every page where its results are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from tests.page_words import fetch_words

Browser = Callable[..., FlaskClient]
# «Проверка анкеты» is the review, and «проверяющий» the auditor; neither is meant here.
OTHER_WORD = re.compile(r"\S*\s*\bпровер(?:ка|ки|ке|ку|кой|ок|кам|ками|ках)\b(?! анкет)\s*\S*", re.IGNORECASE)


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("hr", "/comparison/"),
        ("hr", "/comparison/?since=2030-01-01"),
        ("hr", "/comparison/person/{person}"),
        ("hr", "/comparison/pair?one={person}&other={other}"),
        ("hr", "/comparison/standards"),
        ("hr", "/comparison/trends"),
        ("hr", "/lenses/"),
        ("hr", "/visits/"),
        ("manager", "/visits/?text=никого"),
        ("lead", "/auditors"),
        ("lead", "/auditors?since=2030-01-01"),
        ("lead", "/assignments/new"),
        ("lead", "/assignments/"),
    ],
)
def test_it_calls_a_visit_by_one_name(
    client_of: Browser, team: dict[str, UUID], role: str, address: str
) -> None:
    """Figures, headings, lists and the menu above them say «визит»; the notice to staff is left out."""
    place = address.format(person=team["Продавец 03"], other=team["Продавец 06"])
    page, _question, choice = place.partition("?")
    words = fetch_words(client_of(role), page, **dict(parse_qsl(choice))).replace(
        "Проверки идут весь год.", ""
    )
    assert "изит" in words
    assert OTHER_WORD.findall(words) == []


def test_it_calls_a_visit_so_before_there_is_any(client_of: Browser) -> None:
    """The empty page promises what the full one shows."""
    for address in ("/comparison/", "/lenses/", "/visits/"):
        assert OTHER_WORD.findall(fetch_words(client_of("hr"), address)) == []
