"""Reading an uploaded file: every encoding people have, and a clear refusal of all that is no table."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from datetime import date
from enum import StrEnum

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from mystery.tables import limits
from mystery.tables.delimited import read_delimited
from mystery.tables.faults import Fault, TableReason
from mystery.tables.guards import recognise_file
from mystery.tables.limits import Refusal
from mystery.tables.reading import load_sheets, read_file
from tests.tables.files import as_csv, as_xlsx, as_zip

ROWS = """
    Код | Название          | Вид
    N8  | Магазин «Ёлка»    | магазин
"""
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def read_rows(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    """The rows of the first sheet of a file that can be read."""
    sheets = read_file(content)
    assert isinstance(sheets, str), sheets
    return list(load_sheets(sheets)[0].rows)


def refusal(content: bytes) -> StrEnum:
    """Why a file is refused."""
    refused = read_file(content)
    assert isinstance(refused, Fault), refused[:300]
    return refused.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_it_reads_csv_however_it_was_saved(encoding: str, delimiter: str) -> None:
    content = as_csv(ROWS, encoding=encoding, delimiter=delimiter)
    assert read_rows(content) == [(1, ("Код", "Название", "Вид")), (2, ("N8", "Магазин «Ёлка»", "магазин"))]


def test_it_counts_rows_as_a_spreadsheet_does() -> None:
    content = b'code;name\n\n;;;\nA1;"two\nlines"\nA2;x\n'
    assert [number for number, _cells in read_rows(content)] == [1, 4, 5]


def test_it_is_not_misled_by_delimiters_inside_quotation_marks() -> None:
    assert read_rows(b'"code, the; first",name\n1,2\n')[0] == (1, ("code, the; first", "name"))


def test_it_reads_a_workbook_with_dates_numbers_and_several_sheets() -> None:
    content = as_xlsx(
        {
            "Units": [["Code", "Name"], [7, "x"]],
            "Empty": [],
            "Staff": [["Code", "Hired on"], ["E1", date(2026, 12, 31)], ["E2", 1.5]],
        }
    )
    sheets = read_file(content)
    assert isinstance(sheets, str)
    units, staff = load_sheets(sheets)
    assert (units.name, units.rows[1]) == ("Units", (2, ("7", "x")))
    assert [cells for _number, cells in staff.rows] == [
        ("Code", "Hired on"),
        ("E1", "2026-12-31"),
        ("E2", "1.5"),
    ]


def test_it_takes_formulas_as_text_and_says_where_they_stand() -> None:
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output)
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["code", "name"])
    sheet.write_string(1, 0, "A1")
    sheet.write_formula(1, 1, "=1+1", value=2)
    workbook.close()
    sheets = read_file(output.getvalue())
    assert isinstance(sheets, str)
    assert load_sheets(sheets)[0].rows[1] == (2, ("A1", "=1+1"))
    assert load_sheets(sheets)[0].formula_rows == (2,)


def test_it_does_not_believe_what_a_workbook_says_of_its_size() -> None:
    source = zipfile.ZipFile(io.BytesIO(as_xlsx({"Units": [["code", "name"], ["A1", "x"]]})))
    members = {name: source.read(name) for name in source.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    members[sheet] = members[sheet].replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert b"XFD1048576" in members[sheet]
    assert [number for number, _cells in read_rows(as_zip(members))] == [1, 2]


def test_it_leaves_hidden_sheets_alone() -> None:
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output)
    workbook.add_worksheet("Seen").write_row(0, 0, ["code", "name"])
    hidden = workbook.add_worksheet("Hidden")
    hidden.write_row(0, 0, ["code", "name"])
    hidden.hide()
    workbook.close()
    sheets = read_file(output.getvalue())
    assert isinstance(sheets, str)
    assert [sheet.name for sheet in load_sheets(sheets)] == ["Seen"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", TableReason.FILE_EMPTY),
        (b" \r\n\t ", TableReason.FILE_EMPTY),
        (b"%PDF-1.7 ...", TableReason.FILE_WRONG_TYPE),
        (b"\x89PNG\r\n\x1a\n....", TableReason.FILE_WRONG_TYPE),
        (b"\xff\xd8\xff\xe0 jpeg", TableReason.FILE_WRONG_TYPE),
        (b"\xef\xbb\xbf <HTML><table></table>", TableReason.FILE_WRONG_TYPE),
        (b'<?xml version="1.0"?><Workbook/>', TableReason.FILE_WRONG_TYPE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old workbook", TableReason.FILE_OLD_EXCEL),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), TableReason.FILE_LOCKED),
        (b"code;name\nA1;b\x00c\n", TableReason.FILE_UNPRINTABLE),
        (b"PK\x03\x04 cut off", TableReason.FILE_BROKEN),
        (b"code;name\nA1;\xd0\x90\xd0\xbd\xd0\xbd\xd0\n", TableReason.FILE_BROKEN_ENCODING),
        (b'code;name\nA1;"open\nA2;x\n', TableReason.FILE_QUOTES),
        (b'code;name\nA1;"a" b\n', TableReason.FILE_QUOTES),
        (b";".join([b"c"] * 100) + b"\n", TableReason.TOO_MANY_COLUMNS),
        (b"code;name\n" + b"1;2\n" * 100_002, TableReason.TOO_MANY_ROWS),
        (b"x" * (limits.MOST_FILE_BYTES + 1), TableReason.FILE_TOO_LARGE),
    ],
    ids=lambda value: value.value if isinstance(value, TableReason) else "",
)
def test_it_refuses_what_is_no_table_with_a_reason(content: bytes, reason: TableReason) -> None:
    assert refusal(content) is reason


def test_it_names_the_row_in_which_letters_are_damaged() -> None:
    refused = read_file("Код;Имя\nA1;Анна\n".encode() + b"A2;\xd0\n")
    assert isinstance(refused, Fault)
    assert dict(refused.details) == {"row": 3}


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"word/document.xml": b"x", "[Content_Types].xml": TYPES}, TableReason.FILE_WRONG_TYPE),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, TableReason.FILE_WRONG_TYPE),
        ({f"xl/{number}.xml": b"" for number in range(400)}, TableReason.FILE_UNPACKS_TOO_LARGE),
        ({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<broken"}, TableReason.FILE_BROKEN),
    ],
    ids=["word", "opendocument", "many members", "broken workbook"],
)
def test_it_refuses_zip_files_that_are_no_workbooks(members: dict[str, bytes], reason: TableReason) -> None:
    assert refusal(as_zip(members)) is reason


def test_it_refuses_a_small_zip_with_124_megabytes_inside_within_50_milliseconds() -> None:
    bomb = as_zip({"[Content_Types].xml": TYPES, "xl/worksheets/sheet1.xml": b"0" * (124 * 1024 * 1024)})
    assert len(bomb) < 400_000
    took = []
    for _attempt in range(3):
        started = time.perf_counter()
        refused = read_file(bomb)
        took.append(time.perf_counter() - started)
        assert isinstance(refused, Fault)
        assert refused.reason is TableReason.FILE_UNPACKS_TOO_LARGE
    assert min(took) < 0.05


def test_it_refuses_a_zip_directory_that_is_itself_the_bomb() -> None:
    many = as_zip({f"{number}": b"" for number in range(60_000)})
    took = []
    for _attempt in range(3):
        started = time.perf_counter()
        assert refusal(many) is TableReason.FILE_BROKEN
        took.append(time.perf_counter() - started)
    assert min(took) < 0.05


def test_it_refuses_entities_that_multiply() -> None:
    source = zipfile.ZipFile(io.BytesIO(as_xlsx({"Units": [["code", "name"], ["A1", "x"]]})))
    members = {name: source.read(name) for name in source.namelist()}
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE sst [<!ENTITY l0 "lol">{steps}]>'
    shared = members["xl/sharedStrings.xml"].decode()
    head, rest = shared.split("?>", 1)
    members["xl/sharedStrings.xml"] = f"{head}?>{bomb}{rest.replace('>x<', '>&l9;<')}".encode()
    assert refusal(as_zip(members)) in (TableReason.FILE_BROKEN, TableReason.FILE_TOO_DEMANDING)


def test_it_survives_a_worker_that_runs_out_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mystery.tables.reading.PATIENCE_SECONDS", 0.001)
    assert refusal(b"code;name\nA1;x\n") is TableReason.FILE_TOO_DEMANDING


def test_it_gives_up_when_the_worker_needs_more_memory_than_it_may_have() -> None:
    content = as_xlsx({"Units": [["code", "name"], *[[f"A{n}", f"x{n}" * 20] for n in range(20_000)]]})
    tight = (
        "from mystery.tables import limits, worker; import sys; "
        "limits.WORKER_MEMORY_BYTES = 45_000_000; sys.argv = ['worker', 'xlsx']; worker.main()"
    )
    done = subprocess.run([sys.executable, "-c", tight], input=content, capture_output=True, check=False)
    assert done.returncode != 0 or b'"file_too_demanding"' in done.stdout, done.stdout[:200]


@pytest.mark.parametrize("rows", [20_000, 20_001, 100_000])
def test_it_reads_twenty_thousand_rows_and_refuses_more_with_a_clear_message(rows: int) -> None:
    content = "code;name;unit\n" + "".join(f"E{number};Имя {number};N1\n" for number in range(rows))
    if rows == 20_000:
        assert len(read_rows(content.encode())) == 20_001
    else:
        assert refusal(content.encode()) is TableReason.TOO_MANY_ROWS


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_it_never_breaks_on_any_bytes(content: bytes) -> None:
    kind = recognise_file(content)
    if kind == "csv":
        with suppress(Refusal):
            assert isinstance(read_delimited(content)["rows"], list)
    else:
        assert isinstance(kind, Fault)


@pytest.mark.parametrize("seed", range(25))
def test_it_never_breaks_on_a_damaged_workbook(seed: int) -> None:
    dice = random.Random(seed)
    content = bytearray(as_xlsx({"Units": [["code", "name"], *[[f"A{n}", "x"] for n in range(20)]]}))
    for _change in range(dice.randint(1, 30)):
        content[dice.randrange(4, len(content))] = dice.randrange(256)
    outcome = read_file(bytes(content[: dice.randint(len(content) // 2, len(content))]))
    assert isinstance(outcome, str | Fault)
