"""A device: what the script on a phone does over HTTP, spoken by a test without a browser."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mystery.clock import now
from tests.capture.checklists import COMPLETE
from tests.capture.pictures import draw, encode

PIECE = 256 * 1024
Fields = list[list[str]]

FIELDS: Fields = [[name, value] for name, values in COMPLETE.items() for value in values]


def tell_time() -> str:
    """What the clock of a phone shows that goes right."""
    return now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def change_fields(fields: Fields, **changes: str) -> Fields:
    """The same list with other answers; a double underscore in a name stands for the point."""
    named = {name.replace("__", "."): value for name, value in changes.items()}
    return [[name, value] for name, value in fields if name not in named] + [
        [name, value] for name, value in named.items()
    ]


@dataclass
class File:
    """A photo or a memo on the phone."""

    content: bytes
    question: str = ""
    media_type: str = "image/jpeg"
    original: str = ""
    id: UUID = field(default_factory=uuid4)

    @property
    def sha256(self) -> str:
        """The hash of the bytes that are sent."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def stream(self) -> io.BytesIO:
        """As a form sends it."""
        return io.BytesIO(self.content)

    @property
    def named(self) -> dict[str, str]:
        """As the report lists it."""
        return {"id": str(self.id), "question": self.question, "sha256": self.sha256}


@dataclass
class Device:
    """One phone with one list: its address, its ticket, and whoever is signed in on it."""

    browser: FlaskClient
    visit: UUID
    version: UUID
    assignment: UUID
    ticket: str = ""

    @classmethod
    def open_list(cls, browser: FlaskClient, assignment_id: UUID) -> Device:
        """The list of an assignment, as the state tells it."""
        state = browser.get("/capture/phone/state").get_json()
        listed = next(each for each in state["visits"] if each["assignment"] == str(assignment_id))
        visit, version, assignment = (UUID(listed[part]) for part in ("visit", "version", "assignment"))
        return cls(browser, visit, version, assignment, ticket=listed["ticket"])

    @property
    def address(self) -> str:
        """Where everything about this visit goes."""
        return f"/capture/phone/{self.visit}"

    def make_body(self, fields: Fields | None = None, **more: Any) -> dict[str, Any]:
        """What draft and report have in common."""
        body = {
            "version": str(self.version),
            "assignment": str(self.assignment),
            "fields": FIELDS if fields is None else fields,
            "events": [],
            "answered": {},
            "removed": [],
            "at": tell_time(),
        }
        return body | more

    def save(self, fields: Fields | None = None, revision: int = 0, **more: Any) -> TestResponse:
        """Send the draft."""
        return self.browser.put(
            f"{self.address}/draft", json=self.make_body(fields, revision=revision, **more)
        )

    def read(self) -> dict[str, Any]:
        """The draft as the server has it."""
        response = self.browser.get(f"{self.address}/draft")
        assert response.status_code == 200, response.text
        draft: dict[str, Any] = response.get_json()
        return draft

    def report(
        self, fields: Fields | None = None, files: Iterable[File] = (), *, strict: bool = False, **more: Any
    ) -> TestResponse:
        """Send the report; with the ticket, if there is one."""
        photos = [file.named for file in files]
        body = self.make_body(fields, photos=photos, strict=strict, **{"visit": str(self.visit), **more})
        return self.browser.put(f"{self.address}/report", json=body, headers=self.headers)

    @property
    def headers(self) -> dict[str, str]:
        """The ticket, if there is one."""
        return {"X-Ticket": self.ticket} if self.ticket else {}

    def ask(self, file: File) -> TestResponse:
        """How much of a file is there."""
        return self.browser.head(f"{self.address}/photos/{file.id}", headers=self.headers)

    def send_piece(
        self,
        file: File,
        offset: int,
        content: bytes | None = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> TestResponse:
        """Send one piece of a file; ``headers`` replace what a phone would say of it."""
        about = {
            "Upload-Offset": str(offset),
            "Upload-Length": str(len(file.content)),
            "Upload-Sha256": file.sha256,
            "Upload-Original": file.original or file.sha256,
            "Upload-Question": file.question,
            "Content-Type": file.media_type,
        }
        return self.browser.patch(
            f"{self.address}/photos/{file.id}",
            data=file.content[offset : offset + PIECE] if content is None else content,
            headers={**self.headers, **about, **(headers or {})},
        )

    def upload(self, file: File, *, piece: int = PIECE) -> TestResponse:
        """Send a file as a phone does: ask how far it is, and go on from there until it is kept."""
        head = self.ask(file)
        offset = int(head.headers.get("Upload-Offset", "0"))
        while head.headers.get("Upload-State", "receiving") == "receiving":
            head = self.send_piece(file, offset, file.content[offset : offset + piece])
            assert head.status_code in (204, 409, 460), head.text
            offset = int(head.headers["Upload-Offset"])
        return head


def take_picture(number: int = 0, question: str = "shelf") -> File:
    """A photo like no other: its size says its number."""
    return File(encode(draw(320 + number, 240)), question)
