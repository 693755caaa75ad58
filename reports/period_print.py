"""The reports over a period as the documents that are printed, each with its drawings by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from jinja2 import Environment
from markupsafe import Markup

from checklists.localtext import Language
from reports.charts import environment, render_drawing
from reports.employee_report import MISSES_NAMED, build_employee_page
from reports.looks import OUR_COLOUR, choose_colour
from reports.marks import Mark
from reports.period_record import digest_period_record, write_period_record
from reports.period_rows import EmployeePeriod, UnitPeriod
from reports.period_words import describe_period, say_period
from reports.rare_letters import spell_rare_letters
from reports.rows import ReportLook
from reports.seals import Seal, draw_code, seal_digest
from reports.section_means import SectionLine
from reports.trend_chart import draw_trend
from reports.unit_report import build_unit_page
from reports.words import say

TREND: Final = "trend.svg"
LOGO: Final = "logo"
SEAL: Final = "seal.svg"


@dataclass(frozen=True)
class PrintedPeriod:
    """A document to print: its HTML, drawings that it addresses as "photo:NAME", and the company's colour.

    `record` is the data that goes into the file (JSON), empty where there is none, and `dated` the day that
    stands for the file's own. `styles` names further style sheets of this package.
    """

    html: str
    drawings: dict[str, bytes]
    colour: str
    record: str = ""
    dated: date | None = None
    styles: tuple[str, ...] = ()


def write_employee_document(
    period: EmployeePeriod, language: Language, *, logo: bytes | None = None
) -> PrintedPeriod:
    """Write the report on one employee for print; raises ValueError without any visit."""
    page = build_employee_page(period, language)
    record = write_period_record(period)
    seal = _build_seal(period, record)
    dated = period.period.until or period.visits[-1].visited_on
    drawing = draw_trend(page.trend, period.newest.scoring.satisfactory, language)
    content = {
        "name": period.employee,
        "kind": say_period("kind_employee", language),
        "dated": dated,
        "seal": seal,
        "page": page,
        "kept": Mark.KEPT,
        "named": MISSES_NAMED,
        "has_logo": logo is not None,
    }
    html = _render("employee_report.html", period, language, content=content)
    drawings = {
        TREND: _paint(drawing, period.look),
        **_draw_seal(seal),
        **_keep_logo(logo),
    }
    return PrintedPeriod(html, drawings, choose_colour(period.look), record, dated)


def write_unit_document(
    period: UnitPeriod, language: Language, *, logo: bytes | None = None
) -> PrintedPeriod:
    """Write the report on one unit for print."""
    page = build_unit_page(period, language)
    record = write_period_record(period)
    seal = _build_seal(period, record)
    dated = period.period.until or period.period.since
    content = {
        "name": period.unit,
        "kind": say_period("kind_unit", language),
        "dated": dated,
        "seal": seal,
        "page": page,
        "sheets": list(page.heatmap.sheets()) if page.heatmap else [],
        "has_logo": logo is not None,
    }
    html = _render("unit_report.html", period, language, content=content)
    drawings = {
        f"section-{number}.svg": _paint(draw_section_bar(line), period.look)
        for number, line in enumerate(page.sections, start=1)
    }
    drawings |= _draw_seal(seal) | _keep_logo(logo)
    return PrintedPeriod(html, drawings, choose_colour(period.look), record, dated)


def draw_section_bar(line: SectionLine) -> Markup:
    """Draw a unit's mean as a bar and the programme's as its tick; the figures must stand beside it."""
    return render_drawing("section_bar.svg", own=line.own_share, programme=line.programme_share)


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


def _build_seal(period: EmployeePeriod | UnitPeriod, record: str) -> Seal:
    return seal_digest(digest_period_record(record), period.public_url)


def _draw_seal(seal: Seal) -> dict[str, bytes]:
    return {SEAL: draw_code(seal.address)} if seal.address else {}


def _keep_logo(logo: bytes | None) -> dict[str, bytes]:
    return {} if logo is None else {LOGO: logo}


def _paint(drawing: str, look: ReportLook) -> bytes:
    """A drawing is a picture of its own that no style sheet reaches: its colour is put in here."""
    return drawing.replace(OUR_COLOUR, choose_colour(look)).encode()


def _environment() -> Environment:
    made = environment()
    made.filters.setdefault("groupby_in_order", group_in_order)
    return made
