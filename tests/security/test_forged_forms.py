"""Forged forms: without the token of the page it stood on, no form of the office does anything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.security.conftest import PlainSite
from tests.security.row_hashes import describe_difference, read_rows
from tests.security.workshop import Workshop, open_workshop

# Pages that are cached on the phone carry no token; the check of where a request comes from guards them.
WITHOUT_TOKEN = "capture."


@pytest.fixture
def workshop(plain_database: PlainSite) -> Iterator[Workshop]:
    """Every form of our people, with the tokens checked as outside of tests."""
    plain_database.app.config["WTF_CSRF_ENABLED"] = True
    yield open_workshop(plain_database)
    plain_database.app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.parametrize("token", [None, "", "forged", "Ijc1ZjgwZDcyIg.Z0000A.AAAAAAAAAAAAAAAAAAAAAAAAAAA"])
def test_it_does_nothing_without_the_token_of_the_page(workshop: Workshop, token: str | None) -> None:
    """None, empty, nonsense, and one that another session was given."""
    office = [form for form in workshop.forms if not form.endpoint.startswith(WITHOUT_TOKEN)]
    assert len(office) > 20
    before = read_rows()
    for form in office:
        bare = form.without("csrf_token")
        workshop.send(bare if token is None else bare.with_value("csrf_token", token))
        assert not describe_difference(before, read_rows()), f"{form.reader} {form.endpoint}"


def test_it_offers_a_token_with_every_form_of_the_office(workshop: Workshop) -> None:
    for form in workshop.forms:
        names = {name for name, _value in form.values}
        assert ("csrf_token" in names) is not form.endpoint.startswith(WITHOUT_TOKEN), form.endpoint
