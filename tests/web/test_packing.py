"""Pages travel packed, but never so that another site could guess what stands in them (BREACH)."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mystery.web.packing import FEWEST_BYTES, pack_answer

LIST = "/capture"
OFFICE_STYLES = "/static/office.css"


def ask(client: FlaskClient, address: str, *, site: str | None = "none", method: str = "GET") -> TestResponse:
    """Open an address as a browser that understands gzip; ``site`` None is one that does not say who asks."""
    client.environ_base.pop("HTTP_SEC_FETCH_SITE", None)
    headers = {"Accept-Encoding": "gzip, deflate, br"} | ({"Sec-Fetch-Site": site} if site else {})
    return client.open(address, method=method, headers=headers)


def is_packed(answer: TestResponse) -> bool:
    """Whether an answer is gzipped; it is closed as well, for a file is read from disk."""
    answer.close()
    return answer.headers.get("Content-Encoding") == "gzip"


@pytest.fixture
def auditor(client_of: Callable[..., FlaskClient]) -> FlaskClient:
    """The browser of our auditor."""
    browser: FlaskClient = client_of("auditor")
    return browser


@pytest.fixture
def encrypted(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The application as people reach it over HTTPS."""
    monkeypatch.setitem(app.config, "MYSTERY", replace(app.config["MYSTERY"], https=True))


def test_it_packs_a_page_and_changes_nothing_in_it(auditor: FlaskClient) -> None:
    plain = auditor.get(LIST, headers={"Sec-Fetch-Site": "none"})
    packed = ask(auditor, LIST)
    assert is_packed(packed)
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    for answer in (plain, packed):
        assert {"Accept-Encoding", "Cookie"} <= set(answer.vary)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_it_packs_nothing_that_another_site_has_asked_for(auditor: FlaskClient, site: str) -> None:
    assert not is_packed(ask(auditor, LIST, site=site))


def test_it_packs_a_personal_page_over_https_only_for_browsers_that_say_who_asks(
    auditor: FlaskClient, encrypted: None
) -> None:
    """A browser that does not send Sec-Fetch-Site cannot tell our own request from a forged one."""
    assert not is_packed(ask(auditor, LIST, site=None))
    assert is_packed(ask(auditor, LIST, site="same-origin"))


def test_it_packs_the_sign_in_page_of_any_browser(client: FlaskClient, encrypted: None) -> None:
    assert is_packed(ask(client, "/sign-in", site=None))


def test_it_packs_pages_where_nothing_is_encrypted(auditor: FlaskClient) -> None:
    """On plain http browsers send no Sec-Fetch-Site, and there is no length to watch."""
    assert is_packed(ask(auditor, LIST, site=None))


def test_it_packs_a_file_of_the_package_for_everybody(client: FlaskClient) -> None:
    packed, plain = ask(client, OFFICE_STYLES, site="cross-site"), client.get(OFFICE_STYLES)
    assert gzip.decompress(packed.data) == plain.data
    assert is_packed(packed)
    assert "Accept-Encoding" in plain.vary
    plain.close()


def test_it_answers_that_a_packed_file_has_not_changed(client: FlaskClient) -> None:
    first = ask(client, OFFICE_STYLES)
    tag, is_weak = first.get_etag()
    first.close()
    assert is_weak
    headers = {"Accept-Encoding": "gzip", "If-None-Match": f'W/"{tag}"'}
    with client.get(OFFICE_STYLES, headers=headers) as again:
        assert again.status_code == 304
        assert again.data == b""


def test_it_packs_no_asset_twice(auditor: FlaskClient) -> None:
    page = auditor.get("/capture").text
    address = next(part for part in page.split('"') if part.startswith("/assets/") and part.endswith(".css"))
    packed = ask(auditor, address)
    assert is_packed(packed)
    assert b"{" in gzip.decompress(packed.data)


def test_it_says_how_long_a_page_is_without_sending_it(auditor: FlaskClient) -> None:
    whole, head = ask(auditor, LIST), ask(auditor, LIST, method="HEAD")
    assert head.data == b""
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


@pytest.mark.parametrize(
    "answer",
    [
        Response("ё" * (FEWEST_BYTES // 2 - 1), mimetype="text/html"),
        Response("a" * 9999, mimetype="image/jpeg"),
        Response("a" * 9999, mimetype="application/pdf"),
        Response(iter(["a" * 9999]), mimetype="text/html"),
        Response("a" * 9999, mimetype="text/html", headers={"Content-Encoding": "br"}),
        Response("a" * 9999, mimetype="text/html", headers={"Cache-Control": "no-transform"}),
        Response("a" * 9999, mimetype="text/html", status=206),
    ],
    ids=["short", "photo", "pdf", "streamed", "packed", "as it is", "part"],
)
def test_it_leaves_alone_what_packing_would_not_help_or_would_spoil(app: Flask, answer: Response) -> None:
    before = answer.headers.get("Content-Encoding")
    with app.test_request_context(headers={"Accept-Encoding": "gzip"}):
        assert pack_answer(answer).headers.get("Content-Encoding") == before


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "br"])
def test_it_packs_nothing_for_who_cannot_unpack_it(auditor: FlaskClient, accepted: str) -> None:
    answer = auditor.get(LIST, headers={"Accept-Encoding": accepted})
    assert not is_packed(answer)
    assert "<html" in answer.text


@pytest.mark.parametrize("mimetype", ["application/json", "text/css", "image/svg+xml", "text/csv"])
def test_it_packs_every_kind_of_text(app: Flask, mimetype: str) -> None:
    with app.test_request_context(headers={"Accept-Encoding": "gzip"}):
        answer = pack_answer(Response("слово " * 999, mimetype=mimetype))
    assert gzip.decompress(answer.data).decode() == "слово " * 999
