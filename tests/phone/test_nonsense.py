"""Whatever is sent, the answer is a word and never a failure."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from mystery.database import db
from mystery.models import Upload, Visit
from tests.cast import Cast
from tests.factories import make_assignment
from tests.phone.device import FIELDS, Device, take_picture
from tests.phone.evidence import count_rows

quick = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**30)
    | st.floats(allow_nan=False)
    | st.text(max_size=50)
    | st.sampled_from(["\u0000", "\ud800", "\udfff\ud800", "x" * 5000, str(uuid4())])
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
PARTS = (
    "version",
    "assignment",
    "revision",
    "fields",
    "events",
    "answered",
    "removed",
    "photos",
    "at",
    "strict",
    "visit",
)


def send(device: Device, what: str, body: bytes) -> TestResponse:
    """Send any bytes as a draft or a report."""
    headers = {**device.headers, "Content-Type": "application/json"}
    return device.browser.put(f"{device.address}/{what}", data=body, headers=headers)


def open_another(cast: Cast, device: Device) -> Device:
    """A list that nobody has begun."""
    db.session.rollback()
    return Device.open_list(device.browser, make_assignment(cast, version=device.version))


def check(answer: TestResponse) -> None:
    """An answer in our words, or what was asked for."""
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.get_json()["error"]
        assert answer.get_json()["text"]


@quick
@given(what=st.sampled_from(["draft", "report"]), part=st.sampled_from(PARTS), value=values)
def test_it_answers_any_value_in_any_part(
    cast: Cast, device: Device, what: str, part: str, value: Any
) -> None:
    another = open_another(cast, device)
    body = another.make_body(revision=0) | {part: value}
    check(send(another, what, json.dumps(body).encode()))


@quick
@given(what=st.sampled_from(["draft", "report"]), body=values)
def test_it_answers_any_json(device: Device, what: str, body: Any) -> None:
    check(send(device, what, json.dumps(body).encode()))


@quick
@given(what=st.sampled_from(["draft", "report"]), body=st.binary(max_size=200))
def test_it_answers_any_bytes(device: Device, what: str, body: bytes) -> None:
    check(send(device, what, body))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"9" * 5000,
        b'{"revision": ' + b"9" * 5000 + b"}",
        b"NaN",
        b'{"revision": Infinity}',
        b"\xff\xfe{}",
        b'{"fields": "\\ud800"}',
    ],
)
def test_it_answers_json_that_is_made_to_hurt(device: Device, body: bytes) -> None:
    answer = send(device, "report", body)
    assert answer.status_code == 400
    check(answer)


@quick
@given(
    entries=st.lists(
        st.tuples(
            st.sampled_from(
                [name for name, _value in FIELDS] + ["a.sound", "a.receipt", "a.no", "p.shelf", ""]
            ),
            st.text(max_size=30)
            | st.sampled_from(["n/a", "-none", "9" * 40, "\ud83d", "1e999", "-0", "\r\n"]),
        ),
        max_size=30,
    ),
    strict=st.booleans(),
)
def test_it_takes_any_entries(
    cast: Cast, device: Device, entries: list[tuple[str, str]], strict: bool
) -> None:
    """Nothing that a thumb can enter is refused: it is held as it came, or its problems are told."""
    answer = open_another(cast, device).report([list(entry) for entry in entries], strict=strict)
    assert answer.status_code == (422 if strict else 200), answer.text


@quick
@given(
    headers=st.dictionaries(
        st.sampled_from(
            [
                "Upload-Offset",
                "Upload-Length",
                "Upload-Sha256",
                "Upload-Original",
                "Upload-Question",
                "Content-Type",
            ]
        ),
        st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=70)
        | st.integers().map(str)
        | st.sampled_from(["٣", "1_0", "0x10", " 5", "+5", "5.0", "audio/", "image/jpeg; x=" + "y" * 90]),
    ),
    content=st.binary(max_size=64),
)
def test_it_answers_any_headers(device: Device, headers: dict[str, str], content: bytes) -> None:
    sendable = {name: value.encode("latin-1", "ignore").decode("latin-1") for name, value in headers.items()}
    check(device.send_piece(take_picture(), 0, content, headers=sendable))


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_it_has_no_other_methods(device: Device, method: str) -> None:
    for address in ("report", f"photos/{uuid4()}"):
        assert device.browser.open(f"{device.address}/{address}", method=method).status_code == 405


@pytest.mark.parametrize("visit", ["x", "0" * 32, "..", "%00", "1" * 500])
def test_it_knows_no_other_addresses(device: Device, visit: str) -> None:
    answer = device.browser.put(f"/capture/phone/{visit}/report", json=device.make_body())
    assert answer.status_code in (401, 404)


def test_it_takes_no_body_without_end(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mystery.capture.phone.views.MOST_BODY_BYTES", 5000)
    answer = device.report([["a.words", "x" * 6000]])
    assert (answer.status_code, answer.get_json()["error"]) == (413, "too_large")


def test_it_takes_nothing_from_another_site(device: Device) -> None:
    answer = device.browser.put(
        f"{device.address}/report", json=device.make_body(), headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert (answer.status_code, answer.get_json()["error"]) == (403, "not_open")
    assert (count_rows(Visit), count_rows(Upload)) == (0, 0)


def test_it_answers_in_the_language_of_the_reader(device: Device) -> None:
    answer = send(device, "report", b"")
    assert answer.get_json()["text"] == "What the phone sent cannot be read. It is kept on the phone."
    assert answer.headers["Cache-Control"] == "no-store"
