"""A fair comparison as a document that is printed: what it says, everybody's dot, the figures, the method."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from markupsafe import Markup

from checklists.localtext import Language, LocalText
from reports.book_words import say_book
from reports.charts import environment
from reports.comparison import VISITS_NEEDED, StaffRow
from reports.comparison_book import ComparisonBook
from reports.comparison_notes import (
    describe_meaning,
    describe_versions,
    list_cautions,
    list_method,
    list_programme,
)
from reports.comparison_words import describe_figure
from reports.dot_plot import choose_dot_scale, draw_dots, lay_out_dots, list_dots
from reports.fair_rows import FairPerson
from reports.fair_words import describe_warning, format_points, name_figure, say_fair
from reports.looks import OUR_COLOUR, choose_colour
from reports.period_print import LOGO, PrintedPeriod
from reports.period_rows import Period
from reports.period_words import describe_period, say_period
from reports.plurals import count_of
from reports.rare_letters import spell_rare_letters
from reports.rows import ReportLook
from reports.seals import Seal
from reports.table_files import Note
from reports.words import say

SECTIONS_ON_A_SHEET: Final = 9
STYLES: Final = ("charts", "comparison")


@dataclass(frozen=True)
class BookFrame:
    """Whose comparison it is, as the letterhead and the foot of each sheet say it."""

    company: str
    unit: str  # a path of names, or that it is all units
    checklist: str
    period: Period
    dated: date | None  # of the newest visit; the clock would make other bytes each day
    purpose: LocalText | None = None
    look: ReportLook = field(default_factory=ReportLook)


@dataclass(frozen=True)
class FigureLine:
    """One person in the table of figures, each cell as it is printed; empty where there is no figure yet."""

    name: str
    unit: str
    fair: str
    likely: str
    raw: str
    counted: int
    seen_by: int  # how many different auditors; never which
    knocked_out: int
    too_little: int
    may_pay: str
    sections: tuple[tuple[str, int], ...]  # figure or a dash, and the visits behind it
    warnings: tuple[str, ...]


def write_comparison_document(
    book: ComparisonBook, frame: BookFrame, language: Language, *, logo: bytes | None = None
) -> PrintedPeriod:
    """Write the comparison for print; people stand in the order of the book."""
    days = describe_period(frame.period, language)
    kind = say_book("kind", language)
    groups = [
        (region, [_write_line(book, *each, language) for each in people])
        for region, people in book.list_groups()
    ]
    html = (
        environment()
        .get_template("comparison.html")
        .render(
            language=language,
            say=lambda key, **details: say_book(key, language, **details),
            word=lambda key, **details: say(key, language, **details),
            title=f"{kind}: {frame.unit}, {days}",
            kind=kind,
            name=frame.unit,
            days=days,
            company=frame.company,
            purpose=frame.purpose,
            dated=frame.dated,
            has_logo=logo is not None,
            facts=_list_facts(book, frame, language),
            summary=summarise(book, language),
            not_discipline=say_fair("not_discipline", language),
            meaning=describe_meaning(book.fair, language),
            cautions=[*describe_versions(book.plan, language), *list_cautions(book.fair, language)],
            seal=Seal(book.revision, None),
            plots=draw_everybody(book, frame.look, language),
            groups=groups,
            sheets=list(_list_sheets(book)),
            programme=[_write_note(note, language) for note in list_programme(book.fair, language)],
            method=list_method(book, language),
            is_hidden=book.are_names_hidden,
        )
    )
    return PrintedPeriod(
        html=spell_rare_letters(html, language),
        drawings={} if logo is None else {LOGO: logo},
        colour=choose_colour(frame.look),
        dated=frame.dated,
        styles=STYLES,
    )


def draw_everybody(book: ComparisonBook, look: ReportLook, language: Language) -> list[tuple[str, Markup]]:
    """Draw the dots of all people, on one scale; region by region where these stand apart (CP-02)."""
    everybody = list_dots(book.fair, language)
    mean = book.fair.mean if any(dot.fair is not None for dot in everybody) else None
    scale = choose_dot_scale(everybody, mean=mean)
    title = name_figure(book.fair.figure, language)
    plots: list[tuple[str, Markup]] = []
    for region, people in book.list_groups():
        dots = list_dots(book.fair, language, names={person.employee: name for name, person, _ in people})
        plot = lay_out_dots(dots, language, title=region or title, mean=mean, scale=scale)
        if plots:
            plot = replace(plot, key=())  # The first one explains the shapes of all.
        drawing = draw_dots(plot, language, is_printed=True)
        plots.append((region, drawing.replace(OUR_COLOUR, choose_colour(look))))
    return plots


def summarise(book: ComparisonBook, language: Language) -> str:
    """Say in a sentence how many people and visits there are, and how many clearly differ from others."""
    people = [person for _, person, _ in book.list_people()]
    visits = sum(len(person.visits) for person in people)
    text = say_book(
        "people_and_visits",
        language,
        people=count_of(len(people), "employees", language),
        visits=count_of(visits, "visits", language),
    )
    standings = [person.standing for person in people if person.standing is not None]
    if not standings:
        return text
    told = sum(standing.state != "untold" for standing in standings)
    beside = say_book(
        f"told_{standings[0].beside}",
        language,
        told=told,
        people=count_of(len(standings), "of_employees", language),
    )
    return f"{text} {beside}"


def _list_facts(book: ComparisonBook, frame: BookFrame, language: Language) -> list[tuple[str, str]]:
    facts = [
        (say_period("period", language), describe_period(frame.period, language)),
        (say_book("checklist", language), frame.checklist),
        (say_book("figure_short", language), name_figure(book.fair.figure, language)),
    ]
    if book.revision:
        facts.append((say_book("revision_short", language), book.revision))
    return facts


def _write_line(
    book: ComparisonBook, name: str, person: FairPerson, row: StaffRow | None, language: Language
) -> FigureLine:
    is_shown = person.waterfall is not None and person.low is not None and person.high is not None
    limits = [format_points(limit, language) for limit in (person.low, person.high) if limit is not None]
    has_mean = len(person.visits) >= VISITS_NEEDED and person.raw is not None
    return FigureLine(
        name=name,
        unit=" · ".join(row.units) if row else "",
        fair=format_points(person.waterfall.fair, language) if person.waterfall else "",
        likely="–".join(limits) if is_shown else "",
        raw=format_points(person.raw or 0.0, language) if has_mean else "",
        counted=len(person.visits),
        seen_by=person.auditors,
        knocked_out=len(row.knocked_out) if row else 0,
        too_little=len(row.too_little) if row else 0,
        may_pay=say_book("yes" if person.may_pay else "no", language),
        sections=tuple(_list_sections(book, row, language)),
        warnings=tuple(describe_warning(warning, language) for warning in person.warnings),
    )


def _write_note(note: Note, language: Language) -> tuple[str, str]:
    return note.text, "" if note.value is None else format_points(note.value, language)


def _list_sections(
    book: ComparisonBook, row: StaffRow | None, language: Language
) -> Iterator[tuple[str, int]]:
    for section in book.plain.sections:
        figure = row.sections[section] if row else None
        if figure is None or figure.percent is None:
            yield "–", figure.count if figure else 0
        else:
            yield describe_figure(figure, language), figure.count


def _list_sheets(book: ComparisonBook) -> Iterator[tuple[slice, Sequence[str]]]:
    """The sections in parts narrow enough for a sheet, each with its titles."""
    titles = [book.section_titles.get(section, section) for section in book.plain.sections]
    for start in range(0, len(titles), SECTIONS_ON_A_SHEET):
        some = slice(start, start + SECTIONS_ON_A_SHEET)
        yield some, titles[some]
