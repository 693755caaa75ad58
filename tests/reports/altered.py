"""Reports that somebody altered: pages left out or taken from elsewhere, and text put over a page."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
)

from tests.reports.structure import read_letters

FONT = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}


def leave_out_page(pdf: bytes, place: int) -> bytes:
    """The report without one of its pages, counted from 0, with its data."""
    pages = list(PdfReader(BytesIO(pdf)).pages)
    return put_together(pdf, [page for number, page in enumerate(pages) if number != place])


def take_pages_from(pdf: bytes, other: bytes, *, first: int = 1) -> bytes:
    """Page one of a report with its data, and the pages from `first` on of another one."""
    own, others = (list(PdfReader(BytesIO(each)).pages) for each in (pdf, other))
    return put_together(pdf, [*own[:first], *others[first:]])


def reorder(pdf: bytes, order: Sequence[int]) -> bytes:
    """The report with its pages, counted from 0, in another order."""
    pages = PdfReader(BytesIO(pdf)).pages
    return put_together(pdf, [pages[place] for place in order])


def put_together(pdf: bytes, pages: Sequence[PageObject]) -> bytes:
    """A file of these pages that carries the data of a report."""
    writer = PdfWriter()
    for page in pages:
        writer.add_page(page)
    for name, contents in PdfReader(BytesIO(pdf)).attachments.items():
        for content in contents:
            assert isinstance(content, bytes)
            writer.add_attachment(name, content)
    return _write(writer)


def paint(pdf: bytes, text: str, *, page: int = 0, over: bool = True) -> bytes:
    """The report with a text over what a page shows, or under it; Latin letters only."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    sheet = PageObject.create_blank_page(width=595, height=842)
    font = DictionaryObject({NameObject(name): NameObject(value) for name, value in FONT.items()})
    sheet[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/Painted"): font})}
    )
    content = DecodedStreamObject()
    content.set_data(f"BT /Painted 38 Tf 62 700 Td ({text}) Tj ET".encode("latin-1"))
    sheet[NameObject("/Contents")] = content
    writer.pages[page].merge_page(sheet, over=over)
    return _write(writer)


def put_note(pdf: bytes, text: str, *, kept_apart: bool = False) -> bytes:
    """The report with a note on page one; where the page keeps its notes is up to the program."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.add_annotation(0, FreeText(text=text, rect=(60, 690, 200, 740), font_size="38pt"))
    page: Any = writer.pages[0]
    if kept_apart:
        page[NameObject("/Annots")] = writer._add_object(page["/Annots"])
    return _write(writer)


def put_before(pdf: bytes, word: str, letter: str) -> bytes:
    """The report with one letter more before the first such word of page one, in its font."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    page: Any = writer.pages[0]
    fonts = {name: read_letters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    stream, font, is_changed = ContentStream(page.get_contents(), writer), "", False
    for operands, operator in stream.operations:
        if operator == b"Tf":
            font = str(operands[0])
        elif operator == b"TJ" and not is_changed:
            shown = [piece for piece in operands[0] if hasattr(piece, "original_bytes")]
            codes = b"".join(piece.original_bytes for piece in shown)
            signs = [codes[place : place + 2] for place in range(0, len(codes), 2)]
            if "".join(fonts[font][sign] for sign in signs).strip() == word:
                (code,) = [sign for sign, meant in fonts[font].items() if meant == letter]
                operands[0] = ArrayObject([ByteStringObject(code), *operands[0]])
                is_changed = True
    assert is_changed, f"{word} does not stand on page one"
    page[NameObject("/Contents")] = writer._add_object(stream)
    return _write(writer)


def _write(writer: PdfWriter) -> bytes:
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
