"""The comparison on paper: everybody's dot, the figures, the method; archival, tagged, and without ranks."""

import io
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from checklists.localtext import Language, LocalText
from reports.comparison_book import ComparisonBook
from reports.comparison_print import BookFrame, summarise, write_comparison_document
from reports.pdf import render_period_pdf
from reports.period_rows import Period
from reports.rows import ReportLook
from tests.reports.book_samples import make_book, make_few
from tests.reports.fair_visits import make_visits
from tests.reports.pages import draw_page, read_pages, read_text
from tests.reports.structure import check_read_aloud

FRAME = BookFrame(
    company="Северный дом",
    unit="Север / Магазин 3",
    checklist="Визит в магазин",
    period=Period(date(2026, 1, 1), date(2026, 6, 30)),
    dated=date(2026, 6, 30),
    purpose=LocalText(ru="Программа нужна для обучения.", en="The programme serves training."),
)


def make_short_book(people: int = 6, **changes: Any) -> ComparisonBook:
    """A few people of a larger programme, as a reader of one shop gets them."""
    book = make_book()
    return replace(book, fair=replace(book.fair, people=book.fair.people[:people]), **changes)


@cache
def print_sample(language: Language = "ru") -> bytes:
    """The comparison of a few people."""
    return render_period_pdf(write_comparison_document(make_short_book(), FRAME, language))


def test_it_is_an_archive_with_title_and_language() -> None:
    """PDF/A-3a, with a title that says what, where and when."""
    reader = PdfReader(io.BytesIO(print_sample()))
    root: dict[str, Any] = dict(reader.root_object)
    metadata = root["/Metadata"].get_object().get_data()
    assert b'pdfaid:part="3"' in metadata
    assert b'pdfaid:conformance="A"' in metadata
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("ru", True)
    assert reader.metadata is not None
    assert (
        reader.metadata.title == "Сравнение сотрудников: Север / Магазин 3, с 1 января 2026 по 30 июня 2026"
    )


def test_it_can_be_read_aloud() -> None:
    """Rows have headers, drawings words, headings nest; nothing painted is without a tag but decoration."""
    check_read_aloud(print_sample())


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_says_who_what_and_how_far_to_trust_it(language: Language, tmp_path: Path) -> None:
    """CP-06: sentence, interval and visits of everybody, the programme's own figures, the data revision."""
    text = " ".join(read_text(print_sample(language), tmp_path).split())
    person = make_short_book().fair.people[0]
    assert person.waterfall is not None
    fair = str(person.waterfall.fair)
    wanted = {
        "ru": (
            fair.replace(".", ","),
            "6 визитов",
            "не основание для взысканий",
            "Разброс, в баллах: аудиторы",
        ),
        "en": (fair, "6 visits", "not a ground for discipline", "Spread (sd), in points: auditors"),
    }[language]
    for words in (*wanted, "Person 00005", "7f3a"):
        assert words in text.replace("\N{NO-BREAK SPACE}", " ")


def test_it_stands_in_alphabetical_order_without_places(tmp_path: Path) -> None:
    """CP-03: names in their order, in each table, and no ranks."""
    pages = read_pages(print_sample(), tmp_path)
    first = " ".join(pages[0].split())
    places = [first.index(f"Person 0000{number}") for number in range(6)]
    assert places == sorted(places)
    assert "мест и рейтингов нет" in " ".join(" ".join(pages).split())


def test_it_prints_purpose_and_page_on_every_page(tmp_path: Path) -> None:
    """Each sheet on its own says what it is from, what the programme is for, and which page it is."""
    pages = read_pages(print_sample(), tmp_path)
    assert len(pages) >= 4
    for number, text in enumerate(pages, start=1):
        plain = " ".join(text.split())
        assert "Программа нужна для обучения." in plain
        assert f"стр. {number} из {len(pages)}" in plain
        assert "Магазин 3" in plain


def test_it_draws_dots_in_the_colour_of_the_company(tmp_path: Path) -> None:
    """Pixels, not only text: dots stand beside the words, in a colour that can be read on white."""
    frame = replace(FRAME, look=ReportLook("", "#8a1f5c"))
    pdf = render_period_pdf(write_comparison_document(make_short_book(2), frame, "ru"))
    colours = dict((colour, count) for count, colour in draw_page(pdf, tmp_path).getcolors(1 << 20) or ())
    assert colours.get((138, 31, 92), 0) > 100
    assert (15, 92, 99) not in colours


def test_it_reads_region_by_region_where_these_stand_apart(tmp_path: Path) -> None:
    """CP-02: a heading a region over dots and figures, one key and one scale; the archive stays readable."""
    book = make_short_book()
    regions = {person.employee: ("Юг", "Север")[place % 2] for place, person in enumerate(book.fair.people)}
    pdf = render_period_pdf(
        write_comparison_document(replace(book, regions=regions, are_regions_apart=True), FRAME, "ru")
    )
    check_read_aloud(pdf)
    first = " ".join(read_pages(pdf, tmp_path)[0].split())
    places = [first.index(f"Person 0000{number}") for number in (1, 3, 5, 0, 2, 4)]
    assert places == sorted(places)
    assert first.index(" Юг ") < places[3]
    assert first.count("вероятно, в этих границах") == 1
    together = write_comparison_document(replace(book, regions=regions), FRAME, "ru").html
    assert "Юг" not in together


def test_it_gives_plain_means_and_the_reason_where_no_model_holds(tmp_path: Path) -> None:
    """CP-05: under eight people no dots, no scores; the reason is said once and above everything."""
    book = make_few(make_visits(5, 4))
    pdf = render_period_pdf(write_comparison_document(book, FRAME, "ru"))
    text = " ".join(read_text(pdf, tmp_path).split())
    assert "Сравнивать можно от 8" in text
    assert "вероятно, в этих границах" not in text
    assert summarise(book, "ru").startswith("5\N{NO-BREAK SPACE}сотрудников, учтено 20")


def test_it_prints_codes_for_hidden_names_and_no_name(tmp_path: Path) -> None:
    """For a meeting: the codes stand where the names would, in the order of the codes."""
    book = make_short_book()
    names = {
        person.employee: f"Сотрудник {number}K" for number, person in enumerate(book.fair.people[::-1], 2)
    }
    hidden = replace(book, names=names, are_names_hidden=True)
    text = read_text(render_period_pdf(write_comparison_document(hidden, FRAME, "ru")), tmp_path)
    assert "Person 0" not in text
    assert text.index("Сотрудник 2K") < text.index("Сотрудник 7K")
    assert "Имена скрыты" in text
    assert "по алфавиту\n" not in text


def test_it_prints_hostile_and_endless_names(tmp_path: Path) -> None:
    """Markup in a name is text; a name of eighty letters breaks its line and loses nothing."""
    book = make_short_book(2)
    long = "Константинопольская-Воздвиженская-" * 3
    people = book.fair.people
    names = {people[0].employee: "<b>&amp; {{7*7}} 🙂</b>", people[1].employee: long}
    text = read_text(
        render_period_pdf(write_comparison_document(replace(book, names=names), FRAME, "ru")), tmp_path
    )
    assert "{{7*7}}" in text
    assert "".join(long.split("-")) in "".join(text.replace("-", "").split())


def test_it_prints_nobody_and_gives_the_same_bytes() -> None:
    """An empty choice is a sheet that says so; the same comparison gives the same file."""
    empty = write_comparison_document(make_few([]), FRAME, "en")
    assert "Nobody fits this choice." in empty.html
    assert render_period_pdf(empty) == render_period_pdf(empty)
