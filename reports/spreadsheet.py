"""A comparison as CSV and XLSX in which no cell can become a formula."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from checklists.localtext import Language
from reports.comparison import Figure, StaffComparison, StaffRow, is_counted
from reports.comparison_words import describe_caution, describe_method, explain_figure, name_column
from reports.numbers import format_number

Cell = str | int | Decimal | date | None

# A spreadsheet runs a cell that begins so as a formula; Excel also takes the full-width forms of the signs.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST_CELL: Final = 32_000  # Excel takes 32,767 characters; XlsxWriter silently drops anything longer
WIDEST_COLUMN: Final = 44


def comparison_csv(
    comparison: StaffComparison,
    language: Language,
    *,
    section_titles: Mapping[str, str] | None = None,
    scope: Sequence[str] = (),
) -> bytes:
    """Write the comparison for a spreadsheet of that language: Russian ones expect semicolons and 71,8.

    `scope` says in sentences what was compared; they stand under the table, before the method.
    """
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=";" if language == "ru" else ",", quoting=csv.QUOTE_MINIMAL)
    for line in _table(comparison, language, section_titles or {}):
        writer.writerow([_csv_text(cell, language) for cell in line])
    writer.writerow([])
    for sentence in (*scope, *_remarks(comparison, language)):
        writer.writerow([neutralise(sentence)])
    return output.getvalue().encode("utf-8-sig")


def comparison_xlsx(
    comparison: StaffComparison,
    language: Language,
    *,
    section_titles: Mapping[str, str] | None = None,
    checklist_titles: Mapping[str, str] | None = None,
    scope: Sequence[str] = (),
) -> bytes:
    """Write the comparison as a workbook: the table, the visits behind it and the method.

    Titles are given by the id of a section and the slug of a checklist, which stand in for missing ones;
    `scope` says in sentences what was compared, and they open the sheet of the method.
    """
    output = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(output, options)
    # The same comparison gives the same bytes, so its newest visit dates the workbook and not the clock.
    newest = max((visit.visited_on for visit in comparison.visits), default=None)
    if newest is not None:
        workbook.set_properties({"created": datetime.combine(newest, time(), UTC).replace(tzinfo=None)})
    sheets = [
        ("sheet_comparison", _table(comparison, language, section_titles or {})),
        ("sheet_visits", _visit_table(comparison, language, checklist_titles or {})),
    ]
    formats = _Formats(workbook)
    for key, lines in sheets:
        _fill_sheet(workbook.add_worksheet(name_column(key, language)), lines, formats)
    method = workbook.add_worksheet(name_column("sheet_method", language))
    _fill_sentences(method, [*scope, *_remarks(comparison, language)])
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
        self.text: Format = workbook.add_format({"valign": "top"})
        self.percent: Format = workbook.add_format({"num_format": "0.0", "valign": "top"})
        self.date: Format = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})


def _table(
    comparison: StaffComparison, language: Language, section_titles: Mapping[str, str]
) -> list[list[Cell]]:
    """Head, one line an employee in the order of the comparison, and the group's line."""
    names = (
        "employee",
        "unit",
        "visits",
        "counted",
        "mean",
        "state",
        "knocked_out",
        "too_little",
        "not_scored",
    )
    head: list[Cell] = [name_column(name, language) for name in names]
    for section in comparison.sections:
        title = section_titles.get(section, section)
        head += [title, name_column("section_visits", language, section=title)]
    head.append(name_column("visit_ids", language))
    lines = [_staff_line(row, comparison.sections, language) for row in comparison.rows]
    return [head, *lines, _team_line(comparison, language)]


def _staff_line(row: StaffRow, sections: Sequence[str], language: Language) -> list[Cell]:
    line: list[Cell] = [row.name, " · ".join(row.units), len(row.visits), row.mean.count]
    line += [row.mean.percent, explain_figure(row.mean, language)]
    line += [len(row.knocked_out), len(row.too_little), len(row.not_scored)]
    for section in sections:
        line += _figure_cells(row.sections[section])
    return [*line, " ".join(row.visits)]


def _team_line(comparison: StaffComparison, language: Language) -> list[Cell]:
    rows, team = comparison.rows, comparison.team
    line: list[Cell] = [name_column("team", language), "", len(comparison.visits), team.count]
    line += [team.percent, explain_figure(team, language)]
    line += [sum(len(row.knocked_out) for row in rows), sum(len(row.too_little) for row in rows)]
    line.append(sum(len(row.not_scored) for row in rows))
    for section in comparison.sections:
        line += _figure_cells(comparison.team_sections[section])
    return [*line, ""]


def _figure_cells(figure: Figure) -> list[Cell]:
    return [figure.percent, figure.count]


def _visit_table(
    comparison: StaffComparison, language: Language, checklist_titles: Mapping[str, str]
) -> list[list[Cell]]:
    names = (
        "employee",
        "unit",
        "date",
        "checklist",
        "version",
        "base",
        "coverage",
        "in_mean",
        "critical",
        "visit",
    )
    lines: list[list[Cell]] = [[name_column(name, language) for name in names]]
    for visit in comparison.visits:
        base = None if visit.base is None else Decimal(str(visit.base))
        flags = ["yes" if flag else "no" for flag in (is_counted(visit), visit.knocked_out)]
        line: list[Cell] = [visit.employee_name, visit.unit, visit.visited_on]
        line += [checklist_titles.get(visit.checklist, visit.checklist), visit.version, base]
        line.append(Decimal(str(visit.coverage)) * 100)
        lines.append([*line, *(name_column(flag, language) for flag in flags), visit.visit])
    return lines


def _remarks(comparison: StaffComparison, language: Language) -> list[str]:
    cautions = [describe_caution(caution, language) for caution in comparison.cautions]
    return cautions + describe_method(language)


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


def _fill_sheet(sheet: Worksheet, lines: Sequence[Sequence[Cell]], formats: _Formats) -> None:
    """Write the lines with numbers as numbers, a head that stays in view and columns wide enough to read."""
    sheet.freeze_panes(1, 1)
    for index, line in enumerate(lines):
        for column, cell in enumerate(line):
            _write_cell(sheet, (index, column), cell, formats)
    for column, name in enumerate(lines[0]):
        texts = [cell for line in lines[1:] if isinstance(cell := line[column], str)]
        longest = max((len(text) for text in texts), default=0)
        sheet.set_column(column, column, min(WIDEST_COLUMN, max(10, longest, len(str(name)) // 2) + 2))


def _write_cell(sheet: Worksheet, place: tuple[int, int], cell: Cell, formats: _Formats) -> None:
    """Write one cell as what it is: text, count, day or figure; the first row is the head."""
    if isinstance(cell, str):
        style = formats.text if place[0] else formats.head
        sheet.write_string(*place, cell[:LONGEST_CELL], style)
    elif isinstance(cell, int):
        sheet.write_number(*place, cell, formats.text)
    elif isinstance(cell, date):
        sheet.write_datetime(*place, cell, formats.date)
    elif cell is not None:
        sheet.write_number(*place, float(cell), formats.percent)


def _fill_sentences(sheet: Worksheet, sentences: Sequence[str]) -> None:
    sheet.set_column(0, 0, 110)
    for index, sentence in enumerate(sentences):
        sheet.write_string(index, 0, sentence[:LONGEST_CELL])
