"""A printed file holds what the engine made, object by object, whoever wrote the bytes."""

import io
import re
from typing import Any

import pydyf  # type: ignore[import-untyped]
import pytest
from pypdf import PdfReader
from pypdf.generic import StreamObject

from reports.pdf_file import write_file

WORDS = b"BT /F1 12 Tf (Nothing is lost.) Tj ET " * 200


def make_tree() -> Any:
    """Two pages, a packed stream and one that is left as it is, and facts about the file."""
    tree = pydyf.PDF()
    tree.info["Title"] = pydyf.String("Отчёт (о проверке)")
    for content, compress in ((WORDS, True), (b"\x89 \xff endstream", False)):
        stream = pydyf.Stream([content], {"Kind": "/Trial"}, compress=compress)
        tree.add_object(stream)
        tree.add_page(
            pydyf.Dictionary({"Type": "/Page", "Parent": tree.pages.reference, "Contents": stream.reference})
        )
    return tree


def write(tree: Any) -> bytes:
    """The bytes that we write."""
    output = io.BytesIO()
    write_file(tree, output)
    return output.getvalue()


def read_objects(content: bytes) -> list[Any]:
    """Every object of a file: streams with their unpacked content, all else as it is written."""
    reader = PdfReader(io.BytesIO(content), strict=True)
    objects = [reader.get_object(number) for number in range(1, 9)]
    return [
        (dict.get(each, "/Kind"), each.get_data())
        if isinstance(each, StreamObject)
        else re.sub(r", \d+\)", ")", repr(each))
        for each in objects
    ]


def test_it_writes_the_objects_that_the_engine_writes() -> None:
    theirs = io.BytesIO()
    make_tree().write(theirs, version=b"1.7", identifier=True, compress=True)
    assert read_objects(write(make_tree()))[:7] == read_objects(theirs.getvalue())[:7]
    reader = PdfReader(io.BytesIO(write(make_tree())), strict=True)
    assert (len(reader.pages), reader.pdf_header) == (2, "%PDF-1.7")
    assert reader.metadata is not None
    assert reader.metadata.title == "Отчёт (о проверке)"


def test_it_packs_about_as_hard() -> None:
    theirs = io.BytesIO()
    make_tree().write(theirs, version=b"1.7", identifier=True, compress=True)
    assert len(write(make_tree())) < 1.1 * len(theirs.getvalue())


def test_it_marks_a_file_by_its_content() -> None:
    """Archives want an identifier (ISO 19005-3, 6.1.3); the same content has the same one, on any day."""
    one, same, other = make_tree(), make_tree(), make_tree()
    other.info["Title"] = pydyf.String("Другой отчёт")
    marks = [PdfReader(io.BytesIO(write(tree))).trailer["/ID"] for tree in (one, same, other)]
    assert marks[0] == marks[1] != marks[2]


@pytest.mark.parametrize("place", [b"startxref", b"%%EOF"])
def test_it_ends_as_readers_expect(place: bytes) -> None:
    """The last line but one says where the table of objects begins."""
    content = write(make_tree())
    assert content.count(place) == 1
    start = int(content.rsplit(b"\n", 3)[-3])
    assert b"/XRef" in content[start : start + 80]
