"""A fair comparison as CSV and XLSX: one row a person, how each score comes about, visits, and the method.

People stand in the order they are given in, which is alphabetical, or that of their codes where names are
hidden; no column and no sheet ranks them (CP-03). What names or tells auditors apart is not here at all.
"""

from collections.abc import Iterable
from decimal import Decimal

from checklists.localtext import Language
from reports.book_words import say_book
from reports.comparison import VISITS_NEEDED, StaffRow, is_counted
from reports.comparison_book import ComparisonBook
from reports.comparison_notes import list_notes
from reports.comparison_words import explain_figure
from reports.fair_rows import FairPerson
from reports.fair_words import describe_person, describe_step, describe_warning, say_fair
from reports.table_files import Cell, Sheet, write_csv, write_workbook
from reports.waterfall import SHRINKAGE, USUAL_STEPS

NOISE_PLACES = 9  # binary arithmetic is exact to far more places than this
STEPS = (*USUAL_STEPS, SHRINKAGE)


def comparison_csv(book: ComparisonBook, language: Language) -> bytes:
    """Write one row a person, and under them what was compared and how."""
    lines = list_people_lines(book, language)
    return write_csv(lines, list_notes(book, language), language)


def comparison_xlsx(book: ComparisonBook, language: Language) -> bytes:
    """Write the comparison as a workbook: people, the steps to their scores, visits, and the method.

    Where names are hidden the visits are left out, because a day and a place would tell whose they are.
    """
    people = list_people_lines(book, language)
    steps = _list_step_lines(book, language)
    sheets = [Sheet(say_book("sheet_people", language), people, filtered=_count_people(book))]
    if len(steps) > 1:
        sheets.append(Sheet(say_book("sheet_steps", language), steps, filtered=len(steps) - 1))
    if not book.are_names_hidden:
        visits = _list_visit_lines(book, language)
        sheets.append(Sheet(say_book("sheet_visits", language), visits, filtered=len(visits) - 1))
    return write_workbook(
        sheets,
        list_notes(book, language),
        notes_name=say_book("sheet_notes", language),
        dated=max((visit.visited_on for visit in book.plain.visits), default=None),
        footer=say_fair("not_discipline", language),
    )


def list_people_lines(book: ComparisonBook, language: Language) -> list[list[Cell]]:
    """Head, one line a person, and after an empty one the line of the whole group."""
    keys = (
        *(
            "employee",
            "unit",
            *_list_region_keys(book),
            "fair",
            "low",
            "high",
            "raw",
            "counted",
            "auditors",
            "state",
            "sentence",
        ),
        *("may_pay", "visits", "knocked_out", "too_little", "not_scored"),
    )
    head: list[Cell] = [say_book(key, language) for key in keys]
    for section in book.plain.sections:
        title = book.section_titles.get(section, section)
        head += [title, say_book("section_visits", language, section=title)]
    head.append(say_book("warnings", language))
    if not book.are_names_hidden:
        head.append(say_book("visit_ids", language))
    people = [_write_person(book, *each, language) for each in book.list_people()]
    return [head, *people, [None] * len(head), _write_group(book, len(head), language)]


def _count_people(book: ComparisonBook) -> int:
    return sum(1 for _ in book.list_people())


def _write_person(
    book: ComparisonBook, name: str, person: FairPerson, row: StaffRow | None, language: Language
) -> list[Cell]:
    shown = person.state == "shown"
    enough = len(person.visits) >= VISITS_NEEDED
    line: list[Cell] = [name, " · ".join(row.units) if row else "", *_name_region(book, person.employee)]
    line += [_clean(figure) for figure in (person.fair, person.low, person.high)]
    line += [_clean(person.raw) if enough else None, len(person.visits), person.auditors]
    line += [
        say_book(f"state_{person.state}", language),
        describe_person(person, book.fair, language),
        say_book("yes" if shown and person.may_pay else "no", language),
    ]
    line += (
        [len(row.visits), len(row.knocked_out), len(row.too_little), len(row.not_scored)] if row else [0] * 4
    )
    for section in book.plain.sections:
        figure = row.sections[section] if row else None
        line += [figure.percent, figure.count] if figure else [None, 0]
    line.append(" ".join(describe_warning(warning, language) for warning in person.warnings))
    return line if book.are_names_hidden else [*line, " ".join(row.visits if row else person.visits)]


def _write_group(book: ComparisonBook, width: int, language: Language) -> list[Cell]:
    """The plain mean of the chosen visits from five people on (CP-04): the model has no figure for groups."""
    rows, team = book.plain.rows, book.plain.team
    line: list[Cell] = [say_book("team", language), "", *("" for _ in _list_region_keys(book))]
    line += [None, None, None, team.percent, team.count]
    line += [None, "", explain_figure(team, language), "", len(book.plain.visits)]
    line += _count_events(rows)
    for section in book.plain.sections:
        figure = book.plain.team_sections[section]
        line += [figure.percent, figure.count]
    return [*line, *[None] * (width - len(line))]


def _count_events(rows: Iterable[StaffRow]) -> list[Cell]:
    counted = [(len(row.knocked_out), len(row.too_little), len(row.not_scored)) for row in rows]
    return [sum(column) for column in zip(*counted, strict=True)] or [0, 0, 0]


def _list_step_lines(book: ComparisonBook, language: Language) -> list[list[Cell]]:
    """CP-06: mean, steps and score of everybody who has one, as printed, so that they add up exactly."""
    keys = ("employee", *_list_region_keys(book), "raw")
    head: list[Cell] = [say_book(key, language) for key in keys]
    head += [describe_step(kind, book.fair.figure, language) for kind in STEPS]
    lines: list[list[Cell]] = [[*head, say_book("fair", language), say_book("counted", language)]]
    for name, person, _ in book.list_people():
        if person.waterfall is not None:
            changes = {step.kind: step.change for step in person.waterfall.steps}
            line: list[Cell] = [name, *_name_region(book, person.employee), person.waterfall.raw]
            line += [changes.get(kind) for kind in STEPS]
            lines.append([*line, person.waterfall.fair, len(person.visits)])
    return lines


def _list_visit_lines(book: ComparisonBook, language: Language) -> list[list[Cell]]:
    in_common = book.plan is not None and book.plan.is_needed
    keys = (
        *("employee", "unit", "date", "checklist", "version", "base"),
        *(("base_in_common",) if in_common else ()),
        *("coverage", "in_mean", "critical", "visit"),
    )
    lines: list[list[Cell]] = [[say_book(key, language) for key in keys]]
    for visit in book.plain.visits:
        flags = ["yes" if flag else "no" for flag in (is_counted(visit), visit.knocked_out)]
        line: list[Cell] = [visit.employee_name, visit.unit, visit.visited_on]
        line += [book.checklist_titles.get(visit.checklist, visit.checklist), visit.version]
        line += [_clean(visit.printed_base), *([_clean(visit.base)] if in_common else [])]
        line.append(_clean(100 * visit.coverage))
        lines.append([*line, *(say_book(flag, language) for flag in flags), visit.visit])
    return lines


def _list_region_keys(book: ComparisonBook) -> list[str]:
    """The column of regions, so that nobody has to guess who may be compared (CP-02)."""
    return ["region"] if book.regions else []


def _name_region(book: ComparisonBook, employee: str) -> list[Cell]:
    return [book.regions.get(employee, "")] if book.regions else []


def _clean(figure: float | None) -> Decimal | None:
    """A figure as a decimal, freed of binary noise so that rounding half-up is what it seems."""
    return None if figure is None else Decimal(str(round(figure, NOISE_PLACES)))
