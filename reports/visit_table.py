"""Reading the CSV of visits that `mystery compare` compares: every problem by line and column, at once.

Columns are employee, auditor, shop and base, and optionally scenario, wave, version and region, in any order;
others are ignored. Commas, semicolons and tabs are known by the heading, and so is the decimal comma.
"""

import csv
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checklists.localtext import Language
from reports.catalogues import fill_in
from reports.fair_rows import FairVisit

NEEDED: Final = ("employee", "auditor", "shop", "base")
OPTIONAL: Final = ("scenario", "wave", "version", "region")
MOST_BYTES: Final = 200_000_000
MOST_LETTERS: Final = 200  # of one cell
GREATEST_BASE: Final = 1e6  # far beyond any scale of points
MOST_FAULTS: Final = 20  # printed; the rest is counted

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "line": ("строка", "line"),
    "column": ("столбец", "column"),
    "missing": ("Такого файла нет. Проверьте путь.", "There is no such file. Check the path."),
    "closed": ("Файл не открывается: {detail}.", "The file cannot be opened: {detail}."),
    "too_large": ("Файл больше 200 МБ. Возьмите период короче.", "Over 200 MB. Choose a shorter period."),
    "encoding": (
        "Файл записан не в UTF-8. Сохраните его в этой кодировке.",
        "The file is not in UTF-8. Save it in that encoding.",
    ),
    "empty": (
        "В файле нет визитов. В первой строке — названия столбцов, дальше по визиту в строке.",
        "The file has no visits. The first line names the columns, each further line is a visit.",
    ),
    "no_column": (
        "Нет столбца {detail}. Нужны employee, auditor, shop и base.",
        "The column {detail} is missing. Needed are employee, auditor, shop and base.",
    ),
    "twice": ("Столбец назван дважды. Оставьте один.", "The column is named twice. Keep one of them."),
    "cells": (
        "Ячеек {detail}. Проверьте разделители и кавычки.",
        "There are {detail} cells. Check separators and quotes.",
    ),
    "blank": ("Ячейка пуста. Заполните её.", "The cell is empty. Fill it in."),
    "partly": (
        "Ячейка пуста, а в других строках заполнена. Заполните её или уберите весь столбец.",
        "The cell is empty, but others are not. Fill it in, or remove the whole column.",
    ),
    "number": (
        "«{detail}» — не число. Напишите балл в процентах, например 71.8.",
        "“{detail}” is not a number. Write the score in percent, such as 71.8.",
    ),
    "absurd": ("Число {detail} слишком велико для балла.", "{detail} is far too large for a score."),
    "long": ("Текст длиннее 200 знаков.", "The text is longer than 200 characters."),
    "quotes": ("Нарушены правила CSV: {detail}.", "This breaks the rules of CSV: {detail}."),
    "more": ("И ещё замечаний: {detail}.", "And {detail} more."),
}


@dataclass(frozen=True)
class TableFault:
    """One thing to mend in the file: a code of `TEXTS`, and where it stands."""

    code: str
    line: int | None = None
    column: str | None = None
    detail: str = ""

    def describe(self, name: str, language: Language) -> str:
        """Say where it is and how to mend it, in one line."""
        parts = [name]
        if self.line is not None:
            parts.append(f"{fill_in(TEXTS, 'line', language)} {self.line}")
        if self.column is not None:
            parts.append(f"{fill_in(TEXTS, 'column', language)} {self.column}")
        return f"{', '.join(parts)}: {fill_in(TEXTS, self.code, language, detail=self.detail)}"


def read_visit_table(path: Path) -> tuple[list[FairVisit], list[TableFault]]:
    """Read the visits of a file; where there are faults, they are all there is."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return [], [TableFault("too_large")]
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return [], [TableFault("missing")]
    except OSError as error:
        return [], [TableFault("closed", detail=error.strerror or type(error).__name__)]
    except UnicodeDecodeError:
        return [], [TableFault("encoding")]
    return parse_visit_table(text)


def parse_visit_table(text: str) -> tuple[list[FairVisit], list[TableFault]]:
    """Read visits from the text of a file; a visit is named by its line."""
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [cell.strip().lower() for cell in next(rows, [])]
        faults = _check_heading(columns)
        lines = [] if faults else [(rows.line_num, row) for row in rows if any(map(str.strip, row))]
    except csv.Error as error:
        return [], [TableFault("quotes", line=rows.line_num, detail=str(error))]
    if not faults and not lines:
        faults = [TableFault("empty")]
    if faults:
        return [], faults
    known = [name for name in columns if name in (*NEEDED, *OPTIONAL)]
    filled: set[str] = {
        name
        for name in OPTIONAL
        if name in known and any(_pick(row, columns.index(name)) for _, row in lines)
    }
    reader = _RowReader(columns, filled)
    visits = [reader.read(line, row) for line, row in lines]
    return ([], reader.faults) if reader.faults else (visits, [])


def describe_faults(faults: Sequence[TableFault], name: str, language: Language) -> Iterator[str]:
    """Yield one line a fault, and how many more there are."""
    for fault in faults[:MOST_FAULTS]:
        yield fault.describe(name, language)
    if len(faults) > MOST_FAULTS:
        yield TableFault("more", detail=str(len(faults) - MOST_FAULTS)).describe(name, language)


def _check_heading(columns: Sequence[str]) -> list[TableFault]:
    if not any(columns):
        return [TableFault("empty")]
    missing = [TableFault("no_column", line=1, detail=name) for name in NEEDED if name not in columns]
    named = [name for name in (*NEEDED, *OPTIONAL) if columns.count(name) > 1]
    return missing + [TableFault("twice", line=1, column=name) for name in named]


def _pick(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


class _RowReader:
    """Turns rows into visits and collects what is wrong with them."""

    def __init__(self, columns: Sequence[str], filled: set[str]) -> None:
        self.width = len(columns)
        self.texts = {name: columns.index(name) for name in (*NEEDED[:3], *OPTIONAL) if name in columns}
        self.base = columns.index("base")
        self.filled = filled
        self.faults: list[TableFault] = []

    def read(self, line: int, row: Sequence[str]) -> FairVisit:
        if len(row) != self.width:
            self.faults.append(TableFault("cells", line, detail=f"{len(row)} / {self.width}"))
        cells = {name: _pick(row, place) for name, place in self.texts.items()}
        for name, cell in cells.items():
            if not cell and (name in NEEDED or name in self.filled):
                self.faults.append(TableFault("blank" if name in NEEDED else "partly", line, name))
            elif len(cell) > MOST_LETTERS:
                self.faults.append(TableFault("long", line, name))
        return FairVisit(
            visit=f"{line:09}",
            employee=cells["employee"],
            employee_name=cells["employee"],
            auditor=cells["auditor"],
            shop=cells["shop"],
            base=self._read_base(line, _pick(row, self.base)),
            region=cells.get("region", ""),
            scenario=cells.get("scenario", ""),
            wave=cells.get("wave", ""),
            version=cells.get("version", ""),
        )

    def _read_base(self, line: int, cell: str) -> float | None:
        """An empty cell is a visit in which nothing could be scored (SC-04)."""
        if not cell:
            return None
        try:
            base = float(cell.replace(",", ".").replace("_", "x"))
        except ValueError:
            base = math.nan
        if not math.isfinite(base):
            self.faults.append(TableFault("number", line, "base", cell[:MOST_LETTERS]))
        elif abs(base) > GREATEST_BASE:
            self.faults.append(TableFault("absurd", line, "base", cell[:MOST_LETTERS]))
        return base
