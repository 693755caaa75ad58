"""Changed pages are found: taken from another report, left out, or with other figures put on page one."""

import json
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from checklists.localtext import LANGUAGES, Language, LocalText
from reports.command import verify
from reports.page_verification import is_said_once
from reports.pdf import render_period_pdf
from reports.period_print import write_employee_document, write_unit_document
from reports.verification import Status, verify_pdf
from reports.verification_words import describe_verdict
from tests.reports.altered import leave_out_page, paint, put_before, put_note, reorder, take_pages_from
from tests.reports.period_samples import make_period, make_unit_period, worked_visit
from tests.reports.samples import V1, change_answers, make_report, print_pdf, sample_checklist
from tests.reports.test_period_pdf import KINDS, NAMES, print_sample
from tests.reports.typical import print_typical

REPORTS = ("visit", *KINDS)
NOTHING_KEPT = {"wait": 900, "name": "no", "asked": 1, "repeated": "no", "features": "none", "receipt": "no"}


@cache
def print_report(kind: str, language: Language) -> bytes:
    """A report of each kind, of several pages."""
    return print_typical("good", language) if kind == "visit" else print_sample(kind, language)


@cache
def print_other(kind: str, language: Language) -> bytes:
    """A report of the same kind on somebody else, with at least as many pages."""
    if kind == "visit":
        return print_typical("poor", language)
    visits = [worked_visit(number, name="yes") for number in range(1, 6)]
    if kind == "employee":
        return render_period_pdf(write_employee_document(make_period(visits, employee="Пётр Ли"), language))
    staff = dict.fromkeys(reversed(NAMES), visits)
    return render_period_pdf(write_unit_document(make_unit_period(staff, sample_checklist()), language))


def list_places(pdf: bytes) -> set[str]:
    """Where an altered file differs; asserts that it is found altered."""
    verdict = verify_pdf(pdf)
    assert verdict.status is Status.ALTERED
    return {each.place for each in verdict.differences}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", REPORTS)
def test_it_finds_untouched_pages_whole(kind: str, language: Language) -> None:
    for pdf in (print_report(kind, language), print_other(kind, language)):
        assert verify_pdf(pdf).differences == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", REPORTS)
def test_it_finds_pages_of_another_report(kind: str, language: Language) -> None:
    """Page one and the data are somebody's own, the questionnaire is another person's."""
    pdf = take_pages_from(print_report(kind, language), print_other(kind, language))
    assert "page 2: stamp" in list_places(pdf)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", REPORTS)
def test_it_finds_a_page_that_is_missing(kind: str, language: Language) -> None:
    """The last one, whose absence no other number shows, as well as one in the middle."""
    pdf = print_report(kind, language)
    last = len(PdfReader(BytesIO(pdf)).pages) - 1
    assert list_places(leave_out_page(pdf, last)) == {"pages"}
    assert {"pages", "page 1: number"} <= list_places(leave_out_page(pdf, 0))


def test_it_finds_pages_in_another_order_or_twice() -> None:
    pdf = print_report("visit", "ru")
    assert {"page 2: number", "page 3: number"} <= list_places(reorder(pdf, [0, 2, 1, 3, 4]))
    assert {"page 3: number"} <= list_places(reorder(pdf, [0, 1, 1, 3, 4]))


def test_it_finds_pages_of_the_same_report_in_another_language() -> None:
    """Both bear one stamp, and yet nobody printed a file of the two."""
    pdf = take_pages_from(print_report("visit", "ru"), print_report("visit", "en"))
    assert "page 2: number" in list_places(pdf)


@pytest.mark.parametrize("text", ["95.0", "95,0", "95.0 out of 100"])
@pytest.mark.parametrize("kind", REPORTS)
def test_it_finds_a_figure_painted_over_page_one(kind: str, text: str) -> None:
    """What is written over a page comes behind its number, with which every page of ours ends."""
    assert "page 1: number" in list_places(paint(print_report(kind, "en"), text))
    assert list_places(paint(print_report(kind, "en"), text, page=1)) == {"page 2: number"}


@pytest.mark.parametrize("kept_apart", [False, True])
def test_it_finds_a_note_laid_over_a_page(kept_apart: bool) -> None:
    """What a reader of PDF lets anybody put on a page is no text of it, and covers it all the same."""
    for kind in REPORTS:
        assert list_places(put_note(print_report(kind, "ru"), "95,0", kept_apart=kept_apart)) == {"page 1"}


def test_it_finds_a_second_score_wherever_it_stands_on_page_one() -> None:
    assert list_places(paint(print_report("visit", "en"), "95.0 out of 100", over=False)) == {"page 1: score"}
    words = "99.9 Mean base score of 100, 6 visits"
    assert not is_said_once("95.8 Mean base score of 100, 6 visits", f"{words}\n95.8 {words[5:]}")


def test_it_finds_a_number_painted_over_a_number() -> None:
    """Page four of five left out, and the last one made page four of four."""
    pdf = leave_out_page(print_report("visit", "en"), 3)
    for place in range(4):
        pdf = paint(pdf, f"page {place + 1} of 4", page=place)
    assert {f"page {number}: number" for number in range(1, 5)} <= list_places(pdf)


@pytest.mark.parametrize(("language", "figure"), [("ru", "0,0"), ("en", "0.0")])
def test_it_finds_a_digit_put_before_the_score(language: Language, figure: str) -> None:
    """0,0 made 90,0 holds 0,0 still, and is no such score. A title may end with a number, as this does."""
    checklist = sample_checklist(title=LocalText(ru="Визит 9", en="Visit 9"))
    report = make_report({"answers": {**NOTHING_KEPT}}, checklist=checklist)
    assert report.scorecard.final == Fraction(0)
    pdf = print_pdf(report, language)
    assert verify_pdf(pdf).status is Status.VALID
    verdict = verify_pdf(put_before(pdf, figure, "9"))
    (difference,) = verdict.differences
    assert (verdict.status, difference.place) == (Status.ALTERED, "page 1: score")
    assert str(difference.found).startswith("9")


def test_it_finds_a_digit_put_before_the_mean_of_a_person() -> None:
    """95,8 has to be the large figure of page one, not a part of one."""
    assert list_places(put_before(print_sample("employee"), "95,8", "5")) == {"page 1: figures"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_finds_a_score_on_a_visit_that_has_none(language: Language) -> None:
    """SC-04: not scored is neither 0 nor 100, and no other figure either."""
    pdf = print_pdf(make_report({"answers": {}}), language)
    assert verify_pdf(pdf).status is Status.VALID
    assert "page 1: score" in list_places(paint(pdf, "95.0 out of 100"))


def test_it_takes_a_comment_about_scores_and_pages_for_no_alteration() -> None:
    """An auditor may write of pages and scores, a company have a purpose that names a page."""
    words, page = "На стр. 2 из 3 памятки обещают 95,0 из 100.", "Об этом page 2 of 3, стр. 2 из 3."
    report = make_report(
        {**change_answers(V1, words=words), "comments": {"wait": words}},
        purpose=LocalText(ru=page, en=page),
    )
    for language in LANGUAGES:
        assert verify_pdf(print_pdf(report, language)).differences == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_bears_the_whole_stamp_whatever_the_company_is_called(language: Language) -> None:
    visits = [worked_visit(number) for number in (1, 2, 3)]
    for company in ("Щ" * 40, "WWWWWWWWWWWWWWWWWWWW & Co", ""):
        period = make_period(visits, company=company, employee="Ш" * 60)
        assert verify_pdf(render_period_pdf(write_employee_document(period, language))).differences == ()


def test_it_claims_what_it_checked_and_names_what_only_a_signature_vouches_for() -> None:
    for kind in REPORTS:
        said = " ".join(describe_verdict(verify_pdf(print_report(kind, "ru")), "ru"))
        assert "на каждой странице стоят отметка отчёта и её номер" in said
        assert "За каждую букву на каждой странице ручается только подпись компании." in said
        assert "не изменён" not in said


def test_it_says_what_differs_in_the_language_asked_for(tmp_path: Path) -> None:
    """No English word among Russian ones, and the terms are those of the report."""
    file = tmp_path / "report.pdf"
    file.write_bytes(paint(leave_out_page(print_report("visit", "ru"), 2), "95,0"))
    said = CliRunner().invoke(verify, [str(file), "--lang", "ru"]).output
    assert "число страниц: в файле — 4, должно быть — 5" in said
    assert "страница 3, номер страницы: в файле" in said
    assert not set("abcdefghijklmnopqrstuvwxyz") & set(said)
    places = json.loads(CliRunner().invoke(verify, [str(file), "--json"]).output)["differences"]
    assert {"place": "pages", "found": "4", "expected": "5"} in places
    file.write_bytes(print_report("visit", "ru"))
    assert "базовый балл: " in CliRunner().invoke(verify, [str(file), "--lang", "ru"]).output


@pytest.mark.parametrize(("language", "words"), [("ru", "Такого файла нет"), ("en", "there is no such file")])
def test_it_takes_no_missing_file_for_an_altered_one(tmp_path: Path, language: str, words: str) -> None:
    answer = CliRunner().invoke(verify, [str(tmp_path / "nothing.pdf"), "--lang", language])
    assert answer.exit_code == 2
    assert words in answer.stderr
