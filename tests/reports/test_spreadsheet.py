"""The comparison as CSV and XLSX: the same figures, typed, and no cell that a spreadsheet would run."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from checklists.localtext import Language
from reports.comparison import StaffComparison, compare_staff
from reports.spreadsheet import comparison_csv, comparison_xlsx, neutralise
from tests.reports.samples import visits_of

PAYLOADS = (
    '=HYPERLINK("http://127.0.0.1/?x="&A1,"жми")',
    "=cmd|' /C calc'!A0",
    "+7 900 000-00-00",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "http://127.0.0.1/click",
    'a;b,c"d',
)


def compare_payloads() -> StaffComparison:
    """A comparison in which every text is a payload."""
    visits = []
    for number, payload in enumerate(PAYLOADS):
        visits += [
            replace(visit, unit=payload, checklist=payload, sections={payload: 50.0})
            for visit in visits_of(payload, 70, 80, 90 + number / 10)
        ]
    return compare_staff(visits)


def read_csv(content: bytes, delimiter: str) -> list[list[str]]:
    """Read an export the way a spreadsheet does."""
    text = content.decode("utf-8")
    assert text.startswith("\ufeff"), "without the mark Excel misreads Cyrillic"
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


def read_xlsx(content: bytes) -> Any:
    """Open a workbook."""
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize(("language", "delimiter"), [("ru", ";"), ("en", ",")])
def test_it_writes_no_csv_cell_that_begins_a_formula(language: Language, delimiter: str) -> None:
    """Cells starting with = + - @ tab CR, also full-width and after blanks, get a leading apostrophe."""
    rows = read_csv(comparison_csv(compare_payloads(), language), delimiter)
    cells = [cell for row in rows for cell in row]
    assert len(cells) > 300
    dangerous = [cell for cell in cells if cell.strip(" ") and cell.strip(" ")[0] in "=+-@\t\r\n＝＋－＠"]
    assert dangerous == []
    assert "'＝1+1" in cells


@pytest.mark.parametrize("payload", PAYLOADS[:13])
def test_it_keeps_the_text_behind_the_apostrophe(payload: str) -> None:
    """Nothing is lost: the reader sees what was typed."""
    assert neutralise(payload) == f"'{payload}"


@pytest.mark.parametrize("text", ["Анна", "a=b", "1+1", "", "5 ноября", "'=1"])
def test_it_leaves_harmless_text_alone(text: str) -> None:
    """A name is a name."""
    assert neutralise(text) == text


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_writes_no_formula_and_no_link_into_a_workbook(language: Language) -> None:
    """Strings are strings in XLSX, as typed; no formula, no hyperlink, no external relation."""
    content = comparison_xlsx(compare_payloads(), language)
    book = read_xlsx(content)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell for cell in cells if cell.hyperlink] == []
    assert PAYLOADS[0] in {cell.value for cell in cells}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            part = package.read(name)
            assert b"<f>" not in part
            assert b'TargetMode="External"' not in part


def test_it_types_the_numbers_of_a_workbook() -> None:
    """Counts and means are numbers with one decimal, so that HR can calculate with them."""
    comparison = compare_staff([*visits_of("Анна", 70, 80, 90.25), *visits_of("Борис", 50)])
    sheet = read_xlsx(comparison_xlsx(comparison, "ru"))["Сравнение"]
    head = [cell.value for cell in sheet[1]]
    assert head[:5] == ["Сотрудник", "Подразделение", "Визитов", "Учтено в среднем", "Средний базовый балл"]
    anna, boris = sheet[2], sheet[3]
    assert (anna[2].value, anna[3].value) == (3, 3)
    assert anna[4].value == pytest.approx(80.083333, abs=1e-6)
    assert anna[4].number_format == "0.0"
    assert (boris[4].value, boris[5].value) == (None, "мало визитов (1 из 3)")
    assert sheet.freeze_panes == "B2"


def test_it_brings_the_visits_behind_the_figures() -> None:
    """Every figure can be traced: the visits are on a sheet of their own, with what entered the mean."""
    visits = visits_of("Анна", 70, 80, 90)
    visits[2] = replace(visits[2], coverage=0.5, knocked_out=True)
    sheet = read_xlsx(comparison_xlsx(compare_staff(visits), "en"))["Visits"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[-1] for row in rows] == ["Анна 1", "Анна 2", "Анна 3"]
    assert [row[7] for row in rows] == ["yes", "yes", "no"]
    assert [row[8] for row in rows] == ["no", "no", "yes"]


def test_it_types_days_as_days_and_calls_checklists_by_their_titles() -> None:
    """HR sorts and filters by day, so a day is a date cell; a slug is for machines."""
    titles = {"shop-visit": "Визит в магазин"}
    comparison = compare_staff(visits_of("Анна", 70, 80, 90))
    sheet = read_xlsx(comparison_xlsx(comparison, "ru", checklist_titles=titles))["Визиты"]
    day, checklist = sheet["C2"], sheet["D2"]
    assert day.value == datetime(2026, 3, 2)  # noqa: DTZ001 - a day of a calendar has no zone
    assert day.number_format == "yyyy-mm-dd"
    assert checklist.value == "Визит в магазин"
    assert read_xlsx(comparison_xlsx(comparison, "ru"))["Визиты"]["D2"].value == "shop-visit"


def test_it_says_what_was_compared() -> None:
    """A file travels without its page: its scope opens the method and stands under the CSV's table."""
    scope = ("Анкета: Визит в магазин", "=Подразделение: все")
    comparison = compare_staff(visits_of("Анна", 70, 80, 90))
    method = read_xlsx(comparison_xlsx(comparison, "ru", scope=scope))["О методе"]
    assert [method["A1"].value, method["A2"].value] == list(scope)
    assert method["A1"].data_type == method["A2"].data_type == "s"
    rows = read_csv(comparison_csv(comparison, "ru", scope=scope), ";")
    assert rows[4:6] == [[scope[0]], [f"'{scope[1]}"]]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ru", "Эта таблица сама по себе не основание для взысканий: решает человек, прочитав сами визиты."),
        (
            "en",
            "This table is not a ground for discipline by itself: a person decides, having read the visits.",
        ),
    ],
)
def test_it_says_what_the_export_must_not_be_used_for(language: Language, sentence: str) -> None:
    """Each export says it: not a ground for discipline by itself."""
    comparison = compare_staff(visits_of("Анна", 70, 80, 90))
    assert sentence in comparison_csv(comparison, language).decode("utf-8-sig")
    method = read_xlsx(comparison_xlsx(comparison, language)).worksheets[2]
    assert sentence in [row[0].value for row in method.iter_rows()]


def test_it_writes_figures_as_the_language_does() -> None:
    """71,8 with semicolons for a Russian spreadsheet, 71.8 with commas for an English one."""
    comparison = compare_staff(visits_of("Анна", 70, 80, 65.4, sections={"greeting": 71.75}))
    titles = {"greeting": "Приветствие"}
    russian = read_csv(comparison_csv(comparison, "ru", section_titles=titles), ";")
    english = read_csv(comparison_csv(comparison, "en"), ",")
    assert russian[1][4] == "71,8"
    assert english[1][4] == "71.8"
    assert russian[0][9:11] == ["Приветствие", "Приветствие: визитов"]
    assert russian[1][9:11] == ["71,8", "3"]


def test_it_lists_staff_alphabetically_in_exports_too() -> None:
    """CP-03: no list sorted worst first, in exports as on pages."""
    comparison = compare_staff([*visits_of("Яна", 10, 10, 10), *visits_of("Анна", 90, 90, 90)])
    rows = read_csv(comparison_csv(comparison, "ru"), ";")
    assert [row[0] for row in rows[1:4]] == ["Анна", "Яна", "Вся группа"]


def test_it_gives_the_same_workbook_for_the_same_comparison() -> None:
    """A workbook is dated by its visits and not by the clock."""
    comparison = compare_staff(visits_of("Анна", 70, 80, 90))
    assert comparison_xlsx(comparison, "ru") == comparison_xlsx(comparison, "ru")


def test_it_writes_an_empty_comparison_and_an_endless_name() -> None:
    """Nothing to compare is a table with a head; a name of 40,000 letters is cut, not lost."""
    assert len(read_csv(comparison_csv(compare_staff([]), "ru"), ";")) > 3
    assert read_xlsx(comparison_xlsx(compare_staff([]), "en")).sheetnames == [
        "Comparison",
        "Visits",
        "Method",
    ]
    sheet = read_xlsx(comparison_xlsx(compare_staff(visits_of("Я" * 40_000, 70)), "ru"))["Сравнение"]
    assert len(sheet["A2"].value) == 32_000
