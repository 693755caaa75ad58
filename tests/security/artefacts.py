"""What people get out of the application (pages, PDFs, tables, photos), and every text that is inside."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from pypdf import PdfReader
from pypdf.generic import IndirectObject, StreamObject

PDF = "application/pdf"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Artefact:
    """One answer of the application: who got it, from where, and all of it."""

    reader: str
    address: str
    status: int
    mimetype: str
    headers: tuple[tuple[str, str], ...]
    content: bytes

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode("utf-8-sig", "replace")

    @property
    def is_page(self) -> bool:
        """Whether it is an HTML page (an answer that only sends on to another is not)."""
        return self.mimetype == "text/html" and not 300 <= self.status < 400

    def describe(self) -> str:
        """Who got what, for the message of a failed test."""
        return f"{self.reader} {self.address} ({self.status})"


def list_layers(artefact: Artefact) -> Iterator[tuple[str, bytes]]:
    """Every layer of an artefact in which something could hide, each under a name, as plain bytes."""
    yield "address", artefact.address.encode()
    for name, value in artefact.headers:
        if name == "Set-Cookie":
            # The reader's own signed session, and the clock of this very moment.
            continue
        yield f"header {name}", value.encode("utf-8", "replace")
    yield "content", artefact.content
    if artefact.mimetype == PDF:
        yield from list_pdf_layers(artefact.content)
    elif artefact.mimetype == XLSX:
        with zipfile.ZipFile(io.BytesIO(artefact.content)) as workbook:
            for member in workbook.infolist():
                yield f"member {member.filename}", member.filename.encode() + b"\n" + workbook.read(member)


def list_pdf_layers(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The text of a PDF's pages, its metadata, and each of its objects and streams, unpacked."""
    reader = PdfReader(io.BytesIO(content))
    yield "text", read_pdf_text(content).encode()
    yield "metadata", repr(dict(reader.metadata or {})).encode()
    for number in range(1, cast(int, reader.trailer["/Size"])):
        thing = IndirectObject(number, 0, reader).get_object()
        yield f"object {number}", repr(thing).encode("utf-8", "replace")
        if isinstance(thing, StreamObject):
            # Pictures keep their own coding: what a camera wrote into them would be found in these bytes.
            unpacked = thing._data if thing.get("/Filter") == "/DCTDecode" else thing.get_data()
            yield f"stream {number}", unpacked


def read_pdf_text(content: bytes) -> str:
    """The text of all pages of a PDF, in the order of printing, in which cells stay whole."""
    command = ["pdftotext", "-raw", "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True, timeout=30).stdout.decode()


def read_cells(artefact: Artefact) -> list[str]:
    """The text cells of a CSV table, whichever separator its language uses."""
    # The first heading is a plain word, so what follows it separates.
    found = re.search("[;,]", artefact.text)
    separator = found.group() if found else ";"
    return [cell for line in csv.reader(io.StringIO(artefact.text), delimiter=separator) for cell in line]
