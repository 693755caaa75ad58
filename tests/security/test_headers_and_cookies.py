"""Headers and cookies: nothing personal is cached, no type is guessed, no cookie leaves its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.http import parse_cookie

from mystery.app import create_app
from mystery.database import Base, db
from mystery.settings import read_settings
from tests.security.conftest import PlainSite
from tests.security.crawl import STATIC
from tests.security.odd_addresses import build_address, list_own_rules
from tests.security.staging import Stage

# What a browser may keep for its person, and why; anything else of a person is stored nowhere.
KEPT_BY_BROWSER = {
    "/capture/": "an auditor's own photos, so that a phone does not fetch them anew after each save",
}
FROM_ITSELF = {"Sec-Fetch-Site": "same-origin"}
# The worker, the manifest and the icons are the same for everybody, like the files of the package.
OF_THE_PACKAGE = ("/capture/icon-", "/capture/worker.js", "/capture/manifest.webmanifest")
# Pictures are drawn anew when they arrive, so that nothing but a picture is left of them.
SHOWN_IN_PLACE = {"text/html", "image/jpeg", "image/png", "application/json", "audio/ogg"}


def test_it_forbids_every_cache_to_keep_what_a_person_got(plain_site: PlainSite) -> None:
    personal = [each for each in plain_site.artefacts if not each.address.startswith(OF_THE_PACKAGE)]
    for artefact in personal:
        control = dict(artefact.headers).get("Cache-Control", "")
        kept = artefact.mimetype == "image/jpeg" and artefact.address.startswith(tuple(KEPT_BY_BROWSER))
        if kept:
            assert control.startswith("private"), artefact.describe()
        elif artefact.reader != "stranger":
            assert control == "no-store", f"{artefact.describe()}: {control!r}"
        else:
            assert "public" not in control, artefact.describe()


def test_it_lets_no_browser_guess_a_type(app: Flask, plain_site: PlainSite, client: FlaskClient) -> None:
    """nosniff on every answer, files of the packages included; a policy that allows nothing inline."""
    answers = [(each.describe(), dict(each.headers)) for each in plain_site.artefacts]
    for address in ("/static/office.css", "/static/nothing.css", "/bootstrap/static/css/bootstrap.min.css"):
        with client.get(address) as answer:
            answers.append((address, dict(answer.headers)))
    for what, headers in answers:
        assert headers["X-Content-Type-Options"] == "nosniff", what
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, what
        assert "unsafe" not in policy, what
        assert "http:" not in policy, what
        assert headers["X-Frame-Options"] == "DENY", what
        assert headers["Referrer-Policy"] == "same-origin", what
        assert "Server" not in headers, what


def test_it_hands_out_files_as_attachments(plain_site: PlainSite) -> None:
    """A table or a document never opens as a page of ours; its name is plain letters for old browsers."""
    for artefact in plain_site.artefacts:
        is_shown = artefact.mimetype in SHOWN_IN_PLACE or artefact.address.startswith(OF_THE_PACKAGE)
        if artefact.status == 200 and not is_shown:
            disposition = dict(artefact.headers).get("Content-Disposition", "")
            assert disposition.startswith("attachment; filename="), artefact.describe()
            assert disposition.isascii(), artefact.describe()


def test_it_refuses_every_form_that_another_site_sends(
    app: Flask, staged: Stage, client_of: Callable[..., FlaskClient]
) -> None:
    """The check of Sec-Fetch-Site, Origin and Referer stands before every view that takes a form."""
    browser = client_of("administrator")
    # Each request says itself where it comes from, or does not.
    browser.environ_base.pop("HTTP_SEC_FETCH_SITE", None)
    signs: tuple[dict[str, str], ...] = (
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/page"},
    )
    with app.test_request_context():
        addresses = [build_address(rule) for rule in list_own_rules(app) if "POST" in (rule.methods or ())]
    assert len(addresses) > 20
    for address in addresses:
        for sign in signs:
            assert browser.post(address, headers=sign).status_code == 403, f"{address} {sign}"


@pytest.fixture(params=["http://127.0.0.1:8000", "https://checks.example"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Flask, str]]:
    """The application as it is configured for an address of each kind."""
    address: str = request.param
    settings = read_settings({"MYSTERY_SECRET_KEY": "s" * 40, "MYSTERY_DATA_DIR": str(tmp_path)})
    app = create_app(replace(settings, public_url=address, https=address.startswith("https")))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        yield app, address
        db.session.remove()
        db.engine.dispose()


def test_it_keeps_the_cookies_from_scripts_and_other_sites(served: tuple[Flask, str]) -> None:
    app, address = served
    client = app.test_client()
    page = client.get("/sign-in", base_url=address)
    assert page.status_code == 200
    choice = {"language": "en", "back": "/sign-in"}
    chosen = client.post("/language", base_url=address, data=choice, headers=FROM_ITSELF)
    cookies = page.headers.getlist("Set-Cookie") + chosen.headers.getlist("Set-Cookie")
    names = {name for cookie in cookies for name in parse_cookie(cookie.partition(";")[0])}
    secure = address.startswith("https")
    assert names == {"__Host-mystery" if secure else "mystery", "language"}
    for cookie in cookies:
        flags = {part.strip() for part in cookie.split(";")[1:]}
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= flags, cookie
        assert ("Secure" in flags) is secure, cookie
        assert not any(flag.startswith("Domain") for flag in flags), cookie


def test_it_asks_browsers_to_come_back_by_https_only_where_it_is_served_so(served: tuple[Flask, str]) -> None:
    app, address = served
    headers = app.test_client().get("/sign-in", base_url=address).headers
    assert ("Strict-Transport-Security" in headers) is address.startswith("https")


def test_it_lets_caches_keep_files_of_its_packages(app: Flask, client: FlaskClient) -> None:
    """The control of the first test: no-store is a decision about persons, not a habit."""
    assert "static" in STATIC
    with client.get("/static/office.css") as answer:
        assert answer.status_code == 200
        assert "no-store" not in answer.headers.get("Cache-Control", "")
