"""What people type or import is shown as they wrote it, and never run: script, template, formula."""

from __future__ import annotations

import html
import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from mystery.database import db
from mystery.models import Employee, Unit, User
from tests.cast import Cast
from tests.tables.files import as_csv, as_xlsx

Clients = Callable[..., FlaskClient]
PAYLOADS = [
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{% raw %}${7*7}",
    "=1+1",
    "@SUM(A1)",
    "-2+3",
    "%(value)s %s",
    "'\"><img src=x>",
    "&lt;b&gt;",
]


def english(browser: FlaskClient, cast: Cast, role: str) -> FlaskClient:
    """The same browser for somebody who reads English."""
    db.session.get_one(User, cast.ours.users[role]).language = "en"
    db.session.commit()
    return browser


def shows(page: str, payload: str) -> bool:
    """Whether the page holds the payload as text, and not as markup."""
    return html.escape(payload, quote=False) in page.replace("&#34;", '"').replace("&#39;", "'") and (
        "<" not in payload or payload not in page
    )


def assert_applied(browser: FlaskClient, address: str) -> None:
    """Apply a checked file."""
    page = browser.get(address).get_data(as_text=True)
    digest = page.split('name="digest"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    assert browser.post(address, data={"digest": digest}).status_code == 303


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_it_shows_payloads_of_every_column_verbatim(
    client_of: Clients, cast: Cast, payload: str, form: str
) -> None:
    browser = english(client_of("administrator"), cast, "administrator")
    units = [["Code", "Name", "Kind", "Part of", "Address"], [payload, payload, "region", "", payload]]
    staff = [
        ["Staff number", "Name", "Position", "Unit", "Hired on"],
        [payload, payload, payload, payload, "2026-01-01"],
    ]
    files = [as_csv(units), as_csv(staff)] if form == "csv" else [as_xlsx({"Units": units, "Staff": staff})]
    for content in files:
        upload = {"company": str(cast.ours.company), "file": (io.BytesIO(content), f"{payload}.{form}")}
        answer = browser.post("/directory/import", data=upload)
        assert answer.status_code == 303
        check = browser.get(answer.headers["Location"]).get_data(as_text=True)
        assert shows(check, payload)
        assert_applied(browser, answer.headers["Location"])
    unit = db.session.query(Unit).filter_by(code=payload).one()
    person = db.session.query(Employee).filter_by(code=payload).one()
    assert (unit.name, unit.address) == (payload, payload)
    assert (person.name, person.placements[0].position) == (payload, payload)
    for address in (
        "/directory/units",
        f"/directory/units/{unit.id}",
        f"/directory/units/{unit.id}/edit",
        f"/directory/units/{unit.id}/add",
        f"/directory/units/{unit.id}/move",
        "/directory/employees",
        f"/directory/employees/{person.id}",
        f"/directory/employees/{person.id}/edit",
        f"/directory/employees/{person.id}/move",
        f"/directory/employees/{person.id}/leave",
    ):
        assert shows(browser.get(address).get_data(as_text=True), payload), address


@pytest.mark.parametrize("payload", PAYLOADS)
def test_it_shows_payloads_verbatim_in_problems(client_of: Clients, cast: Cast, payload: str) -> None:
    browser = english(client_of("hr"), cast, "hr")
    units = [["Code", "Name", "Kind", "Part of", "Closed on"], ["A", "x", payload, payload, payload]]
    upload = {"company": str(cast.ours.company), "file": (io.BytesIO(as_csv(units)), "units.csv")}
    answer = browser.post("/directory/import", data=upload)
    page = browser.get(answer.headers["Location"]).get_data(as_text=True)
    assert shows(page, payload)
    # The kind, the unit above and the day are wrong; each problem quotes what is there.
    assert page.count(html.escape(f"“{payload}”").replace("&quot;", "&#34;").replace("&#x27;", "&#39;")) == 3
