"""What page one adds to the score: means of earlier visits, the seal, a company's look, corrections."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import segno
from PIL import Image
from pypdf import PdfReader

from checklists.localtext import LocalText
from reports.earlier_means import build_mean_columns, explain_means
from reports.looks import BAR_GROUND, OUR_COLOUR, choose_colour, is_readable, measure_contrast
from reports.record import digest_report, write_record
from reports.rows import (
    PlayedScenario,
    ReportCorrection,
    ReportLook,
    SectionMean,
    SectionMeans,
    VisitReport,
)
from reports.seals import build_seal
from tests.reports.pages import draw_page, find_words, read_pages, read_text
from tests.reports.samples import V2, make_report, print_pdf
from tests.reports.typical import draw_logo

SERVER = "https://mystery.example.com"
GREETING = SectionMean(82.4, 12, 4)
FEW = SectionMean(75.0, 4, 4)
ONE_PERSON = SectionMean(75.0, 9, 2)


def with_means(unit: SectionMeans | None, programme: SectionMeans | None) -> VisitReport:
    """Worked visit V2 with means of other visits beside its sections."""
    return make_report(V2, unit_means=unit, programme_means=programme)


def test_it_prints_means_with_their_number_of_visits(tmp_path: Path) -> None:
    """82.4 of twelve visits and 71 of 143 stand in the line of their section."""
    report = with_means(
        SectionMeans(12, 4, {"greeting": GREETING}),
        SectionMeans(143, 38, {"greeting": SectionMean(71.0, 143, 38), "needs": SectionMean(64.5, 140, 38)}),
    )
    text = read_text(print_pdf(report), tmp_path)
    assert "Приветствие 100,0 82 (12) 71 (143)" in text
    assert "Выяснение потребности 45,0 — 65 (140)" in text
    assert "за 90 дней до этого визита" in text
    assert "Среднего по" not in text


@pytest.mark.parametrize("mean", [FEW, ONE_PERSON])
def test_it_shows_no_mean_of_few_visits_or_people(mean: SectionMean) -> None:
    """Team figures take five visits to three people; below that one line says why there is none."""
    report = with_means(SectionMeans(mean.visits, mean.people, {"greeting": mean}), None)
    assert build_mean_columns(report, "ru") == ()
    words = f"раньше было визитов {mean.visits}, сотрудников {mean.people}, а нужно хотя бы 5 и 3"
    assert explain_means(report, "ru") == (f"Среднего по подразделению нет: {words}",)


def test_it_says_nothing_of_means_where_nothing_is_known(tmp_path: Path) -> None:
    """A report made from files has no other visits to speak of."""
    text = read_text(print_pdf(with_means(None, None)), tmp_path)
    assert "Средн" not in text


def test_it_marks_unit_and_programme_by_different_shapes(tmp_path: Path) -> None:
    """In black and white: a filled triangle above the bar for the unit, an open one below for the rest."""
    mean = SectionMean(50.0, 12, 4)
    report = with_means(SectionMeans(12, 4, {"needs": mean}), SectionMeans(12, 4, {"needs": mean}))
    pdf = print_pdf(report)
    page = draw_page(pdf, tmp_path).convert("L")
    word = next(word for word in find_words(pdf, tmp_path) if word.text == "Выяснение")
    left = next(word for word in find_words(pdf, tmp_path) if word.text == "Этот").left
    middle = round(left + 21 / 25.4 * 144)
    rows = page.crop((middle - 1, word.top - 8, middle + 2, word.bottom + 12))
    darkness = [255 - row for row in rows.resize((1, rows.height), Image.Resampling.BOX).tobytes()]
    ink = [place for place, dark in enumerate(darkness) if dark > 150]
    above, below = [place for place in ink if place < 15], [place for place in ink if place > 24]
    assert len(above) >= 3, "filled down to its tip"
    assert 1 <= len(below) <= 8
    assert any(dark < 60 for dark in darkness[below[0] : below[-1]]), "open: paper inside the outline"


def test_it_keeps_means_out_of_the_record() -> None:
    """Context is no part of the visit: the same visit has the same digest whatever others were like."""
    plain = make_report(V2)
    assert write_record(with_means(SectionMeans(12, 4, {"greeting": GREETING}), None)) == write_record(plain)


def test_it_seals_page_one_with_a_code_that_leads_to_its_check(tmp_path: Path) -> None:
    """The modules on paper are those of the address, which begins with half of the digest."""
    report = make_report(V2, public_url=SERVER)
    address = build_seal(report).address
    assert address == f"{SERVER}/v/{digest_report(report)[:32]}"
    pdf = print_pdf(report)
    assert read_code(pdf, tmp_path) == [
        [bool(module) for module in row] for row in segno.make(address, error="m", micro=False).matrix
    ]
    assert build_seal(report).stamp in read_pages(pdf, tmp_path)[0]


def test_it_prints_no_code_where_no_server_is_known(tmp_path: Path) -> None:
    """A file printed on the command line still carries its stamp on page one."""
    report = make_report(V2)
    assert build_seal(report).address is None
    first = read_pages(print_pdf(report), tmp_path)[0]
    assert "Проверить отчёт" not in first
    assert build_seal(report).stamp in first


def test_it_prints_a_companys_logo_and_colour(tmp_path: Path) -> None:
    """The logo stands in place of the name, and bars and headings wear the company's colour."""
    report = make_report(V2, look=ReportLook("kept", "#7a1f4b"))
    page = draw_page(print_pdf(report, kept=draw_logo()), tmp_path)
    assert "Северный дом" not in read_pages(print_pdf(report, kept=draw_logo()), tmp_path)[0]
    assert count_colour(page, (122, 31, 75)) > 10_000
    assert count_colour(page, (15, 92, 99)) == 0


@pytest.mark.parametrize("content", [None, b"<svg/>"])
def test_it_prints_the_companys_name_where_the_logo_is_gone(content: bytes | None, tmp_path: Path) -> None:
    """A logo that was deleted or is no picture costs nothing but itself."""
    kept = {} if content is None else {"kept": content}
    pdf = print_pdf(make_report(V2, look=ReportLook("kept")), "ru", **kept)
    assert "Северный дом" in read_pages(pdf, tmp_path)[0]


@pytest.mark.parametrize(
    "colour", ["#ffffff", "#ffcc00", "#8a8a8a", "red", "", "#12345", "#0f5c63; x: url(a)"]
)
def test_it_takes_no_colour_that_cannot_be_read(colour: str) -> None:
    """Pale colours, and anything that is none, give way to ours."""
    assert not is_readable(colour)
    assert choose_colour(ReportLook("", colour)) == OUR_COLOUR


@pytest.mark.parametrize("colour", ["#7A1F4B", "#000000", "#0f5c63", "#1d3f8f", "#767676", "#d0021b"])
def test_it_takes_any_colour_that_can_be_read(colour: str) -> None:
    assert choose_colour(ReportLook("", colour)) == colour.lower()
    assert measure_contrast(colour.lower(), "#ffffff") >= 4.5
    assert measure_contrast(colour.lower(), BAR_GROUND) >= 3, "a bar stands out from its ground"


def test_it_prints_what_was_corrected_and_why(tmp_path: Path) -> None:
    """Original, correction, occasion and reason beside the question, and a line on page one."""
    corrections = (
        ReportCorrection("name", "no", "yes", "review", "Имя слышно на записи.", date(2026, 11, 8)),
        ReportCorrection("asked", 2, 4, "appeal", "Вопросы были заданы у витрины.", date(2026, 11, 12)),
    )
    pages = read_pages(print_pdf(make_report(V2, corrections=corrections)), tmp_path)
    first, second = (" ".join(page.split()) for page in pages[:2])
    assert "После проверки анкеты исправлены ответы: 1.2" in first
    assert "После апелляции исправлены ответы: 2.1" in first
    for words in ("Исправлено 8 ноября 2026, после проверки анкеты.", "Имя слышно на записи.", "2 из 5"):
        assert words in second


def test_it_tells_the_legend_that_was_played(tmp_path: Path) -> None:
    """Title, two sentences of the role, and what was expected; never more of the briefing."""
    role = LocalText(
        ru="Вы ищете подарок. Бюджета нет! Третья фраза.", en="You want a gift. No budget! A third."
    )
    expected = (LocalText(ru="Сузит выбор.", en="Narrows the choice."),)
    scenario = PlayedScenario(LocalText(ru="Незнайка", en="The undecided"), role, expected)
    text = read_text(print_pdf(replace(make_report(V2), scenario=scenario)), tmp_path)
    assert "Роль, которую получил аудитор. Вы ищете подарок. Бюджета нет!" in text
    assert "Третья фраза" not in text
    assert "Сузит выбор." in text


def read_code(pdf: bytes, folder: Path) -> list[list[bool]]:
    """Read the modules of the code off page one as a phone does: dark or light at the middle of each."""
    [drawn] = [each for each in PdfReader(io.BytesIO(pdf)).pages[0].images or [None]][:1]
    assert drawn is None, "the code is drawn, not a picture of pixels"
    page = draw_page(pdf, folder).convert("1")
    right, side = round((210 - 20) / 25.4 * 144), round(22 / 25.4 * 144)
    column = page.crop((right - side, 0, right, page.height // 3)).convert("L")
    top = next(
        row for row in range(150, column.height) if column.crop((0, row, 40, row + 1)).getextrema()[0] == 0
    )
    size = 33
    step = side / size
    return [
        [column.getpixel((int((x + 0.5) * step), top + int((y + 0.5) * step))) == 0 for x in range(size)]
        for y in range(size)
    ]


def count_colour(page: Image.Image, colour: tuple[int, int, int]) -> int:
    """Count the pixels of exactly this colour."""
    return sum(count for count, found in page.getcolors(1 << 24) or [] if found == colour)
