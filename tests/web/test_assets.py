"""The files of the phone pages are small, named by their content, and may be kept for ever."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mystery.web.assets import BUNDLES, asset_url, build_asset, list_assets


@pytest.mark.parametrize("name", BUNDLES)
def test_it_serves_each_asset_packed_and_for_ever(app: Flask, client: FlaskClient, name: str) -> None:
    with app.test_request_context():
        address = asset_url(name)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "immutable" in packed.headers["Cache-Control"]
    assert packed.vary.to_header() == "Accept-Encoding"
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    assert gzip.decompress(packed.data) == plain.data == list_assets()[name].content


def test_it_gives_changed_content_another_name(tmp_path: Path) -> None:
    (tmp_path / "one.css").write_text("a { color: red }")
    before = build_asset(tmp_path, "page.css", ("one.css",))
    assert build_asset(tmp_path, "page.css", ("one.css",)) == before
    (tmp_path / "one.css").write_text("a { color: blue }")
    assert build_asset(tmp_path, "page.css", ("one.css",)).address != before.address


def test_it_knows_no_other_file(client: FlaskClient) -> None:
    assert client.get("/assets/sheet.000000000000.js").status_code == 404
    assert client.get("/assets/..%2Fbase.html").status_code == 404
