"""Reading the structure of a printed report: what somebody gets who has the page read aloud."""

import io
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

_QUOTED = re.compile(r'^\s*"(.*)"$', re.MULTILINE)
_LETTER = re.compile(r"^<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>$", re.MULTILINE)
PAINTING = {b"Tj", b"TJ", b"'", b'"', b"Do", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh"}


@dataclass
class Node:
    """One element of the structure: its kind ("H1", "TD"), its attributes, and what it holds."""

    kind: str
    raw: Any
    parent: "Node | None" = None
    kids: list["Node"] = field(default_factory=list)
    contents: list[tuple[int, int]] = field(default_factory=list)  # page, number of the marked content

    def walk(self) -> Iterator["Node"]:
        """Give this element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def is_in(self, kind: str) -> bool:
        """Whether an element of this kind holds it."""
        above = self.parent
        while above is not None and above.kind != kind:
            above = above.parent
        return above is not None


@dataclass(frozen=True)
class MarkedContent:
    """A stretch of a page's content between marks, and its number, None for most artifacts."""

    number: int | None
    is_artifact: bool


def read_structure(pdf: bytes) -> Node:
    """Read the tree of a file; contents are named by the number of their page, from 0."""
    reader = PdfReader(io.BytesIO(pdf))
    references: list[Any] = [page.indirect_reference for page in reader.pages]
    pages = {reference.idnum: number for number, reference in enumerate(references)}
    root: Any = reader.root_object["/StructTreeRoot"]
    return _read_node(root["/K"][0].get_object(), pages, None)


def list_painted(pdf: bytes, page: int) -> list[MarkedContent | None]:
    """List by what each painting operator of a page is marked; None for what is not marked at all."""
    reader = PdfReader(io.BytesIO(pdf))
    stream = ContentStream(reader.pages[page].get_contents(), reader)
    open_marks: list[MarkedContent] = []
    painted: list[MarkedContent | None] = []
    for operands, operator in stream.operations:
        if operator in (b"BDC", b"BMC"):
            number = operands[1].get("/MCID") if operator == b"BDC" else None
            open_marks.append(MarkedContent(number, operands[0] == "/Artifact"))
        elif operator == b"EMC":
            open_marks.pop()
        elif operator in PAINTING:
            painted.append(open_marks[-1] if open_marks else None)
    return painted


def read_aloud(pdf: bytes) -> str:
    """Give the text in the order of the structure, as a screen reader goes through it, blanks folded."""
    reader = PdfReader(io.BytesIO(pdf))
    texts = [_read_marked_texts(reader, page) for page in reader.pages]
    contents = (content for node in read_structure(pdf).walk() for content in node.contents)
    return " ".join(" ".join(texts[page].get(number, "") for page, number in contents).split())


def read_aloud_elsewhere(pdf: bytes, folder: Path) -> str:
    """The same as Poppler reads it, which draws a page anew for each element: for small files only."""
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    command = ["pdfinfo", "-struct-text", str(path)]
    said = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode("utf-8")
    return " ".join(" ".join(_QUOTED.findall(said)).split())


def _read_marked_texts(reader: PdfReader, page: Any) -> dict[int, str]:
    """The text of each numbered piece of a page, in one pass over what is painted."""
    letters = {name: read_letters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    texts: dict[int, str] = {}
    number, font = -1, ""
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator == b"BDC":
            number = int(operands[1].get("/MCID", -1))
        elif operator == b"Tf":
            font = str(operands[0])
        elif operator in (b"Tj", b"TJ"):
            pieces = operands[0] if operator == b"TJ" else operands
            codes = b"".join(piece.original_bytes for piece in pieces if hasattr(piece, "original_bytes"))
            signs = (codes[place : place + 2] for place in range(0, len(codes), 2))
            texts[number] = texts.get(number, "") + "".join(letters[font][sign] for sign in signs)
    return texts


def check_read_aloud(pdf: bytes) -> None:
    """Assert that pictures have words, headings nest, header cells head something; nothing is untagged."""
    nodes = list(read_structure(pdf).walk())
    assert all(str(node.raw.get("/Alt", "")).strip() for node in nodes if node.kind == "Figure")
    levels = [int(node.kind[1]) for node in nodes if node.kind in ("H1", "H2", "H3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    check_headers(nodes)
    owned = {content for node in nodes for content in node.contents}
    for page in range(len(PdfReader(io.BytesIO(pdf)).pages)):
        for mark in list_painted(pdf, page):
            assert mark is not None
            assert mark.is_artifact or (page, mark.number) in owned


def check_headers(nodes: Iterable[Node]) -> None:
    """Assert that every table has header cells, and that each says whether it heads a column or a row."""
    for table in (node for node in nodes if node.kind == "Table"):
        headers = [node for node in table.walk() if node.kind == "TH"]
        assert headers
        for header in headers:
            assert header.raw["/A"]["/Scope"] == ("/Column" if header.is_in("THead") else "/Row")


def read_letters(font: Any) -> dict[bytes, str]:
    """What each code of a font means, from the table that a program copies text with."""
    table = font["/ToUnicode"].get_object().get_data().decode("ascii")
    pairs = _LETTER.findall(table)
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def _read_node(element: Any, pages: dict[int, int], parent: Node | None) -> Node:
    node = Node(str(element["/S"])[1:], element, parent)
    page = pages[element.raw_get("/Pg").idnum] if "/Pg" in element else 0
    for kid in element.get("/K", []):
        if isinstance(kid, int):
            node.contents.append((page, int(kid)))
        elif kid.get_object().get("/Type") == "/StructElem":
            node.kids.append(_read_node(kid.get_object(), pages, node))
    return node
