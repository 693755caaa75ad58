"""Signs that our font lacks are spelt out: visible, in the reader's language, the same on every machine."""

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from checklists.localtext import Language
from reports.rare_letters import spell_rare_letters
from tests.reports.pages import draw_page, find_words, read_text
from tests.reports.samples import V1, change_answers, make_report, print_pdf

OUR_FONTS = {"Protocol-Sans", "Protocol-Sans-Bold"}


@pytest.mark.parametrize(
    ("typed", "russian", "english"),
    [
        ("Спасибо 👍", "Спасибо [палец вверх]", "Спасибо [thumbs up]"),
        ("Спасибо 👍🏽", "Спасибо [палец вверх]", "Спасибо [thumbs up]"),
        ("❤️", "[сердце]", "[heart]"),
        ("🦊", "[U+1F98A]", "[U+1F98A]"),
        ("🦊🦉", "[U+1F98A U+1F989]", "[U+1F98A U+1F989]"),
        ("👍🦊", "[палец вверх][U+1F98A]", "[thumbs up][U+1F98A]"),
        ("漢字", "[U+6F22 U+5B57]", "[U+6F22 U+5B57]"),
        ("10\u202f000\u2009₽", "10\u00a0000 ₽", "10\u00a0000 ₽"),
        ("шаг → шаг", "шаг –› шаг", "шаг –› шаг"),
        ("и\u0306", "й", "й"),
        ("Nguyễn Thị Hương", "Nguyên Thi Huong", "Nguyên Thi Huong"),
        ("за\u0301мок", "за\u0301мок", "за\u0301мок"),
        ("а\u0489б", "аб", "аб"),
        ("\u202eщелчок\u202c\ufeff\u200e", "щелчок", "щелчок"),
        ("пере\u00adнос\u200bы", "пере\u00adнос\u200bы", "пере\u00adнос\u200bы"),
        ("строка\u2028строка", "строка\nстрока", "строка\nстрока"),
        ("\x07звонок\x1b", "звонок", "звонок"),
        ("\U000e0041\ue000", "[U+E000]", "[U+E000]"),
        ("Жёлтый № 5 — 20 € ½", "Жёлтый № 5 — 20 € ½", "Жёлтый № 5 — 20 € ½"),
    ],
)
def test_it_spells_what_our_font_lacks(typed: str, russian: str, english: str) -> None:
    """Common signs in words, letters without the marks that it lacks, others by their code.

    Blanks of any width come as blanks, and steering marks are left out.
    """
    assert spell_rare_letters(typed, "ru") == russian
    assert spell_rare_letters(typed, "en") == english


def test_it_shortens_a_whole_text_in_another_script() -> None:
    """A page of codes helps nobody, and the record inside the file has every letter."""
    spelt = spell_rare_letters("漢" * 5_000, "ru")
    assert spelt.startswith("[U+6F22 U+6F22")
    assert spelt.endswith("… 5000]")
    assert len(spelt) < 120


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_embeds_no_font_but_ours(language: Language) -> None:
    """What a machine happens to have installed is never printed with: the same bytes everywhere."""
    text = "😀🔥 漢字 עברית \U00013000 ✓ → ﷽ Հայ ქარ"
    report = make_report(change_answers(V1, words=text), employee=text, unit=text, company=text)
    pages: list[Any] = list(PdfReader(io.BytesIO(print_pdf(report, language))).pages)
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts == OUR_FONTS


def test_it_shows_the_reader_that_something_stood_there(tmp_path: Path) -> None:
    """Ink, not a gap: the words that stand for a sign are drawn like any others."""
    pdf = print_pdf(make_report(employee="Анна 🦊", position=None))
    assert "Анна [U+1F98A]" in read_text(pdf, tmp_path)
    place = next(word for word in find_words(pdf, tmp_path) if word.text == "[U+1F98A]")
    page = draw_page(pdf, tmp_path).convert("L").crop((place.left, place.top, place.right, place.bottom))
    dark = sum(page.histogram()[:128])
    assert 0.05 < dark / (page.width * page.height) < 0.5


def test_it_keeps_the_signs_themselves_in_the_record() -> None:
    """What was typed is evidence: spelt out on paper, letter for letter in the embedded data."""
    pdf = print_pdf(make_report(change_answers(V1, words="😀 漢字")))
    [attached] = PdfReader(io.BytesIO(pdf)).attachment_list
    assert attached.content is not None
    assert "😀 漢字" in attached.content.decode()
