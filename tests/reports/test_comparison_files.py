"""A fair comparison as CSV and XLSX: typed figures, no ranks, no live cell, and the method goes with it."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

import openpyxl
import pytest

from checklists.localtext import Language
from reports.comparison_book import ComparisonBook
from reports.comparison_files import comparison_csv, comparison_xlsx
from reports.comparison_notes import list_notes
from reports.fair_words import describe_person
from reports.table_files import neutralise
from tests.reports.book_samples import FITTED, PEOPLE, bind_visits, make_book, make_few, name_people
from tests.reports.fair_visits import make_visits

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
NOT_DISCIPLINE: dict[Language, str] = {
    "ru": "Сравнение само по себе не основание для взысканий: решает человек, прочитав сами визиты.",
    "en": "The comparison is not a ground for discipline by itself: "
    "a person decides, having read the visits.",
}


@cache
def make_dangerous_book() -> ComparisonBook:
    """A comparison in which every text from outside is a payload."""
    names = {f"person {number:05}": payload for number, payload in enumerate(PAYLOADS)}
    visits = [
        replace(visit, employee_name=name, shop=name)
        for visit in make_visits(FITTED, 4)
        for name in [names.get(visit.employee, visit.employee)]
    ]
    return bind_visits(
        visits,
        names.keys(),
        scope=PAYLOADS,
        section_titles={"greeting": PAYLOADS[0], "needs": PAYLOADS[1]},
        checklist_titles={"shop-visit": PAYLOADS[2]},
        revision=PAYLOADS[3],
    )


def read_csv(content: bytes, delimiter: str = ";") -> list[list[str]]:
    """Read an export the way a spreadsheet does."""
    text = content.decode("utf-8")
    assert text.startswith("\ufeff"), "without the mark Excel misreads Cyrillic"
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


def read_people(book: ComparisonBook, language: Language = "ru") -> list[dict[str, str]]:
    """The rows of people in the CSV, by the name of their column."""
    rows = read_csv(comparison_csv(book, language), ";" if language == "ru" else ",")
    end = next(number for number, row in enumerate(rows) if not any(row))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:end]]


def read_xlsx(book: ComparisonBook, language: Language = "ru") -> Any:
    """Open the workbook of a comparison."""
    return openpyxl.load_workbook(io.BytesIO(comparison_xlsx(book, language)))


def list_cells(book: Any) -> Iterator[Any]:
    """Every cell of a workbook."""
    return (cell for sheet in book for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(("language", "delimiter"), [("ru", ";"), ("en", ",")])
def test_it_writes_no_csv_cell_that_begins_a_formula(language: Language, delimiter: str) -> None:
    """Cells starting with = + - @ tab CR, also full-width and after blanks, get a leading apostrophe."""
    cells = [
        cell for row in read_csv(comparison_csv(make_dangerous_book(), language), delimiter) for cell in row
    ]
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
    book = make_dangerous_book()
    cells = list(list_cells(read_xlsx(book, language)))
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell for cell in cells if cell.hyperlink] == []
    assert {PAYLOADS[0], PAYLOADS[3]} <= {cell.value for cell in cells}
    with zipfile.ZipFile(io.BytesIO(comparison_xlsx(book, language))) as package:
        for name in package.namelist():
            part = package.read(name)
            assert b"<f>" not in part
            assert b'TargetMode="External"' not in part


def test_it_gives_each_person_a_row_with_figure_interval_and_sentence() -> None:
    """What the page says of a person is what the file says, and the figures are numbers to calculate with."""
    book = make_book()
    sheet = read_xlsx(book)["Сравнение"]
    head = [cell.value for cell in sheet[1]]
    assert head[:6] == [
        *("Сотрудник", "Подразделение", "Справедливый балл"),
        *("Вероятно, от", "Вероятно, до", "Среднее как есть"),
    ]
    for number, person in enumerate(book.fair.people, start=2):
        row = dict(zip(head, sheet[number], strict=True))
        assert row["Справедливый балл"].value == pytest.approx(person.fair, abs=1e-6)
        assert row["Вероятно, от"].value < row["Справедливый балл"].value < row["Вероятно, до"].value
        assert row["Справедливый балл"].number_format == "0.0"
        assert row["Учтено визитов"].value == len(person.visits)
        assert row["Учтено визитов"].number_format == "0"
        assert row["Вывод"].value == describe_person(person, book.fair, "ru")
        assert row["Хватает для оплаты"].value == "да"
        assert row["Приветствие"].value == pytest.approx(person.raw, abs=1e-6)


@cache
def make_uneven_book() -> ComparisonBook:
    """One person has a single visit, and of one visit of another only half was assessed."""
    made = make_visits(FITTED, 4)
    made[1] = replace(made[1], coverage=0.5)
    kept = [visit for number, visit in enumerate(made) if number not in (9, 10, 11)]
    return bind_visits(kept, name_people(PEOPLE))


def test_it_gives_facts_only_below_three_visits() -> None:
    """CP-04: no mean, no score, nothing to pay by; the sentence says what is missing."""
    row = next(row for row in read_people(make_uneven_book()) if row["Сотрудник"] == "Person 00002")
    assert (row["Справедливый балл"], row["Вероятно, от"], row["Среднее как есть"]) == ("", "", "")
    assert row["Состояние"] == "мало визитов"
    assert row["Вывод"] == "мало визитов (1 из 3)"
    assert (row["Учтено визитов"], row["Хватает для оплаты"], row["Приветствие"]) == ("1", "нет", "")


def test_it_gives_plain_means_where_no_model_holds() -> None:
    """CP-05: under eight people there is no fair score, and the file says why."""
    book = make_few(make_visits(5, 4))
    rows = read_people(book)
    assert {row["Справедливый балл"] for row in rows} == {""}
    assert all(row["Среднее как есть"] for row in rows)
    assert "Сравнивать можно от 8" in rows[0]["Вывод"]
    assert read_xlsx(book).sheetnames == ["Сравнение", "Визиты", "О методе"]


def test_it_shows_steps_that_add_up_exactly() -> None:
    """CP-06: the mean and the steps are printed to one decimal and their sum is the printed score."""
    lines = list(read_xlsx(make_book())["Как получился балл"].iter_rows(min_row=2, values_only=True))
    assert len(lines) == PEOPLE
    for _, raw, *steps, fair, visits in lines:
        assert sum((Decimal(str(step)) for step in steps), Decimal(str(raw))) == Decimal(str(fair))
        assert visits == 6
    customer = bind_visits(make_visits(12, 4), name_people(2), figure="customer")
    head = [cell.value for cell in read_xlsx(customer)["Как получился балл"][1]]
    assert "По какой легенде и когда" in head, "the shop stays in what the customer got (CP-02)"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_neither_ranks_nor_sorts_by_score(language: Language) -> None:
    """CP-03: alphabetical, no place, no rank, on every sheet."""
    book = make_book()
    workbook = read_xlsx(book, language)
    names = [row[0] for row in workbook.worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert names[:PEOPLE] == sorted(names[:PEOPLE])
    heads = [str(sheet.cell(1, column).value).lower() for sheet in workbook for column in range(1, 25)]
    assert not [
        head for head in heads if any(word in head for word in ("rank", "ранг", "рейтинг", "номер по", "№"))
    ]


def test_it_freezes_the_head_and_filters_people_only() -> None:
    """Sorting or filtering the staff leaves the line of the whole group where it is."""
    sheets = read_xlsx(make_book())
    people = sheets["Сравнение"]
    assert people.freeze_panes == "B2"
    assert people.auto_filter.ref.endswith("9")
    assert [people["A9"].value, people["A10"].value, people["A11"].value] == [
        "Person 00007",
        None,
        "Вся группа",
    ]
    assert sheets["Визиты"].auto_filter.ref == "A1:J49"
    assert (people.print_title_rows, people.page_setup.orientation) == ("$1:$1", "landscape")


def test_it_types_days_and_calls_checklists_by_their_titles() -> None:
    """HR sorts and filters by day, so a day is a date cell; a slug is for machines."""
    sheet = read_xlsx(make_book())["Визиты"]
    assert sheet["C2"].value == datetime(2026, 3, 1)  # noqa: DTZ001 - a day of a calendar has no zone
    assert sheet["C2"].number_format == "yyyy-mm-dd"
    assert sheet["D2"].value == "Визит в магазин"
    assert read_xlsx(make_book(checklist_titles={}))["Визиты"]["D2"].value == "shop-visit"


def test_it_says_which_visits_count() -> None:
    """SC-07, SC-08: too little assessed and knock-outs are told, and every figure can be traced."""
    book = make_uneven_book()
    by_visit = {row[-1]: row for row in read_xlsx(book, "en")["Visits"].values}
    assert by_visit["visit 00001"][6:9] == (50, "no", "no")
    assert by_visit["visit 00000"][7:9] == ("yes", "yes")
    person = read_people(book)[0]
    assert (person["Учтено визитов"], person["Визитов в выборе"]) == ("3", "4")
    assert person["Оценено слишком мало, визитов"] == "1"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_brings_scope_method_and_limits_along(language: Language) -> None:
    """A file travels without its page: what was compared, the programme's figures, what it must not do."""
    book = make_book()
    notes = read_xlsx(book, language).worksheets[-1]
    texts = [str(row[0].value or "") for row in notes.iter_rows()]
    assert texts[0] == NOT_DISCIPLINE[language]
    assert "Анкета: Визит в магазин" in texts
    assert any("7f3a" in text for text in texts)
    values = {str(row[0].value): row[1].value for row in notes.iter_rows() if row[1].value is not None}
    wanted = {"ru": ("баллах: аудиторы", 12), "en": ("points: auditors", 12)}[language]
    assert values[next(text for text in values if wanted[0] in text)] == pytest.approx(
        book.fair.sds["auditor"], abs=1e-6
    )
    average = {"ru": "не простое среднее всех визитов", "en": "not the plain mean of all visits"}[language]
    assert values[next(text for text in values if average in text)] == pytest.approx(book.fair.mean, abs=1e-6)
    assert sum(": 1" in text or text[-4:-3].isdigit() for text in values if "%" in text) >= wanted[1]
    under = [
        row[0] for row in read_csv(comparison_csv(book, language), ";" if language == "ru" else ",") if row
    ]
    assert NOT_DISCIPLINE[language] in under
    assert notes.oddFooter.left.text == NOT_DISCIPLINE[language]


def test_it_hides_names_and_whatever_tells_whose_visits_these_are() -> None:
    """In a meeting a code stands for a name, in the order of the codes; a day and a place would tell who."""
    book = make_book()
    codes = {
        person.employee: f"Сотрудник {number}F"
        for number, person in enumerate(reversed(book.fair.people), 10)
    }
    hidden = replace(book, names=codes, are_names_hidden=True)
    workbook = read_xlsx(hidden)
    assert workbook.sheetnames == ["Сравнение", "Как получился балл", "О методе"]
    assert [workbook["Сравнение"][f"A{row}"].value for row in (2, 9)] == ["Сотрудник 10F", "Сотрудник 17F"]
    everything = (
        " ".join(str(cell.value) for cell in list_cells(workbook)) + comparison_csv(hidden, "ru").decode()
    )
    assert "Person 0" not in everything
    assert "visit 0" not in everything
    assert "Имена скрыты" in everything


def test_it_warns_where_regions_stand_in_one_list() -> None:
    """CP-02: against colleagues is a figure within a region; what the customer got has its own condition."""
    made = make_visits(FITTED, 4, regions=2)
    texts = [note.text for note in list_notes(bind_visits(made, name_people(PEOPLE)), "en")]
    assert [text for text in texts if text.startswith("This figure compares within a shop or a region")]
    alone = [note.text for note in list_notes(make_book(), "en")]
    assert not [text for text in alone if "different regions" in text]


def test_it_names_no_auditor() -> None:
    """How many auditors came is a fact; which ones is for the programme lead only."""
    book = make_book()
    assert "auditor 0" not in " ".join(str(cell.value) for cell in list_cells(read_xlsx(book, "en")))
    assert "auditor 0" not in comparison_csv(book, "en").decode()


def test_it_writes_figures_as_the_language_does() -> None:
    """77,2 with semicolons for a Russian spreadsheet, 77.2 with commas for an English one."""
    book = make_book()
    russian, english = read_people(book)[0], read_people(book, "en")[0]
    assert russian["Справедливый балл"] == english["Fair score"].replace(".", ",")
    assert "," in russian["Справедливый балл"]


def test_it_gives_the_same_bytes_for_the_same_comparison() -> None:
    """A workbook is dated by its visits and not by the clock."""
    assert comparison_xlsx(make_book(), "ru") == comparison_xlsx(make_book(), "ru")


def test_it_writes_an_empty_comparison_and_an_endless_name() -> None:
    """Nothing to compare is a table with a head; a name of 40,000 letters is cut, not lost."""
    empty = make_few([])
    assert read_people(empty) == []
    assert read_xlsx(empty, "en").sheetnames == ["Comparison", "Visits", "Method"]
    book = make_book()
    long = replace(book, names={person.employee: "Я" * 40_000 for person in book.fair.people[:1]})
    sheet = read_xlsx(long)["Сравнение"]
    assert (len(sheet["A2"].value), sheet["A3"].value) == (32_000, None)
