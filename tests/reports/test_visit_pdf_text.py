"""What the printed report of a visit says, read back from the PDF."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from checklists.localtext import Language
from reports.seals import build_seal
from tests.reports.pages import read_pages, read_text
from tests.reports.samples import (
    V1,
    V2,
    change_answers,
    draw_photo,
    make_report,
    print_pdf,
    sample_checklist,
    show_photo,
)


def test_it_prints_who_where_when_and_how_well_on_the_first_page(tmp_path: Path) -> None:
    """V1 of the worked visits: 76.78 shows as 76,8 (SC-09), three quarters assessed (SC-08)."""
    first = read_pages(print_pdf(make_report()), tmp_path)[0]
    for words in (
        "Визит в магазин, версия 2",
        "Север / Магазин 3",
        "Анна Петрова, продавец",
        "5 ноября 2026, днём",
        "Незнайка",
        "76,8",
        "Достойно",
        "Оценено 75 % анкеты",
        "не оценивался",
    ):
        assert words in first


def test_it_prints_the_same_in_english(tmp_path: Path) -> None:
    """V1: the checklist's own texts and every word of the report are in the language asked for."""
    text = read_text(print_pdf(make_report(employee="Ann Smith", unit="Shop 3"), "en"), tmp_path)
    for words in (
        "Shop visit, version 2",
        "5 November 2026, in the afternoon",
        "76.8",
        "Satisfactory",
        "75% of the checklist was assessed",
        "Finding the need",
        "How the score adds up",
        "page 1 of",
        "4 min",
        "not applicable",
    ):
        assert words in text


def test_it_says_what_a_critical_question_decided(tmp_path: Path) -> None:
    """V2: the result is capped at 60 (SC-05), the bonus is withheld (SC-06), and both are said."""
    text = read_text(print_pdf(make_report(V2)), tmp_path)
    assert "60,0 из 100" in text
    assert "Сработал критический вопрос: Вам выдали чек? — итог не выше 60" in text
    assert "бонус 5 не засчитан" in text
    assert "критический вопрос: сработал" in text


def test_it_names_strengths_and_teaches_what_was_missed(tmp_path: Path) -> None:
    """A failed standard comes with its text, its best and one thing to practise; kept ones are strengths."""
    first = " ".join(read_pages(print_pdf(make_report(V2)), tmp_path)[0].split())
    for words in ("Что получилось", "Над чем поработать", "CD-01", "Образец.", "Тренировка."):
        assert words in first
    missed = first.index("Отдаёт чек")
    assert missed < first.index("ND-04"), "the critical standard comes first"


@pytest.mark.parametrize(("language", "foot"), [("ru", "стр. 2 из 3"), ("en", "page 2 of 3")])
def test_it_heads_and_foots_every_page(tmp_path: Path, language: Language, foot: str) -> None:
    """The running head names checklist, place, date and short hash; the foot the page and the purpose."""
    report = make_report(photos=(show_photo("a"),))
    pages = read_pages(print_pdf(report, language, a=draw_photo()), tmp_path)
    assert len(pages) == 3
    assert foot in pages[1]
    for page in pages[1:]:
        assert "Север / Магазин 3" in page
        assert build_seal(report).stamp in page
    purpose = {"ru": "Программа нужна для обучения.", "en": "The programme serves training."}[language]
    assert all(purpose in page for page in pages)


def test_it_leaves_hidden_questions_out(tmp_path: Path) -> None:
    """SC-02: a question that was not shown is not in this visit, and its answer is ignored."""
    shown = {"question": "name", "answered": True, "in": ["no"]}
    section = sample_checklist().sections[0].model_dump(by_alias=True)
    section["questions"][0]["show_if"] = shown | {"answered": None}
    checklist = sample_checklist()
    checklist = type(checklist).model_validate(
        checklist.model_dump(by_alias=True)
        | {"sections": [section, *(each.model_dump(by_alias=True) for each in checklist.sections[1:])]}
    )
    text = read_text(print_pdf(make_report(checklist=checklist)), tmp_path)
    assert "Сотрудник представился?" in text
    assert "Сколько вы ждали внимания?" not in text


def test_it_says_that_a_visit_is_not_scored(tmp_path: Path) -> None:
    """SC-04: without a live section there is no score, neither 0 nor 100."""
    only_words = {"answers": {"words": "Магазин закрыт на учёт."}}
    text = read_text(print_pdf(make_report(only_words)), tmp_path)
    assert "Без оценки" in text
    assert "Ни один вопрос, который даёт баллы, в этой проверке не оценён." in text
    assert "из 100" not in text
    assert "Магазин закрыт на учёт." in text


def test_it_marks_a_visit_of_which_too_little_was_assessed(tmp_path: Path) -> None:
    """SC-08: below 0.6 the score is shown, marked, and kept out of comparisons."""
    little = {"answers": {"wait": 60, "name": "yes"}}
    text = read_text(print_pdf(make_report(little)), tmp_path)
    assert "100,0" in text
    assert "Оценено слишком мало. В сравнения этот визит не входит." in text
    assert "Предварительно" in text


def test_it_says_when_a_photo_is_no_longer_kept(tmp_path: Path) -> None:
    """Raw media go after 90 days; the report stays and says so in their place."""
    photos = (show_photo("kept", "wait", "Касса"), show_photo("deleted", "wait"))
    text = read_text(print_pdf(make_report(photos=photos), kept=draw_photo()), tmp_path)
    assert "Фото 1 к вопросу 1.1: Касса" in text
    assert "Фото 2 к вопросу 1.1: снимка больше нет" in text


def test_it_does_not_scold_a_bonus_that_was_not_earned(tmp_path: Path) -> None:
    """WOW is extra: without it the question shows what it could have brought, and no miss."""
    text = read_text(print_pdf(make_report(change_answers(V1, wow="no"))), tmp_path)
    assert "бонус до 5" in text
    assert "EX-01 · не соблюдено" not in text


def test_it_is_a_tagged_document_with_language_and_title() -> None:
    """A screen reader gets the structure, the language and the title; nobody gets a clock."""
    reader = PdfReader(io.BytesIO(print_pdf(make_report())))
    assert str(reader.root_object["/Lang"]) == "ru"
    assert "/StructTreeRoot" in reader.root_object
    assert reader.metadata is not None
    assert reader.metadata.title == "Отчёт о проверке: Визит в магазин, Север / Магазин 3, 5 ноября 2026"
    assert reader.metadata.author == "Северный дом"
    assert str(reader.metadata["/CreationDate"]).startswith("D:20261105")


def test_it_links_to_the_other_standards_by_page(tmp_path: Path) -> None:
    """The first page has three standards to practise and says where the others are."""
    nothing_kept = {
        "answers": {
            "wait": 900,
            "name": "no",
            "asked": 1,
            "repeated": "no",
            "heard": "no",
            "facts": "no",
            "features": "none",
            "receipt": "no",
        }
    }
    pages = read_pages(print_pdf(make_report(nothing_kept)), tmp_path)
    assert "ещё 5 на странице 2" in pages[0]
    assert "Остальные стандарты, над которыми стоит поработать" in pages[1]
    assert "Полностью соблюдённых стандартов в этот раз нет." in " ".join(pages[0].split())
