"""The reports over a period in print: the same bytes, read aloud in order, archival, whole on paper."""

import hashlib
import io
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from checklists.localtext import Language
from reports.pdf import render_period_pdf
from reports.period_print import write_employee_document, write_unit_document
from reports.rows import ReportLook
from tests.reports.pages import draw_page, read_pages, read_text
from tests.reports.period_samples import make_period, make_unit_period, worked_visit
from tests.reports.samples import draw_photo, sample_checklist
from tests.reports.structure import check_read_aloud

NAMES = ("Анна", "Борис", "Вера", "Глеб")
KINDS = ("employee", "unit")


@cache
def print_sample(kind: str, language: Language = "ru") -> bytes:
    """A report with everything in it: a broken standard, a knock-out, a hollow point, pale cells."""
    visits = [worked_visit(number, name="no" if number % 2 else "yes") for number in range(1, 7)]
    visits[1] = worked_visit(2, receipt="no")
    if kind == "employee":
        return render_period_pdf(write_employee_document(make_period(visits), language))
    staff = {name: visits[: 2 + number] for number, name in enumerate(NAMES)}
    return render_period_pdf(write_unit_document(make_unit_period(staff, sample_checklist()), language))


def test_it_gives_the_same_bytes_in_any_process() -> None:
    """Whatever the seed of the hashes: nothing depends on the order of a set or on a clock."""
    code = (
        "import sys, hashlib; from tests.reports.test_period_pdf import KINDS, print_sample;"
        "print(*(hashlib.sha256(print_sample(kind)).hexdigest() for kind in KINDS))"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        timeout=120,
        env={"PYTHONHASHSEED": "77", "PYTHONPATH": str(Path(__file__).parents[2])},
    ).stdout
    here = [hashlib.sha256(print_sample(kind)).hexdigest() for kind in KINDS]
    assert elsewhere.decode().split() == here


@pytest.mark.parametrize("kind", KINDS)
def test_it_declares_itself_an_archive_with_title_and_language(kind: str) -> None:
    reader = PdfReader(io.BytesIO(print_sample(kind)))
    root: dict[str, Any] = dict(reader.root_object)
    metadata = root["/Metadata"].get_object().get_data()
    assert b'pdfaid:part="3"' in metadata
    assert b'pdfaid:conformance="A"' in metadata
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("ru", True)
    assert reader.metadata is not None
    who = "Анна Петрова" if kind == "employee" else "Север / Магазин 3"
    assert who in str(reader.metadata.title)
    assert "с 1 мая 2026 по 31 октября 2026" in str(reader.metadata.title)


@pytest.mark.parametrize("kind", KINDS)
def test_it_can_be_read_aloud(kind: str) -> None:
    """Pictures have words, headings nest, header cells know what they head, and nothing is untagged."""
    check_read_aloud(print_sample(kind))


def test_it_is_read_in_the_order_of_its_meaning(tmp_path: Path) -> None:
    """Who, how well, over time, what repeats, standards, visits, method, the talk."""
    aloud = read_text(print_sample("employee"), tmp_path)
    order = (
        "Анна Петрова",
        "За период 6",
        "Визиты по времени",
        "Треугольник",
        "Стабильность",
        "Что получается",
        "Что повторяется",
        "Числа под словами",
        "Как это посчитано",
        "Разговор по итогам",
    )
    places = [aloud.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_prints_purpose_and_page_on_every_page(language: Language, tmp_path: Path) -> None:
    """Each sheet on its own says whom it is about, what the programme is for, and which page it is."""
    purpose, foot = {
        "ru": ("Программа нужна для обучения.", "стр. {} из {}"),
        "en": ("The programme serves training.", "page {} of {}"),
    }[language]
    for kind in KINDS:
        pages = read_pages(print_sample(kind, language), tmp_path)
        for number, text in enumerate(pages, start=1):
            assert purpose in text
            assert foot.format(number, len(pages)) in " ".join(text.split())
            assert ("Анна Петрова" if kind == "employee" else "Магазин 3") in text


def test_it_says_everywhere_that_it_is_no_ground_for_discipline(tmp_path: Path) -> None:
    for kind in KINDS:
        assert "не основание для взысканий" in read_text(print_sample(kind), tmp_path)


def test_it_draws_points_in_petrol(tmp_path: Path) -> None:
    """Pixels, not only text: six points stand in the drawing, five of them full circles of our colour."""
    picture = draw_page(print_sample("employee"), tmp_path)
    pixels = picture.crop((0, picture.height // 4, picture.width, picture.height // 2)).getcolors(1 << 20)
    assert pixels is not None
    petrol = sum(count for count, colour in pixels if colour == (15, 92, 99))
    assert petrol > 6 * 150


def test_it_shades_cells_and_leaves_pale_ones_white(tmp_path: Path) -> None:
    """The deepest shade is there on the sheet of the heatmap, and the figures are words as well."""
    pages = read_pages(print_sample("unit"), tmp_path)
    number = next(number for number, text in enumerate(pages, start=1) if "Стандарты и сотрудники" in text)
    picture = draw_page(print_sample("unit"), tmp_path, page=number)
    assert picture.width > picture.height, "the sheet lies on its side"
    colours = {colour for _, colour in picture.getcolors(1 << 20) or ()}
    assert (181, 211, 212) in colours
    assert "2 из 2" in " ".join(pages[number - 1].split())


def test_it_prints_the_companys_colour_and_logo(tmp_path: Path) -> None:
    """As the report of a visit does; the drawings take the colour too."""
    period = make_period([worked_visit(1)], look=ReportLook("key", "#8a1f5c"))
    document = write_employee_document(period, "ru", logo=draw_photo("#112233", width=300, height=90))
    picture = draw_page(render_period_pdf(document), tmp_path)
    colours = {colour for _, colour in picture.getcolors(1 << 20) or ()}
    assert (138, 31, 92) in colours
    assert (15, 92, 99) not in colours
    assert document.html.count('alt="Логотип: Северный дом"') == 1


def test_it_spells_out_letters_that_the_font_lacks(tmp_path: Path) -> None:
    """Long names and rare signs print right: nothing is lost, nothing runs out of the page."""
    name = "Иоанна-Мария Константинопольская-Воздвиженская фон Штернберг 🙂 שלום"
    period = make_period([worked_visit(number) for number in (1, 2, 3)], employee=name)
    text = read_text(render_period_pdf(write_employee_document(period, "ru")), tmp_path)
    assert "Константинопольская-Воздвиженская" in text
    assert "[U+05E9" in text
    staff = {f"{name} {number}": [worked_visit(1)] for number in range(3)}
    unit = make_unit_period(staff, sample_checklist())
    assert render_period_pdf(write_unit_document(replace(unit, unit="Очень " * 20), "ru")).startswith(b"%PDF")
