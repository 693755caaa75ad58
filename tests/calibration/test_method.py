"""The method page is open to everyone who is signed in, in both languages, with an anchor a chapter."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from mystery.database import db
from mystery.models import User
from reports.method.plan import ANCHORS
from tests.cast import Cast

Browser = Callable[..., FlaskClient]


def test_it_explains_every_figure_under_its_anchor(client_of: Browser, cast: Cast) -> None:
    """The page is linted as every page is: unique ids, no inline script or style."""
    browser = client_of("employee")
    html = browser.get("/method").get_data(as_text=True)
    assert all(f'id="{anchor}"' in html and f'href="#{anchor}"' in html for anchor in ANCHORS)
    assert "Справедливый балл" in html
    db.session.get_one(User, cast.ours.users["employee"]).language = "en"
    db.session.commit()
    assert "Fair score" in browser.get("/method").get_data(as_text=True)
