"""Odd requests: unexpected methods, absurd addresses and bodies never end in a failure or a stack trace."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mystery.database import db
from mystery.models import Assignment
from tests.cast import Cast
from tests.security.odd_addresses import build_address, list_own_rules
from tests.security.staging import Stage

ROLES = ("administrator", "lead", "manager", "hr", "auditor", "employee")
METHODS = ("POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")
# Names that the filters and lists of the application read; nonsense goes into all of them at once.
NAMES = (
    "page text q unit checklist version employee auditor state outcome since until language change next "
    "show company old new scenario role kind sort search archived closed copy"
).split()
NONSENSE = {
    "empty": "",
    "long": "9" * 10_000,
    "not UTF-8": "%ff%fe%80",
    "NUL": "a%00b",
    "braces": "%7B%7B7*7%7D%7D",
    "quote": "%27%20OR%201=1--",
    "minus": "-1",
    "huge": "1e400",
    "zero id": "00000000-0000-0000-0000-000000000000",
    "far date": "9999-12-31",
    "no date": "0000-00-00",
    "surrogate": "%ed%a0%80",
    "wildcards": "%25%5f%5c",
}
# They end the session of whoever asks; what they answer is looked at in tests of their own.
ENDING = frozenset({"security.logout"})
LEAKS = (
    b"Traceback (most recent",
    b"werkzeug",
    b"sqlalchemy",
    b"site-packages",
    b".py&#34;, line",
    b"jinja2",
)


def judge(answer: TestResponse, what: str) -> None:
    """No failure of ours, and nothing of our insides."""
    assert answer.status_code < 500, f"{what}: {answer.status_code}"
    assert not [leak for leak in LEAKS if leak in answer.data], what


def list_addresses(app: Flask, method: str) -> list[str]:
    """One address of each view that takes ``method``."""
    with app.test_request_context():
        rules = [rule for rule in list_own_rules(app) if method in (rule.methods or ())]
        return sorted({build_address(rule) for rule in rules if rule.endpoint not in ENDING})


def list_queries() -> Iterator[str]:
    """Different nonsense in every parameter; each parameter thrice; arrays; no names; thousands of them."""
    nonsense = list(NONSENSE.values())
    for turn in range(0, len(nonsense), 4):
        yield "&".join(
            f"{name}={nonsense[(turn + place) % len(nonsense)]}" for place, name in enumerate(NAMES)
        )
    yield "&".join(f"{name}=1&{name}=2&{name}=x" for name in NAMES)
    yield "&".join(f"{name}[]=1&{name}[a]=2&{name}.b=3" for name in NAMES)
    yield "&&==&%&%zz&=x&page&;" + "&x=1" * 1500


@pytest.fixture
def browsers(
    app: Flask, cast: Cast, staged: Stage, client_of: Callable[..., FlaskClient]
) -> dict[str, FlaskClient]:
    """A browser of a stranger and of everybody in our company."""
    return {"stranger": app.test_client(), **{role: client_of(role) for role in ROLES}}


def test_it_takes_any_query_for_a_question(app: Flask, browsers: dict[str, FlaskClient]) -> None:
    """All of them once for each view, by the first person who may open it; one of them for everybody else."""
    asked = set()
    for role, browser in browsers.items():
        for address in list_addresses(app, "GET"):
            first = browser.get(f"{address}?page=x&language=%00")
            judge(first, f"{role} {address}")
            if first.status_code == 200 and first.mimetype != "application/pdf" and address not in asked:
                asked.add(address)
                for query in list_queries():
                    judge(browser.get(f"{address}?{query}"), f"{role} {address}?{query[:60]}")
    assert len(asked) > 30


def test_it_refuses_methods_that_an_address_does_not_take(
    app: Flask, browsers: dict[str, FlaskClient]
) -> None:
    """Without a session and with one: the address is refused before anybody's role is asked."""
    with app.test_request_context():
        addresses = {build_address(rule): rule.rule for rule in list_own_rules(app)}
    taken: dict[str, set[str]] = {}
    for rule in list_own_rules(app):
        taken.setdefault(rule.rule, set()).update(rule.methods or ())
    for role in ("stranger", "lead"):
        browser = browsers[role]
        for method in METHODS:
            for address in (each for each, rule in addresses.items() if method not in taken[rule]):
                answer = browser.open(address, method=method)
                judge(answer, f"{role} {method} {address}")
                assert answer.status_code == 405, f"{role} {method} {address}: {answer.status_code}"


def test_it_has_no_way_to_call_one_method_another(
    app: Flask, cast: Cast, staged: Stage, client_of: Callable[..., FlaskClient]
) -> None:
    """Method override: headers and fields that some frameworks obey turn no reading into a writing."""
    browser = client_of("lead")
    address = f"/assignments/{cast.ours.assignment}/cancel"
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        assert browser.get(address, headers={name: "POST"}).status_code == 200
        assert browser.post(address.removesuffix("/cancel"), headers={name: "GET"}).status_code == 405
    assert browser.get(f"{address}?_method=POST").status_code == 200
    assignment = db.session.get_one(Assignment, cast.ours.assignment)
    assert assignment.cancelled_at is None
    browser.post(address)
    db.session.refresh(assignment)
    assert assignment.cancelled_at is not None, "the same address does it when it is asked to"


def list_bodies() -> list[tuple[str, bytes]]:
    """What is no form: JSON, XML with an entity, cut-off and endless parts, no body at all."""
    return [
        ("application/json", b'{"a":' * 500),
        ("text/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\ncut'),
        ("multipart/form-data", b"no boundary"),
        ("application/x-www-form-urlencoded", b"%ff=%fe&\x00=\x00&" + b"n" * 5000),
        ("application/x-www-form-urlencoded", b"&".join(f"a{n}=1".encode() for n in range(3000))),
    ]


def test_it_takes_any_body_for_a_form(app: Flask, browsers: dict[str, FlaskClient]) -> None:
    """Every address that takes a form: all of them by the first who may send it, no body by the others."""
    tried = set()
    for role, browser in browsers.items():
        for address in list_addresses(app, "POST"):
            first = browser.post(address)
            judge(first, f"{role} {address}")
            if first.status_code not in (401, 403) and address not in tried:
                tried.add(address)
                for mimetype, body in list_bodies():
                    answer = browser.post(address, data=io.BytesIO(body), content_type=mimetype)
                    judge(answer, f"{role} {address} {mimetype}")
    assert len(tried) > 30
