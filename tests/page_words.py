"""Pages as people read them: their words, without the marks around them."""

from __future__ import annotations

import re
from html import unescape

from flask.testing import FlaskClient


def read_words(html: str) -> str:
    """The words of some HTML with single spaces between them."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def fetch_words(browser: FlaskClient, address: str, **choice: str) -> str:
    """The words of a page that opens."""
    page = browser.get(address, query_string=choice)
    assert page.status_code == 200
    return read_words(page.get_data(as_text=True))
