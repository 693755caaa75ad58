"""The PDF renderer as a way in: no text of a visit makes it open a file or call a server."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import text, update
from weasyprint import HTML

from mystery.access.scopes import load_reach
from mystery.capture.actions import Submitted, open_visit, submit_visit
from mystery.clock import set_to
from mystery.database import db
from mystery.models import Employee, Notice, Placement, ScenarioRecord, Unit
from reports.record import FILE_NAME
from tests.cast import Cast, sign_in
from tests.factories import MOSCOW, VISIT_DAY, make_assignment
from tests.security.artefacts import list_pdf_layers, read_pdf_text
from tests.security.staging import TODAY, add_played_scenario, publish_every_kind, write_raw_sheet
from tests.security.taint import drop_triggers

SONG = "the canary sings 5f1c"


class Canary:
    """A server and a file that nobody has any business with."""

    def __init__(self, folder: Path) -> None:
        self.calls: list[str] = []
        calls = self.calls

        class Listener(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                calls.append(self.path)
                self.send_response(200)
                self.send_header("Content-Type", "text/plain")
                self.end_headers()
                self.wfile.write(SONG.encode())

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Listener)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.file = folder / "canary.txt"
        self.file.write_text(SONG, encoding="ascii")

    def lures(self) -> list[str]:
        """Texts that would make a renderer which believes in them open the server or the file."""
        server, file = self.address, self.file.as_uri()
        return [
            f'<img src="{server}/img">',
            f'"><link rel=attachment href="{file}">',
            f'<link rel="stylesheet" href="{server}/css">',
            f"<style>@import url({server}/import);</style>",
            f'<object data="{file}"></object>',
            f'<p style="background:url({server}/background)">x</p>',
            f'<svg><image href="{server}/svg"/></svg>',
            f'<a rel="attachment" href="{file}">x</a>',
            f"url({server}/bare) {file}",
            f"photo:../../canary.txt {file}",
        ]


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Canary]:
    """A canary that listens."""
    bird = Canary(tmp_path)
    thread = Thread(target=bird.server.serve_forever)
    thread.start()
    yield bird
    bird.server.shutdown()
    thread.join()
    bird.server.server_close()


@pytest.fixture
def baited_visit(cast: Cast, canary: Canary) -> str:
    """The address of a submitted visit every text of which is a lure, sent and named as people do it."""
    lures = " ".join(canary.lures())
    with set_to(TODAY):
        version, scenario = publish_every_kind(cast.ours), add_played_scenario(cast.ours)
        assignment = make_assignment(cast, version=version, scenario=scenario, briefing=lures)
        reach = load_reach(cast.ours.users["auditor"])
        raw = write_raw_sheet(VISIT_DAY)
        comments, answers = raw["comments"], raw["answers"]
        assert isinstance(comments, dict)
        assert isinstance(answers, dict)
        comments.update(dict.fromkeys(comments, lures))
        answers["words"] = lures
        visit = open_visit(reach, assignment)
        sent = submit_visit(reach, visit, raw, at=datetime(2026, 11, 5, 19, tzinfo=MOSCOW))
        assert isinstance(sent, Submitted), sent
    bait_rows(canary.lures())
    return f"/visits/{visit}/report.pdf"


def bait_rows(lures: list[str]) -> None:
    """Put lures into every name, position, title and question."""
    drop_triggers()
    for number, column in enumerate((Unit.name, Employee.name, Placement.position, Notice.text)):
        db.session.execute(update(column.class_).values({column: lures[number]}))
    db.session.execute(update(ScenarioRecord).values(title_ru=lures[4], title_en=lures[5]))
    for number, word in enumerate(
        ("Поздоровались?", "Настроение?", "Все виды вопросов", "Приветствие", "Карту")
    ):
        lure = lures[number + 5].replace('"', "'")
        replace = "UPDATE checklist_version SET content = replace(content, :word, :lure)"
        db.session.execute(text(replace), {"word": word, "lure": lure})
    db.session.commit()


@pytest.fixture
def reader(client: FlaskClient, cast: Cast) -> FlaskClient:
    """The browser of HR."""
    sign_in(client, cast.ours.users["hr"])
    return client


def test_it_opens_neither_server_nor_file_for_any_text_of_a_visit(
    baited_visit: str, canary: Canary, reader: FlaskClient
) -> None:
    for language in ("ru", "en"):
        answer = reader.get(f"{baited_visit}?language={language}")
        assert answer.status_code == 200
        text = "".join(read_pdf_text(answer.data).split())
        assert "<imgsrc=" in text, "the lures are printed as what they are: text"
        assert not [layer for layer, content in list_pdf_layers(answer.data) if SONG.encode() in content]
        assert list(PdfReader(io.BytesIO(answer.data)).attachments) == [FILE_NAME]
    assert canary.calls == []


def test_it_has_lures_that_a_careless_renderer_would_follow(canary: Canary) -> None:
    """The control: the same texts, believed, make a renderer without our fetcher call and open."""
    pdf = HTML(string="".join(canary.lures())).write_pdf()
    assert {"/img", "/css", "/import", "/background"} <= set(canary.calls)
    assert any(SONG.encode() in content for _layer, content in list_pdf_layers(pdf))
