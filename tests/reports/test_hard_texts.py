"""Whatever people type, the report comes out: long names, long comments, rare letters, many photos."""

from pathlib import Path

import pytest

from checklists.localtext import LocalText
from reports.free_text import tame_text
from reports.seals import build_seal
from tests.reports.pages import read_pages, read_text
from tests.reports.samples import V1, change_answers, draw_photo, make_report, print_pdf, show_photo

LONG_NAME = "Константиновская-Преображенская Александра-Виктория Владиславовна, старшая смены"
LETTERS = "Жёлтый ъ ы э · naïve Ærø ß · Ђурђевдан · Қазақ · ©®™ № § € ₽ · ½ ¾ · ≥ ≠"
RARE = "😀🦊👩‍👩‍👧 漢字 ﷽ עברית \U00013000 \u202eщелчок\u202c a\u0301\u0302\u0303 \ufeff\u200b"


def test_it_prints_names_of_eighty_letters_in_full(tmp_path: Path) -> None:
    """No name is cut on the cover, however long name, position and path of units are."""
    unit = " / ".join(["Северо-Западный федеральный округ", "Ленинградская область", "Магазин 3"])
    report = make_report(employee=LONG_NAME, position="старший продавец-консультант", unit=unit)
    text = read_text(print_pdf(report), tmp_path).replace(" ", "")
    assert LONG_NAME.replace(" ", "") in text
    assert unit.replace(" ", "") in text


@pytest.mark.parametrize(("word", "times"), [("Ж", 9_000), ("слово ", 1_600), ("строка\n", 300)])
def test_it_breaks_long_comments_across_pages(word: str, times: int, tmp_path: Path) -> None:
    """Nothing of a comment is lost or printed over the edge, with blanks in it or without."""
    report = make_report({**V1, "comments": {"name": word * times}})
    assert read_text(print_pdf(report), tmp_path).count(word.strip()) >= times


@pytest.mark.parametrize("text", ["ж\n" * 5_000, "Ж" * 10_000])
def test_it_does_not_print_for_minutes(text: str, tmp_path: Path) -> None:
    """Eight comments at the limit, made to be slow: every letter is kept and the pages stay few."""
    questions = ("wait", "name", "asked", "repeated", "features", "receipt", "wow", "words")
    report = make_report({**V1, "comments": dict.fromkeys(questions, text)})
    pages = read_pages(print_pdf(report), tmp_path)
    assert len(pages) < 40
    assert sum(page.lower().count("ж") for page in pages) >= 8 * 5_000


@pytest.mark.parametrize("text", ["Ссылка https://example.org/" + "a" * 150, "строка\n" * 90])
def test_it_leaves_ordinary_texts_letter_for_letter(text: str) -> None:
    """Only the absurd is touched: a long address can still be copied from the report."""
    assert tame_text(text) == text


@pytest.mark.parametrize("text", [LETTERS, RARE])
def test_it_prints_rare_letters_without_stopping(text: str, tmp_path: Path) -> None:
    """Letters that our font lacks are spelt out; the report comes out either way."""
    report = make_report(change_answers(V1, words=text), employee=f"{text} конец")
    assert "конец" in read_text(print_pdf(report), tmp_path)


def test_it_prints_the_letters_of_our_font_as_they_are(tmp_path: Path) -> None:
    """Russian, western European and the signs of prices and paragraphs read back letter by letter."""
    text = read_text(print_pdf(make_report(change_answers(V1, words=LETTERS))), tmp_path)
    assert LETTERS.replace(" ", "") in text.replace(" ", "")


def test_it_lays_out_many_photos_under_their_question(tmp_path: Path) -> None:
    """Twelve photos: each once, numbered through, with its caption."""
    photos = tuple(show_photo(f"p{number}", "features", f"Полка {number}") for number in range(1, 13))
    photos = (*photos, show_photo("whole"))
    bytes_by_key = {photo.key: draw_photo() for photo in photos}
    text = read_text(print_pdf(make_report(photos=photos), "ru", **bytes_by_key), tmp_path)
    for number in range(1, 13):
        assert text.count(f"Фото {number} к вопросу 4.1: Полка {number} ") == 1
    assert "Фото визита" in text
    assert "Фото 13" in text


def test_it_shortens_only_the_running_lines(tmp_path: Path) -> None:
    """The head has one line: a long path loses its middle there and keeps the shop's name."""
    unit = "Очень длинное название региона на далёком севере / " * 3 + "Магазин у моря"
    purpose = LocalText(ru="Обучение. " * 60, en="Training. " * 60)
    report = make_report(unit=unit, purpose=purpose)
    pages = read_pages(print_pdf(report), tmp_path)
    head = pages[1].splitlines()[0]
    assert "…" in head
    assert "Магазин у моря" in head
    assert build_seal(report).stamp in head
    assert "стр. 2 из" in pages[1]


def test_it_prints_a_report_about_nobody_in_particular(tmp_path: Path) -> None:
    """A shop's visit without employee, scenario, part of the day and purpose leaves no gaps open."""
    report = make_report(employee=None, position=None, scenario=None, part_of_day=None, purpose=None)
    text = read_text(print_pdf(report), tmp_path)
    assert "Сотрудник оценивается всё подразделение" in text
    assert "None" not in text
