"""Whatever people are called and whatever was asked, a report over a period comes out whole and verifies."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from checklists.localtext import Language
from reports.pdf import render_period_pdf
from reports.period_print import write_employee_document, write_unit_document
from reports.period_record import read_period_record
from reports.period_verification import check_period_record
from reports.rows import ReportLook
from reports.verification import Status, verify_pdf
from tests.reports.pages import read_pages, read_text
from tests.reports.period_samples import make_period, make_unit_period, worked_visit
from tests.reports.samples import sample_checklist
from tests.reports.test_hard_texts import LETTERS, LONG_NAME, RARE
from tests.reports.test_long_reports import make_large
from tests.reports.typical_periods import draw_year

UNIT = " / ".join(["Северо-Западный федеральный округ", "Ленинградская область", "Магазин 3 😀"])
VISITS = tuple(replace(worked_visit(number, name="no"), unit=UNIT) for number in (1, 2, 3))
MARKUP = "<script>alert(1)</script> & {{7*7}}"
EMPTY = replace(
    worked_visit(4), base=None, final=None, coverage=Fraction(0), shares={}, knock_outs=(), unit=UNIT
)


def squeeze(text: str) -> str:
    """The letters alone: where words are parted is a matter of the layout."""
    return "".join(text.split())


def test_it_prints_names_of_eighty_letters_in_full(tmp_path: Path) -> None:
    """On the cover, in the list of visits, and at the head of a narrow column."""
    period = make_period(VISITS, employee=LONG_NAME, position="старший продавец-консультант")
    pdf = render_period_pdf(write_employee_document(period, "ru"))
    printed = squeeze(read_text(pdf, tmp_path))
    assert squeeze(LONG_NAME) in printed
    assert printed.count("Ленинградскаяобласть") >= len(VISITS)
    assert verify_pdf(pdf).status is Status.VALID
    staff = {f"{LONG_NAME} {number}": VISITS[:1] for number in range(8)}
    unit = make_unit_period(staff, sample_checklist(), unit=UNIT)
    pdf = render_period_pdf(write_unit_document(unit, "ru"))
    letters = squeeze(read_text(pdf, tmp_path)).replace("‐", "").replace("-", "")
    assert letters.count("Преображенская") >= 8
    assert verify_pdf(pdf).status is Status.VALID


def test_it_prints_rare_letters_or_spells_them_out(tmp_path: Path) -> None:
    """Emoji, other scripts and signs of direction in names; nothing vanishes and no script is run."""
    unit = make_unit_period({LETTERS: VISITS[:1], RARE: VISITS[:1]}, sample_checklist(), unit=MARKUP)
    pdf = render_period_pdf(write_unit_document(unit, "ru"))
    text = read_text(pdf, tmp_path)
    assert MARKUP in text
    assert "Ђурђевдан" in squeeze(text).replace("‐", "")
    assert verify_pdf(pdf).status is Status.VALID


def test_it_prints_a_hundred_questions_each_once(tmp_path: Path) -> None:
    """Without any standard cited, each question is a topic of its own."""
    checklist = make_large()
    visits = draw_year(checklist, 3, skill=0.8, seed=3)
    pdf = render_period_pdf(write_employee_document(make_period(visits, versions={1: checklist}), "ru"))
    rows = "".join(read_pages(pdf, tmp_path)[1:])
    assert all(f"Вопрос {section}-{place}?" in rows for section in range(1, 11) for place in range(1, 11))
    assert verify_pdf(pdf).status is Status.VALID
    unit = write_unit_document(make_unit_period({"Анна": visits, "Борис": visits}, checklist), "ru")
    assert check_period_record(read_period_record(unit.record)) == ()
    assert all(f"Раздел {section}" in unit.html for section in range(1, 11))


def test_it_prints_visits_of_which_nothing_was_scored(tmp_path: Path) -> None:
    """SC-04: not scored is neither 0 nor 100; the report says so and shows facts."""
    alone = write_employee_document(make_period([EMPTY]), "ru")
    assert "без оценки" in alone.html
    assert check_period_record(read_period_record(alone.record)) == ()
    mixed = render_period_pdf(write_employee_document(make_period([*VISITS, EMPTY]), "en"))
    assert "not scored" in " ".join(read_text(mixed, tmp_path).split())
    assert verify_pdf(mixed).status is Status.VALID


def test_it_prints_a_unit_of_which_nobody_is_named(tmp_path: Path) -> None:
    """Visits to a whole unit, without staff, means or standards by person, and with no purpose known."""
    unit = make_unit_period({}, sample_checklist(), visits=4, purpose=None, company="")
    pdf = render_period_pdf(write_unit_document(unit, "ru"))
    assert "Визитов о названных сотрудниках нет" in " ".join(read_text(pdf, tmp_path).split())
    assert verify_pdf(pdf).status is Status.VALID


def test_it_prints_without_a_logo_that_is_gone() -> None:
    """The company's name stands for a picture that is no longer kept."""
    period = make_period(VISITS, look=ReportLook("gone", "#8a1f5c"))
    assert "photo:logo" not in write_employee_document(period, "ru").html


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_keeps_the_number_of_a_visit_whole(language: Language, tmp_path: Path) -> None:
    """Half of 13 at the end of a line is visit 1, which missed nothing, and the 3 below it is visit 3."""
    missed = (3, 4, 5, 6, 11, 12, 13, 14)
    visits = [
        worked_visit(number, name="no" if number in missed else "yes", repeated="no")
        for number in range(1, 18)
    ]
    document = write_employee_document(make_period(visits), language)
    lines = "\n".join(read_pages(render_period_pdf(document), tmp_path)).splitlines()
    lists = " ".join(line for line in lines if re.fullmatch(r" *\d+(?:, \d+)*,? *", line) and "," in line)
    named = [int(number) for number in re.findall(r"\d+", lists)]
    assert named == [*missed, *range(1, 18)]
