"""A phone without JavaScript: it opens a page, knows what its form holds, and presses its buttons."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from html import unescape
from html.parser import HTMLParser
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Upload = tuple[bytes, str]


class FormReader(HTMLParser):
    """Collects what a browser would send of the one form of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, list[str]] = {}
        self._textarea: str | None = None
        self._select: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "input" and given.get("type") not in ("radio", "checkbox", "file"):
            self._keep(given["name"], given.get("value", ""))
        elif tag == "input" and "checked" in given:
            self._keep(given["name"], given["value"])
        elif tag == "textarea":
            self._textarea = given["name"]
            self._keep(given["name"], "")
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and self._select and "selected" in given:
            self._keep(self._select, given["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            text = self.values[self._textarea].pop()
            # The first line end after the tag is markup; browsers send the others as two characters.
            self._keep(self._textarea, text.replace("\r\n", "\n").removeprefix("\n").replace("\n", "\r\n"))
            self._textarea = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.values[self._textarea][-1] += data

    def _keep(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)


class Phone:
    """The browser of an auditor with one list open."""

    def __init__(self, browser: FlaskClient, assignment_id: UUID) -> None:
        self.browser = browser
        begun = browser.post(f"/capture/assignments/{assignment_id}/begin")
        assert begun.status_code == 303, begun.text
        self.address = begun.location
        self.visit_id = UUID(self.address.split("/")[2])
        self.reload()

    def reload(self) -> str:
        """Open the page again."""
        response = self.browser.get(self.address)
        assert response.status_code == 200, response.status
        return self._show(response)

    def press(
        self,
        button: str,
        changes: Mapping[str, Sequence[str]] | None = None,
        photos: Mapping[str, Sequence[Upload]] | None = None,
    ) -> TestResponse:
        """Change fields as a thumb would, and press a button; a page that comes back is shown."""
        data: dict[str, object] = {**self.values, **(changes or {}), "action": button}
        for question, uploads in (photos or {}).items():
            data[f"p.{question}"] = [(io.BytesIO(content), name) for content, name in uploads]
        response = self.browser.post(self.address, data=data, content_type="multipart/form-data")
        # The test client keeps a large body in a temporary file, and leaves it open.
        response.request.environ["wsgi.input"].close()
        if response.status_code in (409, 422):
            self._show(response)
        return response

    def beside(self, question: str) -> str:
        """What stands in the frame of a question, as plain text."""
        frame = re.search(rf'<fieldset[^>]* id="{re.escape(question)}".*?</fieldset>', self.html, re.S)
        assert frame is not None, f"{question} is not on the page"
        return read_text(frame.group())

    @property
    def problems(self) -> list[str]:
        """The lines of the list at the top of the page."""
        box = re.search(r'id="problems".*?</div>', self.html, re.S)
        return [read_text(line) for line in re.findall(r"<li>.*?</li>", box.group(), re.S)] if box else []

    @property
    def missing(self) -> list[str]:
        """The numbers of the questions that are merely open, as the top of the page lists them."""
        return [line for line in self.problems if re.fullmatch(r"\d+\.\d+", line)]

    def _show(self, response: TestResponse) -> str:
        self.html = response.text
        self.values = FormReader(self.html).values
        return self.html


def read_text(html: str) -> str:
    """A piece of a page without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
