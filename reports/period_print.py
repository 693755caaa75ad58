"""The reports over a period as the documents that are printed, each with its drawings by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from jinja2 import Environment

from checklists.localtext import Language
from reports.charts import environment
from reports.employee_report import build_employee_page
from reports.looks import OUR_COLOUR, choose_colour
from reports.marks import Mark
from reports.period_rows import EmployeePeriod, UnitPeriod
from reports.period_words import describe_period, say_period
from reports.rare_letters import spell_rare_letters
from reports.rows import ReportLook
from reports.section_means import SectionLine
from reports.trend_chart import draw_trend
from reports.unit_report import build_unit_page
from reports.words import say

TREND: Final = "trend.svg"
LOGO: Final = "logo"


@dataclass(frozen=True)
class PrintedPeriod:
    """A document to print: its HTML, drawings that it addresses as "photo:NAME", and the company's colour."""

    html: str
    drawings: dict[str, bytes]
    colour: str


def write_employee_document(
    period: EmployeePeriod, language: Language, *, logo: bytes | None = None
) -> PrintedPeriod:
    """Write the report on one employee for print; raises ValueError without any visit."""
    page = build_employee_page(period, language)
    drawing = draw_trend(page.trend, period.newest.scoring.satisfactory, language)
    content = {
        "name": period.employee,
        "kind": say_period("kind_employee", language),
        "dated": period.period.until or period.visits[-1].visited_on,
        "page": page,
        "kept": Mark.KEPT,
        "has_logo": logo is not None,
    }
    html = _render("employee_report.html", period, language, content=content)
    drawings = {TREND: _paint(str(drawing), period.look)}
    return _bind(html, drawings, period.look, logo)


def write_unit_document(
    period: UnitPeriod, language: Language, *, logo: bytes | None = None
) -> PrintedPeriod:
    """Write the report on one unit for print."""
    page = build_unit_page(period, language)
    content = {
        "name": period.unit,
        "kind": say_period("kind_unit", language),
        "dated": period.period.until or period.period.since,
        "page": page,
        "sheets": list(page.heatmap.sheets()) if page.heatmap else [],
        "has_logo": logo is not None,
    }
    html = _render("unit_report.html", period, language, content=content)
    drawings = {
        f"section-{number}.svg": _paint(draw_section_bar(line), period.look)
        for number, line in enumerate(page.sections, start=1)
    }
    return _bind(html, drawings, period.look, logo)


def draw_section_bar(line: SectionLine) -> str:
    """Draw a unit's mean as a bar and the programme's as its tick; the figures must stand beside it."""
    template = environment().get_template("section_bar.svg")
    return template.render(own=line.own_share, programme=line.programme_share)


def group_in_order(items: Iterable[Any], attribute: str) -> list[tuple[Any, list[Any]]]:
    """Group neighbours by an attribute and keep their order; the sort of Jinja's own filter would lose it."""
    return [(key, list(some)) for key, some in groupby(items, key=lambda item: getattr(item, attribute))]


def _render(
    template: str,
    period: EmployeePeriod | UnitPeriod,
    language: Language,
    *,
    content: Mapping[str, object],
) -> str:
    days = describe_period(period.period, language)
    html = (
        _environment()
        .get_template(template)
        .render(
            language=language,
            say=lambda key, **details: say_period(key, language, **details),
            word=lambda key, **details: say(key, language, **details),
            title=f"{content['kind']}: {content['name']}, {days}",
            days=days,
            company=period.company,
            purpose=period.purpose,
            **content,
        )
    )
    return spell_rare_letters(html, language)


def _bind(html: str, drawings: dict[str, bytes], look: ReportLook, logo: bytes | None) -> PrintedPeriod:
    pictures = drawings if logo is None else {**drawings, LOGO: logo}
    return PrintedPeriod(html, pictures, choose_colour(look))


def _paint(drawing: str, look: ReportLook) -> bytes:
    """A drawing is a picture of its own that no style sheet reaches: its colour is put in here."""
    return drawing.replace(OUR_COLOUR, choose_colour(look)).encode()


def _environment() -> Environment:
    made = environment()
    made.filters.setdefault("groupby_in_order", group_in_order)
    return made
