"""Files of the package belong to nobody: every cache on the way may keep and share them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from mystery.web.assets import asset_url

FILES = ("/static/office.css", "/static/mark.svg", "/bootstrap/static/css/bootstrap.min.css", "sheet.js")


@pytest.mark.parametrize("file", FILES)
def test_it_answers_with_a_file_without_a_look_at_the_session(
    client_of: Callable[..., FlaskClient], file: str
) -> None:
    """Whoever reads the session makes the answer "vary by cookie", and no cache can share it."""
    client = client_of("auditor")
    with client.application.test_request_context():
        address = asset_url(file) if "/" not in file else file
    for browser in (client, client.application.test_client()):
        with browser.get(address) as answer:
            assert answer.status_code == 200
            assert "Cookie" not in answer.vary
            assert "Set-Cookie" not in answer.headers


def test_it_says_of_a_page_that_it_depends_on_who_is_signed_in(
    client_of: Callable[..., FlaskClient],
) -> None:
    assert "Cookie" in client_of("auditor").get("/capture").vary
