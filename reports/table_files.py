"""Tables as CSV and XLSX in which no cell can become a formula, and numbers stay numbers."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from checklists.localtext import Language
from reports.numbers import format_number

Cell = str | int | Decimal | date | None

# A spreadsheet runs a cell that begins so as a formula; Excel also takes the full-width forms of the signs.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST_CELL: Final = 32_000  # Excel takes 32,767 characters; XlsxWriter silently drops anything longer
LONGEST_FOOTER: Final = 200  # Excel takes 255 with the codes of its parts
WIDEST_COLUMN: Final = 44
NARROWEST_COLUMN: Final = 10


@dataclass(frozen=True)
class Sheet:
    """A table for a workbook: its first line is the head, which stays in view, as does its first column.

    The first `filtered` lines under the head can be filtered; whatever follows them, such as the line of the
    whole group, stays where it is. Texts longer than a column are wrapped.
    """

    name: str
    lines: Sequence[Sequence[Cell]]
    filtered: int


@dataclass(frozen=True)
class Note:
    """A line of explanation; a figure beside its words is a number that one can calculate with."""

    text: str
    value: Decimal | None = None
    is_heading: bool = False


def write_csv(lines: Sequence[Sequence[Cell]], notes: Sequence[Note], language: Language) -> bytes:
    """Write a table for a spreadsheet of that language, with the notes under it.

    Russian spreadsheets expect semicolons and 71,8, and all of them a byte order mark to believe in UTF-8.
    """
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=";" if language == "ru" else ",", quoting=csv.QUOTE_MINIMAL)
    for line in lines:
        writer.writerow([_csv_text(cell, language) for cell in line])
    writer.writerow([])
    for note in notes:
        cells: list[Cell] = [note.text] if note.value is None else [note.text, note.value]
        writer.writerow([_csv_text(cell, language) for cell in cells])
    return output.getvalue().encode("utf-8-sig")


def write_workbook(
    sheets: Sequence[Sheet], notes: Sequence[Note], *, notes_name: str, dated: date | None, footer: str
) -> bytes:
    """Write tables and a sheet of notes as XLSX; `footer` stands on every printed page.

    The same content gives the same bytes, so `dated` dates the workbook and not the clock.
    """
    output = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(output, options)
    created = datetime.combine(dated or date(2000, 1, 1), time(), UTC).replace(tzinfo=None)
    workbook.set_properties({"created": created})
    formats = _Formats(workbook)
    for sheet in sheets:
        page = workbook.add_worksheet(sheet.name)
        _fill_sheet(page, sheet, formats)
        _prepare_print(page, footer)
        page.set_landscape()
        page.repeat_rows(0)
    last = workbook.add_worksheet(notes_name)
    _fill_notes(last, notes, formats)
    _prepare_print(last, footer)
    workbook.close()
    return output.getvalue()


def neutralise(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run; other text stays as it is."""
    if text.lstrip(" \u00a0\ufeff").startswith(FORMULA_STARTS):
        return f"'{text}"
    return text


class _Formats:
    """The cell formats of our workbooks, each made once."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self.head: Format = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
        )
        self.heading: Format = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.text: Format = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.count: Format = workbook.add_format({"num_format": "0", "valign": "top"})
        self.points: Format = workbook.add_format({"num_format": "0.0", "valign": "top"})
        self.date: Format = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})


def _fill_sheet(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    """Write the lines with numbers as numbers and columns wide enough to read."""
    page.freeze_panes(1, 1)
    for index, line in enumerate(sheet.lines):
        for column, cell in enumerate(line):
            _write_cell(page, (index, column), cell, formats)
    for column, name in enumerate(sheet.lines[0]):
        cells = [line[column] for line in sheet.lines[1:] if column < len(line)]
        longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
        page.set_column(
            column, column, min(WIDEST_COLUMN, max(NARROWEST_COLUMN, longest, len(str(name)) // 2) + 2)
        )
    if sheet.filtered:
        page.autofilter(0, 0, sheet.filtered, len(sheet.lines[0]) - 1)


def _write_cell(page: Worksheet, place: tuple[int, int], cell: Cell, formats: _Formats) -> None:
    """Write one cell as what it is: text, count, day or figure; the first row is the head."""
    if isinstance(cell, str):
        page.write_string(*place, cell[:LONGEST_CELL], formats.text if place[0] else formats.head)
    elif isinstance(cell, int):
        page.write_number(*place, cell, formats.count)
    elif isinstance(cell, date):
        page.write_datetime(*place, cell, formats.date)
    elif cell is not None:
        page.write_number(*place, float(cell), formats.points)


def _fill_notes(page: Worksheet, notes: Sequence[Note], formats: _Formats) -> None:
    page.set_column(0, 0, 100)
    page.set_column(1, 1, NARROWEST_COLUMN)
    for index, note in enumerate(notes):
        style = formats.heading if note.is_heading else formats.text
        page.write_string(index, 0, note.text[:LONGEST_CELL], style)
        if note.value is not None:
            page.write_number(index, 1, float(note.value), formats.points)


def _prepare_print(page: Worksheet, footer: str) -> None:
    """A4, as wide as the table, the footer and the number of the page below."""
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    # Excel reads an ampersand as the beginning of a code.
    page.set_footer(f"&L&8{footer[:LONGEST_FOOTER].replace('&', '&&')}&R&8&P / &N")


def _csv_text(cell: Cell, language: Language) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return neutralise(cell[:LONGEST_CELL])
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return format_number(cell, language, places=1, least=1).replace("\N{NO-BREAK SPACE}", "")
