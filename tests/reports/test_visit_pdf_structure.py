"""A report can be read aloud and kept for decades: tags, order, words for pictures (PDF/A-3a, PDF/UA-1)."""

import io
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from reports.pdf import render_period_pdf, render_visit_pdf
from reports.period_print import write_employee_document, write_unit_document
from reports.rows import ReportLook
from tests.reports.period_samples import make_period, make_unit_period, worked_visit
from tests.reports.samples import make_report, print_pdf, sample_checklist
from tests.reports.structure import (
    Node,
    check_headers,
    check_read_aloud,
    list_painted,
    read_aloud,
    read_aloud_elsewhere,
    read_structure,
)
from tests.reports.typical import load_picture, print_typical, typical_report

KINDS = {
    "Document", "Div", "P", "H1", "H2", "H3", "Table", "THead", "TBody", "TR", "TH", "TD", "L", "LI", "Lbl",
    "LBody", "Figure", "Span", "Link", "NonStruct",
}  # fmt: skip


PERIODS = ("employee", "unit")


@cache
def printed() -> bytes:
    """A report with everything in it: logo, code, corrections, photos, means, legend, critical questions."""
    poor, photos = typical_report("poor"), typical_report("photos")
    report = replace(
        poor, photos=photos.photos[:9], look=ReportLook("logo"), programme_means=photos.unit_means
    )
    return render_visit_pdf(report, "ru", load_photo=load_picture)


@cache
def nodes() -> list[Node]:
    """All elements of its structure, in reading order."""
    return list(read_structure(printed()).walk())


def test_it_uses_only_kinds_that_readers_know() -> None:
    assert {node.kind for node in nodes()} <= KINDS


def test_it_gives_every_picture_words() -> None:
    """Logo, code, marks, bars and photos: each has an alternative text in the language of the report."""
    figures = [node for node in nodes() if node.kind == "Figure"]
    words = [str(figure.raw.get("/Alt", "")) for figure in figures]
    assert len(figures) > 40
    assert all(text.strip() for text in words)
    for text in ("Логотип: Северный дом", "соблюдено", "не соблюдено", "частично", "стало"):
        assert text in words
    assert [
        text for text in words if text.startswith("Код для проверки отчёта: https://mystery.example.com/v/")
    ]
    assert [text for text in words if text.startswith("Фото 2 к вопросу")]
    assert len([text for text in words if "полоса на" in text]) == 8


@pytest.mark.parametrize("kind", ["visit", *PERIODS])
def test_it_leads_from_the_code_to_the_page_behind_it(kind: str) -> None:
    """ISO 14289-1, 7.18: each link belongs to the structure and says where it leads; archives print it."""
    pdf = printed() if kind == "visit" else print_period(kind)
    page: Any = PdfReader(io.BytesIO(pdf)).pages[0]
    notes = [note.get_object() for note in page["/Annots"]]
    links = [note for note in notes if note.get("/A", {}).get("/S") == "/URI"]
    assert len(links) == 2, "the picture and the words under it"
    for link in links:
        assert str(link["/A"]["/URI"]).startswith("https://mystery.example.com/v/")
        assert link["/Contents"] == link["/A"]["/URI"]
        assert "/StructParent" in link
        printed_flag = 4
        assert link["/F"] & printed_flag
    left, foot, right, top = sorted_sides(links[0]["/Rect"])
    assert min(right - left, top - foot) > 60, "all of the picture leads there"
    held = [
        node for node in read_structure(pdf).walk() for kid in node.raw.get("/K", []) if holds(kid, links)
    ]
    assert [node.kind for node in held] == ["Link", "Link"]
    check_read_aloud(pdf)


def holds(kid: Any, links: list[Any]) -> bool:
    """Whether an entry of an element is one of these links."""
    thing = None if isinstance(kid, int) else kid.get_object()
    return thing is not None and thing.get("/Type") == "/OBJR" and thing["/Obj"] in links


def print_period(kind: str) -> bytes:
    """A report over a period with the address of a server."""
    address = "https://mystery.example.com"
    visits = [worked_visit(number) for number in (1, 2, 3)]
    if kind == "employee":
        return render_period_pdf(write_employee_document(make_period(visits, public_url=address), "ru"))
    unit = make_unit_period({"Анна": visits}, sample_checklist(), public_url=address)
    return render_period_pdf(write_unit_document(unit, "ru"))


def sorted_sides(box: Any) -> tuple[float, float, float, float]:
    """The sides of a rectangle, whichever corners it names."""
    one, two, three, four = (float(side) for side in box)
    return min(one, three), min(two, four), max(one, three), max(two, four)


def test_it_nests_headings_without_a_gap() -> None:
    """One heading of the first level, and none that skips a level on the way down."""
    levels = [int(node.kind[1]) for node in nodes() if node.kind in ("H1", "H2", "H3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_it_says_of_every_header_cell_what_it_heads() -> None:
    """Tables have header cells with a scope, and every row of a table's body begins with one."""
    assert len([node for node in nodes() if node.kind == "Table"]) > 10
    check_headers(nodes())
    rows = [node for node in nodes() if node.kind == "TR" and not node.is_in("THead")]
    under_a_question = [row for row in rows if [cell.kind for cell in row.kids] == ["TD"]]
    assert all(row.kids[0].kind == "TH" for row in rows if row not in under_a_question)


@pytest.mark.parametrize("name", ["photos", "words"])
def test_it_reads_what_goes_on_over_a_page_as_no_table(name: str) -> None:
    """A page that holds only the rest of a comment, or photos under a question, has no cell to head it."""
    everything = list(read_structure(print_typical(name, "ru")).walk())
    check_headers(everything)
    cells = [node for node in everything if node.kind in ("TR", "TD", "TH", "TBody", "THead")]
    assert all(cell.is_in("Table") for cell in cells)
    owned = [content for node in everything for content in node.contents]
    assert len(owned) == len(set(owned))


def test_it_has_no_table_that_only_lays_out() -> None:
    """Columns that are no table are read as paragraphs: photos, the head, what to practise."""
    photos = [node for node in nodes() if node.kind == "Figure" and "Фото" in str(node.raw["/Alt"])]
    assert len(photos) == 8, "the ninth is of a question that was not shown (SC-02)"
    whole = [photo for photo in photos if "вопросу" not in str(photo.raw["/Alt"])]
    assert all(not photo.is_in("Table") for photo in whole)


@pytest.mark.parametrize("page", range(4))
def test_it_leaves_no_content_untagged(page: int) -> None:
    """Every stroke is an artifact, as running heads are, or belongs to an element of the structure."""
    owned = {content for node in nodes() for content in node.contents}
    painted = list_painted(printed(), page)
    assert len(painted) > 50
    assert None not in painted
    for mark in painted:
        assert mark is not None
        assert mark.is_artifact or (page, mark.number) in owned


def test_it_is_read_in_the_order_of_its_meaning() -> None:
    """How well before what to do, before the questions, before the sum; and nothing is read twice."""
    aloud = read_aloud(printed())
    order = (
        "Визит в магазин",
        "50,9",
        "Ниже стандарта",
        "Пётр Самойлов",
        "Проверить отчёт",
        "Разделы",
        "Что получилось",
        "Над чем поработать",
        "Вопросы и ответы",
        "С вами поздоровались раньше, чем вы заговорили?",
        "Исправлено 8 ноября 2026",
        "Как получился балл",
    )
    places = [aloud.index(words) for words in order]
    assert places == sorted(places)
    assert "стр. 2 из" not in aloud, "running heads are not read between two sentences"
    contents = [content for node in nodes() for content in node.contents]
    assert len(contents) == len(set(contents))


def test_it_is_read_alike_by_another_program(tmp_path: Path) -> None:
    """Poppler goes through a report of one section word for word as these tests go through a long one."""
    whole = sample_checklist()
    checklist = whole.model_copy(update={"sections": whole.sections[:1]})
    pdf = print_pdf(make_report({"answers": {"wait": 240, "name": "yes"}}, checklist=checklist))
    assert "1.2 Сотрудник представился? GR-04 Да 1 из 1 соблюдено" in read_aloud(pdf)
    assert read_aloud(pdf) == read_aloud_elsewhere(pdf, tmp_path)


def test_it_has_a_bookmark_for_every_heading() -> None:
    outline = PdfReader(io.BytesIO(printed())).outline
    names = [str(entry.title) for entry in _flatten(outline)]
    assert names[0] == "Визит в магазин"
    for name in (
        "Разделы",
        "Над чем поработать",
        "Легенда",
        "Вопросы и ответы",
        "2. Встреча",
        "Как получился балл",
    ):
        assert [each for each in names if each.startswith(name)], name


def test_it_declares_what_it_conforms_to_in_plain_metadata() -> None:
    """Archives read the metadata without unpacking anything: both standards, the language and the title."""
    root: Any = PdfReader(io.BytesIO(printed())).root_object
    metadata = root["/Metadata"].get_object()
    assert "/Filter" not in metadata
    text = metadata.get_data()
    assert b'pdfaid:part="3"' in text
    assert b'pdfaid:conformance="A"' in text
    assert b"<pdfuaid:part>1</pdfuaid:part>" in text
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("ru", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    [attached] = root["/AF"]
    assert attached.get_object()["/AFRelationship"] == "/Data"


def test_it_smooths_no_picture() -> None:
    """An archive shows the pixels that are there (ISO 19005-3, 6.2.8)."""
    pages: list[Any] = list(PdfReader(io.BytesIO(print_typical("photos", "en"))).pages)
    drawn = [thing.get_object() for page in pages for thing in page["/Resources"]["/XObject"].values()]
    pictures = [thing for thing in drawn if thing["/Subtype"] == "/Image"]
    assert len(pictures) >= 40
    assert {str(picture["/Interpolate"]) for picture in pictures} == {"False"}


def _flatten(outline: list[Any]) -> list[Any]:
    return [leaf for entry in outline for leaf in (_flatten(entry) if isinstance(entry, list) else [entry])]
