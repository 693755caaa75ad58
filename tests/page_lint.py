"""A test client that lints every HTML page it gets, so that no test can fetch a page that is broken."""

from __future__ import annotations

import gzip
from collections import Counter
from html.parser import HTMLParser
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mystery.database import db

CONTROLS = frozenset({"input", "select", "textarea"})


class PageReader(HTMLParser):
    """Collects what the lint rules look at."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.controls: list[dict[str, str | None]] = []
        self.described: list[str] = []
        self.language: str | None = None
        self.title = ""
        self.headings = 0
        self.problems: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self._inside.append(tag)
        if attributes.get("id"):
            self.ids[str(attributes["id"])] += 1
        self.described += (attributes.get("aria-describedby") or "").split()
        self._check_inline(tag, attributes)
        if tag == "html":
            self.language = attributes.get("lang")
        elif tag == "label":
            self.labelled.add(attributes.get("for") or "")
        elif tag == "h1":
            self.headings += 1
        elif tag == "img" and "alt" not in attributes:
            self.problems.append(f"a picture without alt: {attributes.get('src')}")
        elif tag in CONTROLS and attributes.get("type") not in ("hidden", "submit"):
            wrapped = "label" in self._inside
            self.controls.append({**attributes, "_wrapped": "yes" if wrapped else None})

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1] == "title" and "svg" not in self._inside:
            self.title += data

    def _check_inline(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "script" and not attributes.get("src") and attributes.get("type") != "application/json":
            self.problems.append("an inline script")
        for name in attributes:
            if name.startswith("on") or name == "style":
                self.problems.append(f"inline {name} on <{tag}>")


def lint_page(html: str) -> list[str]:
    """What is wrong with a page: title, language, one h1, unique ids, labels, nothing inline."""
    reader = PageReader()
    reader.feed(html)
    problems = list(reader.problems)
    if not reader.title.strip():
        problems.append("no title")
    if reader.language not in ("ru", "en"):
        problems.append(f"language {reader.language!r}")
    if reader.headings != 1:
        problems.append(f"{reader.headings} h1 headings")
    problems += [f"id {name!r} stands {count} times" for name, count in reader.ids.items() if count > 1]
    problems += [
        f"aria-describedby names {name!r}, which is not there"
        for name in reader.described
        if name not in reader.ids
    ]
    for control in reader.controls:
        named = control.get("aria-label") or control.get("aria-labelledby") or control.get("_wrapped")
        if not named and (control.get("id") or "?") not in reader.labelled:
            problems.append(f"no label for the field {control.get('name')!r}")
    return problems


def unpack(response: TestResponse) -> str:
    """The page that a browser shows, however it travelled."""
    is_packed = response.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(response.data) if is_packed else response.data).decode()


class LintingClient(FlaskClient):
    """Fails the test that fetches an HTML page with anything wrong in it.

    Every request runs in an application context of its own, as on a server. In the context that the
    fixture pushes it would find the person and the reach of the request before it, and would be
    served from the database session of the test, where even what was never committed can be read.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What a browser says when somebody uses the pages themselves.
        self.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if self.preserve_context:
            response = super().open(*args, **kwargs)
        else:
            if has_app_context():
                db.session.commit()
            with self.application.app_context():
                response = super().open(*args, **kwargs)
        page = response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 307, 308)
        if page and response.data:
            problems = lint_page(unpack(response))
            assert not problems, f"{response.request.path}: {problems}"
        return response
