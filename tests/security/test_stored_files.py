"""Stored files: photos and reports are reached through their visit only; no name in an address finds one."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import PathConverter, UnicodeConverter

from mystery.database import db
from mystery.models import Photo
from mystery.settings import current_settings
from tests.cast import Cast
from tests.security.crawl import STATIC
from tests.security.page_parts import PageParts
from tests.security.staging import Stage

# Prefixes under which careless servers put what people have uploaded.
GUESSES = (
    "",
    "/media",
    "/static",
    "/static/media",
    "/static/..",
    "/uploads",
    "/files",
    "/var/media",
    "/photos",
)
ODD_NAMES = (
    "..",
    "../..",
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/settings.py",
    "..\\..\\settings.py",
    "....//....//settings.py",
    "/etc/passwd",
    "//etc/passwd",
    "file:///etc/passwd",
    "a" * 300,
    "a" * 5000,
    "%00",
    "app.py%00.css",
    "con",
    "nul.txt",
    "aux",
    "com1",
    ".git/config",
    ".env",
    "development-secret",
    "mystery.db",
    "%ff%fe",
    "{{7*7}}",
    "%0d%0aSet-Cookie:%20hit=1",
    "\u202egnp.exe",
    "~root",
    "C:%5cwindows%5cwin.ini",
)
HOSTILE_FILES = (
    "../../../etc/cron.d/hit.jpg",
    "..\\..\\hit.jpg",
    '"><script>__hit()</script>.jpg',
    "a\r\nSet-Cookie: hit=1.jpg",
    "\u202egpj.exe",
    "a\0.jpg",
    "con.jpg",
    ".",
)


def test_it_serves_no_stored_file_under_any_guessed_address(
    app: Flask, cast: Cast, staged: Stage, client_of: Callable[..., FlaskClient]
) -> None:
    keys = [*db.session.scalars(select(Photo.storage_key))]
    folder = current_settings().data_dir
    files = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
    names = {*keys[:3], *files[:6], "mystery.db", "development-secret", str(folder / keys[0])}
    for browser in (app.test_client(), client_of("hr"), client_of("auditor")):
        for guess, name in product(GUESSES, sorted(names)):
            answer = browser.get(f"{guess}/{quote(name.lstrip('/'))}")
            assert answer.status_code == 404, f"{guess}/{name}"


def test_it_serves_a_photo_only_with_its_own_visit(
    cast: Cast, staged: Stage, client_of: Callable[..., FlaskClient]
) -> None:
    """The id of a photo alone opens nothing: the visit before it is the one that was authorised."""
    photo, visit = db.session.execute(
        select(Photo.id, Photo.visit_id).where(Photo.visit_id == staged.submitted[0]).limit(1)
    ).one()
    browser = client_of("hr")
    assert browser.get(f"/visits/{visit}/photos/{photo}").status_code == 200
    assert browser.get(f"/visits/{staged.submitted[1]}/photos/{photo}").status_code == 404
    assert browser.get(f"/visits/{staged.draft}/photos/{photo}").status_code == 404
    assert client_of("hr", foreign=True).get(f"/visits/{visit}/photos/{photo}").status_code == 404
    assert client_of("auditor").get(f"/capture/{staged.draft}/photos/{photo}").status_code == 404


def test_it_has_paths_in_addresses_for_files_of_its_packages_only(app: Flask) -> None:
    """A rule with a path in it is how a folder gets served by mistake."""
    with_paths = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if any(isinstance(converter, PathConverter) for converter in rule._converters.values())
    }
    assert with_paths == STATIC - {"assets.show_asset"}
    assert app.static_folder == str(Path(app.root_path) / "static")


def test_it_answers_odd_names_with_nothing_here(app: Flask, client_of: Callable[..., FlaskClient]) -> None:
    """Every address with a text in it, and both folders of package files: traversal, NUL, length, devices."""
    prefixes = {"/static/", "/bootstrap/static/"}
    for rule in app.url_map.iter_rules():
        for name, converter in rule._converters.items():
            if type(converter) is UnicodeConverter and rule.methods and "GET" in rule.methods:
                prefixes.add(rule.rule.partition(f"<{name}>")[0])
    assert len(prefixes) > 3
    browsers = [client_of(role) for role in ("hr", "lead", "administrator")]
    for prefix, odd in product(sorted(prefixes), ODD_NAMES):
        for browser in browsers:
            answer = browser.get(prefix + odd)
            assert answer.status_code in (302, 308, 400, 403, 404, 410, 429), (
                f"{prefix}{odd}: {answer.status_code}"
            )
            cookies = answer.headers.getlist("Set-Cookie")
            assert not [cookie for cookie in cookies if cookie.startswith("hit=")]
            assert b"root:" not in answer.data


@pytest.mark.parametrize("name", [*HOSTILE_FILES, "d" * 3000 + ".jpg"])
def test_it_takes_the_name_of_an_uploaded_file_for_nothing_but_a_name(
    staged: Stage, client_of: Callable[..., FlaskClient], name: str
) -> None:
    """A refused photo and an import say the name as text and short; what is kept has a key of our own."""
    before = {path for path in current_settings().media_dir.rglob("*") if path.is_file()}
    page = f"/capture/{staged.draft}/{staged.version}"
    sent = {"revision": "1", "action": "save", "p.shelf": [(io.BytesIO(b"no photo"), name)]}
    refused = client_of("auditor").post(page, data=sent, content_type="multipart/form-data")
    # A name that breaks the head of its part leaves no file in the form at all: then the page is just saved.
    assert refused.status_code in (303, 409, 422)
    files = {"company": "", "file": (io.BytesIO(b"no table"), name)}
    imported = client_of("hr").post("/directory/import", data=files, content_type="multipart/form-data")
    assert imported.status_code in (303, 422)
    for answer in (refused, imported):
        assert "d" * 130 not in answer.get_data(as_text=True)
        assert "__hit" not in {
            name for _tag, attributes in PageParts(answer.text).tags for name in attributes
        }
    kept = {path for path in current_settings().media_dir.rglob("*") if path.is_file()} - before
    assert kept == set()
