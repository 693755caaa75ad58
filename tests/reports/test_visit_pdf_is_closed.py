"""The printer opens nothing but the visit's photos and its own files, and text stays text."""

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from checklists.localtext import LocalText
from reports.pdf import RefusedAddress, _ClosedFetcher
from reports.record import FILE_NAME
from reports.rows import PlayedScenario
from tests.reports.pages import read_text
from tests.reports.samples import AUDITOR, V1, change_answers, draw_photo, make_report, print_pdf, show_photo

PAYLOADS = (
    "{{7*7}} {% raw %} ${7*7} #{7*7} {{ config }}",
    "<script>alert(1)</script>",
    "</p></td></table><h1>внутри</h1>",
    "&lt;b&gt; &amp; \"кавычки\" 'апостроф'",
    "<style>body{display:none}</style>",
)


class _Canary(HTTPServer):
    """A server that remembers whether anybody called."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        super().__init__(("127.0.0.1", 0), _Listener)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Listener(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, _Canary)
        self.server.calls.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: the calls are counted."""


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "SECRET"
    return exif.tobytes()


@pytest.fixture
def canary() -> Iterator[_Canary]:
    """A running canary server."""
    with _Canary() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_it_calls_no_server_and_opens_no_file(canary: _Canary, tmp_path: Path) -> None:
    """Addresses in every text, and even as keys of photos, are neither fetched nor opened."""
    secret = tmp_path / "canary.svg"
    secret.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><text>КАНАРЕЙКА</text></svg>', encoding="utf-8"
    )
    traps = (
        f'<img src="{canary.address}/img">',
        f'<link rel="stylesheet" href="{canary.address}/css">',
        f'"><object data="{secret.as_uri()}"></object>',
        f"url({canary.address}/url) @import '{canary.address}/import';",
        f'<a href="{secret.as_uri()}" rel="attachment">x</a>',
    )
    text = " ".join(traps)
    photos = tuple(
        show_photo(key, "wait", text) for key in (f"{canary.address}/photo", secret.as_uri(), str(secret))
    )
    report = make_report(
        {**change_answers(V1, words=text), "comments": {"wait": text}},
        company=text,
        employee=text,
        photos=photos,
        purpose=LocalText(ru=text, en=text),
    )
    pdf = print_pdf(report)
    assert canary.calls == []
    assert "КАНАРЕЙКА" not in read_text(pdf, tmp_path)
    # Nothing rides along but the record of the visit.
    assert list(PdfReader(io.BytesIO(pdf)).attachments) == [FILE_NAME]
    assert b"/URI" not in pdf


def test_it_lets_no_drawing_among_the_photos_call_out(canary: _Canary, tmp_path: Path) -> None:
    """A stored "photo" that is a drawing with addresses inside is not a picture and is not opened."""
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60">'
        f'<image href="{canary.address}/inner" width="90" height="60"/>'
        f'<style>@import "{canary.address}/style";</style><rect width="9" height="9"/></svg>'
    )
    pdf = print_pdf(make_report(photos=(show_photo("a", "wait"),)), a=drawing.encode())
    assert canary.calls == []
    assert "снимка больше нет" in read_text(pdf, tmp_path)


@pytest.mark.parametrize("secret", [{"exif": _exif()}, {"comment": b"SECRET"}, {"xmp": b"<x>SECRET</x>"}])
def test_it_prints_no_note_that_travels_inside_a_photo(secret: dict[str, bytes]) -> None:
    """Exif, comments and XMP name phones, owners and minutes; only the picture reaches the report."""
    output = io.BytesIO()
    Image.new("RGB", (400, 300), "#884422").save(output, "JPEG", **secret)
    assert b"SECRET" in output.getvalue()
    pdf = print_pdf(make_report(photos=(show_photo("a", "wait"),)), a=output.getvalue())
    assert b"SECRET" not in pdf
    assert len(PdfReader(io.BytesIO(pdf)).pages[1].images) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/x",
        "https://example.org/x",
        "ftp://example.org/x",
        "file:///etc/hostname",
        "data:text/css,body{}",
        "photo:unknown",
        "photo:../../etc/hostname",
        "package:marks/../print.css",
        "package:fonts/../../METADATA",
        "PHOTO:kept",
        "",
    ],
)
def test_it_refuses_every_other_address(address: str) -> None:
    """The fetcher knows a closed list; it never builds a path and never opens a connection."""
    with pytest.raises(RefusedAddress):
        _ClosedFetcher({"kept": b"x"}).fetch(address)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_it_prints_text_as_text(payload: str, tmp_path: Path) -> None:
    """Whatever somebody types into any field is printed as typed: no template, no markup, no script."""
    report = make_report(
        {**change_answers(V1, words=payload), "comments": {"name": payload}},
        employee=payload,
        position=None,
        unit=payload,
        scenario=PlayedScenario(LocalText(ru=payload, en=payload)),
        photos=(show_photo("a", "name", payload),),
    )
    text = read_text(print_pdf(report, a=draw_photo()), tmp_path).replace(" ", "")
    assert text.count(payload.replace(" ", "")) >= 6


def test_it_never_prints_the_auditor(tmp_path: Path) -> None:
    """The answers file names the auditor; the report has no field for it and prints no letter of it."""
    report = make_report(V1)
    assert report.sheet.visit.auditor == AUDITOR, "the sheet does know the name"
    for language in ("ru", "en"):
        pdf = print_pdf(report, language)
        text = read_text(pdf, tmp_path)
        for part in AUDITOR.split():
            assert part not in text
            assert part.encode("utf-16-be") not in pdf
            assert part.encode() not in pdf


@pytest.mark.parametrize(
    "photo", [b"", b"not a picture", b"\xff\xd8\xff\xe0 cut", b"<svg", draw_photo()[:500]]
)
def test_it_survives_a_photo_that_is_none(photo: bytes, tmp_path: Path) -> None:
    """A broken picture costs its place on the page and nothing else."""
    pdf = print_pdf(make_report(photos=(show_photo("a", "wait", "Касса"),)), a=photo)
    assert "Фото 1 к вопросу 1.1" in read_text(pdf, tmp_path)
