"""Much of everything: a hundred questions, forty photos, empty sections, a summary of two pages."""

import re
from pathlib import Path

import pytest
from PIL import ImageStat

from checklists.definition import Checklist
from checklists.localtext import LocalText
from tests.reports.pages import draw_page, read_pages, read_text
from tests.reports.pictures import draw_pages
from tests.reports.samples import make_report, print_pdf, sample_checklist
from tests.reports.typical import print_typical

SECTIONS, QUESTIONS = 10, 10


def make_large(*, sections: int = SECTIONS, questions: int = QUESTIONS, title: str = "Раздел") -> Checklist:
    """A checklist of many yes-or-no questions."""
    plain = sample_checklist().model_dump(by_alias=True)
    asked = plain["sections"][0]["questions"][1] | {"standard": None}
    made = [
        {
            "id": f"s{section}",
            "title": {"ru": f"{title} {section}", "en": f"Section {section}"},
            "weight": 1,
            "questions": [
                asked
                | {"id": f"q{section}_{place}", "text": {"ru": f"Вопрос {section}-{place}?", "en": "Q?"}}
                for place in range(1, questions + 1)
            ],
        }
        for section in range(1, sections + 1)
    ]
    return Checklist.model_validate(plain | {"sections": made})


def test_it_prints_a_hundred_questions_each_once_and_in_order(tmp_path: Path) -> None:
    """No row is lost at the foot of a page and none is printed twice."""
    checklist = make_large()
    answers = {question.id: "yes" for question in checklist.questions()}
    pages = read_pages(print_pdf(make_report({"answers": answers}, checklist=checklist)), tmp_path)
    printed = re.findall(r"Вопрос (\d+-\d+)\?", "".join(pages[1:]))
    assert printed == [f"{s}-{q}" for s in range(1, SECTIONS + 1) for q in range(1, QUESTIONS + 1)]
    assert len(pages) < 12


def test_it_shows_every_one_of_forty_photos(tmp_path: Path) -> None:
    """Each photo is drawn, not only named: its page is darker where it stands than paper is."""
    pdf = print_typical("photos", "ru")
    named = re.findall(r"Фото (\d+)", read_text(pdf, tmp_path))
    assert sorted(set(map(int, named)))[0] == 1
    for page in list(draw_pages(pdf, 40))[1:6]:
        assert ImageStat.Stat(page.convert("L")).mean[0] < 250


def test_it_leaves_out_a_section_of_which_nothing_was_shown(tmp_path: Path) -> None:
    """SC-02: hidden questions are not in this visit; the bars and the sum still name their section."""
    checklist = make_large(sections=2, questions=2)
    plain = checklist.model_dump(by_alias=True)
    for question in plain["sections"][1]["questions"]:
        question["show_if"] = {"question": "q1_1", "in": ["no"]}
    report = make_report(
        {"answers": {"q1_1": "yes", "q1_2": "yes"}}, checklist=Checklist.model_validate(plain)
    )
    text = read_text(print_pdf(report), tmp_path)
    assert "1. Раздел 1" in text
    assert "2. Раздел 2" not in text
    assert "Раздел 2 не оценивался" in text


@pytest.mark.parametrize("sections", [8, 18])
def test_it_goes_on_right_after_a_long_summary(sections: int, tmp_path: Path) -> None:
    """Inside begins on a new page after a summary of one, and on the same one where it spilled over."""
    checklist = make_large(sections=sections, questions=1, title="Очень подробный раздел о покупателях")
    answers = {question.id: "no" for question in checklist.questions()}
    pages = read_pages(print_pdf(make_report({"answers": answers}, checklist=checklist)), tmp_path)
    inside = next(number for number, page in enumerate(pages) if "Вопросы и ответы" in page)
    assert inside == 1
    is_spilt = "Над чем поработать" in pages[1] or "Тренировка" in pages[1] or "Чёрточка" in pages[1]
    assert is_spilt == (sections == 18)


def test_it_leaves_no_page_almost_empty(tmp_path: Path) -> None:
    """Every page but the last carries at least a few lines between head and foot."""
    checklist = make_large(sections=12, questions=2)
    answers = {question.id: "no" for question in checklist.questions()}
    pdf = print_pdf(make_report({"answers": answers}, checklist=checklist))
    for page in read_pages(pdf, tmp_path)[:-1]:
        assert len([line for line in page.splitlines() if line.strip()]) > 12


def test_it_prints_a_visit_of_which_nothing_is_scored(tmp_path: Path) -> None:
    """SC-04: no figure, no bars, a sentence instead, and page one still stands."""
    report = make_report({"answers": {"words": "Закрыто на учёт."}}, purpose=LocalText(ru="Цель", en="Aim"))
    pdf = print_pdf(report)
    assert "Без оценки" in read_pages(pdf, tmp_path)[0]
    brightness = ImageStat.Stat(draw_page(pdf, tmp_path).convert("L")).mean[0]
    assert 235 < brightness < 254
