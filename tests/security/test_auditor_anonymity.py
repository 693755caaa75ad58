"""Auditor anonymity: nothing that managers, HR and employees get bears a trace of who made the visit."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime, time

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from mystery.database import db
from mystery.models import Grant, User, UserSession, Visit
from mystery.visits.queries import list_openings
from tests.cast import Cast, sign_in
from tests.factories import MOSCOW, VISIT_DAY, make_submitted_visit
from tests.security.artefacts import PDF, XLSX, Artefact, list_layers
from tests.security.conftest import PlainSite, lay_database
from tests.security.staging import (
    AUDITOR_DEVICE,
    AUDITOR_MAIL,
    AUDITOR_NAME,
    CAMERA_TEXTS,
    OPENED_AT,
    SENT_AT,
    VISITED_AT,
    take_photo,
)

READERS = ("manager", "hr", "employee")


@dataclass
class PrivateSite:
    """What everybody gets, and what must not be in it: each trace with the ways to spell it in bytes."""

    artefacts: list[Artefact]
    traces: dict[str, frozenset[bytes]]
    auditor: str

    def of_readers(self) -> list[Artefact]:
        """What managers, HR and employees get, and what the lead gets where he reads visits as they do.

        The crawler also types addresses of its own, some with the auditor's id: a refusal that repeats
        it tells nothing. Were the id told anywhere, the page that tells it would be found by itself.
        """
        return [
            each
            for each in self.artefacts
            if (
                each.reader in READERS
                or (each.reader == "lead" and each.address.startswith(("/visits", "/period-reports")))
            )
            and not (each.status in (403, 404) and self.auditor in each.address)
        ]

    def find_traces(self, artefacts: Iterable[Artefact]) -> list[str]:
        """The traces of the auditor in artefacts, each with the layer it was found in."""
        looked_at: set[bytes] = set()
        found = []
        for artefact in artefacts:
            for layer, content in list_layers(artefact):
                # The fonts and headers of all reports are the same; looking once is enough.
                digest = hashlib.sha256(content).digest()
                if digest not in looked_at:
                    looked_at.add(digest)
                    found += [f"{trace} in {layer} of {artefact.describe()}" for trace in self._find(content)]
        return found

    def _find(self, content: bytes) -> list[str]:
        lowered = content.lower()
        return [
            trace for trace, spellings in self.traces.items() if any(each in lowered for each in spellings)
        ]


@pytest.fixture(scope="module")
def private_site(plain_site: PlainSite) -> PrivateSite:
    """The crawled company, and how its auditor would be recognised."""
    with plain_site.app.app_context():
        lay_database(plain_site.live, plain_site.pristine)
        traces = list_traces(plain_site.cast)
        moments = db.session.execute(select(Visit.started_at, Visit.visited_at, Visit.submitted_at)).all()
        local = {tuple(each and each.astimezone(MOSCOW).time() for each in row) for row in moments}
        assert (OPENED_AT, VISITED_AT, SENT_AT) in local, "the minutes to be searched for are in the database"
        db.session.remove()
        db.engine.dispose()
    return PrivateSite(plain_site.artefacts, traces, str(plain_site.cast.ours.users["auditor"]))


def list_traces(cast: Cast) -> dict[str, frozenset[bytes]]:
    """Everything that would give the auditor away: names, ids in each spelling, device, camera, minutes."""
    auditor = cast.ours.users["auditor"]
    user = db.session.get_one(User, auditor)
    sessions = db.session.scalars(select(UserSession.id).where(UserSession.user_id == auditor))
    words = [AUDITOR_NAME, *AUDITOR_NAME.split(), AUDITOR_MAIL, AUDITOR_DEVICE, user.fs_uniquifier]
    # In a picture the name of the camera's description ends with a zero; the report has one of its own.
    words += [*CAMERA_TEXTS, "Zyuziphone", "Exif\0", "GPSLatitude", "http://ns.adobe.com/xap/1.0/\0"]
    for each in (auditor, *sessions):
        words += [str(each), each.hex, str(each.int)]
    traces = {word: spell_word(word) for word in words}
    for at in (OPENED_AT, VISITED_AT, SENT_AT):
        traces[f"the minute {at:%H:%M}"] = spell_minute(at)
    return traces


def spell_word(word: str) -> frozenset[bytes]:
    """A text in the codings in which it may hide, in small letters."""
    spelled = {
        word.lower().encode(coding, "ignore") for coding in ("utf-8", "utf-16-be", "utf-16-le", "cp1251")
    }
    for each in (word, word.lower(), word.upper()):
        spelled |= {each.encode("utf-8").lower(), each.encode("utf-16-be").lower()}
        spelled |= {each.encode("unicode_escape").lower(), each.encode("ascii", "xmlcharrefreplace").lower()}
    return frozenset(spelled - {b""})


def spell_minute(at: time) -> frozenset[bytes]:
    """A minute on the shop's clock and in UTC, with 24 and with 12 hours, in texts and in file dates."""
    local = datetime.combine(VISIT_DAY, at, tzinfo=MOSCOW)
    spelled = set()
    for moment in (local, local.astimezone(UTC)):
        half = f"{moment.hour % 12 or 12}:{moment:%M}"
        spelled |= {
            f"{moment:%H:%M}",
            f"{moment:%H%%3a%M}",
            f" {half}",
            f">{half}",
            f"{half} pm",
            f"{half}\u202fpm",
        }
        spelled |= {f"202611{day:02}{moment:%H%M}" for day in range(1, 31)}
    return frozenset(text.encode() for text in spelled)


def test_it_tells_no_reader_who_made_the_visit(private_site: PrivateSite) -> None:
    """Pages, PDFs with metadata and pictures, tables with their members, photos, headers and file names."""
    assert private_site.find_traces(private_site.of_readers()) == []


def test_it_has_looked_at_every_kind_of_artefact(private_site: PrivateSite) -> None:
    for reader in READERS:
        got = {
            each.mimetype for each in private_site.artefacts if each.reader == reader and each.status == 200
        }
        assert {"text/html", PDF, "image/jpeg"} <= got, reader
        if reader != "employee":
            assert {"text/csv", XLSX} <= got, reader


def test_it_would_find_the_auditor_where_he_is_named(private_site: PrivateSite) -> None:
    """The control of the search above: it finds him in the lead's plans, and in a picture as it was taken."""
    plans = [
        each
        for each in private_site.artefacts
        if each.reader == "lead" and each.address.startswith("/assignments")
    ]
    assert private_site.find_traces(plans)
    picture = Artefact("nobody", "", 200, "image/jpeg", (), take_photo())
    found = "\n".join(private_site.find_traces([picture]))
    assert all(text in found for text in (*CAMERA_TEXTS, "Exif", "the minute 14:37"))


def test_it_hands_out_photos_without_any_metadata(private_site: PrivateSite) -> None:
    photos = [each for each in private_site.of_readers() if each.mimetype == "image/jpeg"]
    for photo in photos:
        with Image.open(io.BytesIO(photo.content)) as picture:
            assert not picture.getexif()
            assert not {"exif", "comment", "xmp", "icc_profile", "photoshop"} & picture.info.keys()


def test_it_does_not_say_that_a_reader_of_a_report_also_works_as_an_auditor(app: Flask, cast: Cast) -> None:
    """A lead may make visits himself; the list of who opened a report is no place to learn that."""
    visit = make_submitted_visit(cast)
    lead = cast.ours.users["lead"]
    db.session.add(Grant(user_id=lead, role="auditor", unit_id=cast.ours.company))
    for role in ("lead", "employee"):
        db.session.get_one(User, cast.ours.users[role]).language = "en"
    db.session.commit()
    pages = {}
    for role in ("lead", "employee"):
        browser = app.test_client()
        sign_in(browser, cast.ours.users[role])
        pages[role] = browser.get(f"/visits/{visit}").get_data(as_text=True)
    assert "lead lavka" in pages["employee"], "the employee sees who opened his report"
    assert "auditor" not in pages["employee"].lower()
    openings = list_openings(visit, cast.ours.users["employee"])
    assert len(openings) == 1
    assert "auditor" not in repr(openings).lower()
    assert {field.name for field in fields(openings[0])} == {"happened_at", "reader", "kind"}
