"""The report of one visit: who, where, when and how well; what to do; sections; questions; the arithmetic.

The parts are plain functions of the report, so that the visit's page can show the same in this order.
"""

import hashlib
from collections.abc import Set
from pathlib import Path
from typing import Final

from checklists.localtext import Language
from checklists.publishing import content_hash
from reports.arithmetic import build_arithmetic
from reports.charts import Bar, environment
from reports.corrections import say_corrections
from reports.dates import format_date, format_day_and_part
from reports.earlier_means import build_mean_columns, explain_means
from reports.headline import build_headline
from reports.highlights import MISSES_ON_FIRST_PAGE, build_misses, build_strengths
from reports.legends import build_legend
from reports.looks import BAR_GROUND, choose_colour
from reports.numbers import format_number
from reports.photo_lines import build_visit_photos
from reports.rare_letters import spell_rare_letters
from reports.rows import VisitReport
from reports.seals import build_seal
from reports.visit_sections import SectionLine, build_visit_sections
from reports.words import say

__all__ = [
    "TEMPLATE_VERSION",
    "build_arithmetic",
    "build_headline",
    "build_misses",
    "build_section_bars",
    "build_strengths",
    "build_visit_photos",
    "build_visit_sections",
    "explain_tick",
    "report_cache_key",
    "visit_report_html",
]

PRINTED_FILES: Final = frozenset({".py", ".html", ".svg", ".css", ".txt"})
PRINTED_FACTS: Final = (
    "company",
    "unit",
    "employee",
    "position",
    "version",
    "scenario",
    "visited_on",
    "part_of_day",
    "photos",
    "purpose",
    "corrections",
    "look",
    "unit_means",
    "programme_means",
    "public_url",
)


def _hash_package() -> str:
    """Hash the templates, styles and code of this package, so that no change of them can be forgotten."""
    package = Path(__file__).parent
    files = sorted(path for path in package.rglob("*") if path.suffix in PRINTED_FILES)
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:12]


TEMPLATE_VERSION: Final = _hash_package()


def visit_report_html(
    report: VisitReport,
    language: Language,
    *,
    gone: Set[str] = frozenset(),
    has_logo: bool = False,
    inside_on_new_page: bool = True,
) -> str:
    """Write the report as the HTML document that is printed; photos are addressed as "photo:KEY".

    `gone` holds the keys of photos that are no longer kept: words stand in their place. With `has_logo` the
    picture at "logo:" stands at the head; the code of the seal is at "seal:". What follows the summary begins
    a new page, unless the summary itself was longer than one.
    """
    html = (
        environment()
        .get_template("visit_report.html")
        .render(
            **_describe_first_page(report, language, gone=gone),
            report=report,
            language=language,
            say=lambda key, **details: say(key, language, **details),
            seal=build_seal(report),
            has_logo=has_logo,
            inside="new-page" if inside_on_new_page else "",
            photos=build_visit_photos(report, language, gone=gone),
            arithmetic=build_arithmetic(report, language),
            legend=build_legend(report.scenario, language),
        )
    )
    return spell_rare_letters(html, language)


def _describe_first_page(report: VisitReport, language: Language, *, gone: Set[str]) -> dict[str, object]:
    sections = build_visit_sections(report, language, gone=gone)
    misses, strengths = build_misses(report, language), build_strengths(report, language)
    columns = build_mean_columns(report, language)
    title = report.checklist.title.in_language(language)
    numbers = {question.id: question.number for section in sections for question in section.questions}
    return {
        "place": f"{title} · {report.unit}" if report.unit else title,
        "facts": _list_facts(report, language),
        "date": format_date(report.visited_on, language),
        "headline": build_headline(report, language),
        "corrected": say_corrections(report, numbers, language),
        "sections": sections,
        "bars": build_section_bars(report, sections),
        "colour": choose_colour(report.look),
        "ground": BAR_GROUND,
        "tick_words": explain_tick(report, language),
        "mean_columns": columns,
        "means_at": [
            [(column.group, column.figures[place]) for column in columns] for place in range(len(sections))
        ],
        "mean_words": explain_means(report, language),
        "strengths": strengths,
        "misses": misses[:MISSES_ON_FIRST_PAGE],
        "other_misses": misses[MISSES_ON_FIRST_PAGE:],
        "is_assessed": bool(strengths or misses),
    }


def report_cache_key(report: VisitReport, language: Language) -> str:
    """Name the printed report: the same key always means the same bytes.

    Besides the revision of the visit it covers every name and text that is printed, so that a renamed unit or
    an erased employee never comes back from a cache.
    """
    cited = {question.standard for question in report.checklist.questions()}
    parts = (
        TEMPLATE_VERSION,
        language,
        report.revision,
        content_hash(report.checklist),
        *(str(getattr(report, name)) for name in PRINTED_FACTS),
        *(str(report.standards[reference]) for reference in sorted(report.standards.keys() & cited)),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def build_section_bars(report: VisitReport, sections: tuple[SectionLine, ...]) -> tuple[Bar, ...]:
    """Turn sections into bars; each tick is the section's own threshold, or else the satisfactory level."""
    satisfactory = report.checklist.scoring.satisfactory / 100
    return tuple(
        Bar(
            label=section.title,
            share=section.share,
            figure=section.percent,
            remark=section.remark,
            tick=satisfactory if section.threshold is None else section.threshold,
        )
        for section in sections
    )


def explain_tick(report: VisitReport, language: Language) -> str:
    """Say what the tick on a bar of this checklist means, for the line under the bars."""
    has_thresholds = any(section.pass_mark is not None for section in report.checklist.sections)
    satisfactory = format_number(report.checklist.scoring.satisfactory, language)
    return say("tick_threshold" if has_thresholds else "tick_satisfactory", language, mark=satisfactory)


def _list_facts(report: VisitReport, language: Language) -> list[tuple[str, str]]:
    """Who, where and when, as pairs of a name and what it is."""
    employee = report.employee or say("whole_unit", language)
    title = report.checklist.title.in_language(language)
    version = say("version", language, version=report.version)
    facts = [
        ("unit", report.unit or say("unit_unknown", language)),
        ("employee", f"{employee}, {report.position}" if report.employee and report.position else employee),
        ("date", format_day_and_part(report.visited_on, report.part_of_day, language)),
        ("checklist", title if report.version is None else f"{title}, {version}"),
    ]
    if report.scenario is not None:
        facts.append(("scenario", report.scenario.title.in_language(language)))
    return [(say(name, language), written) for name, written in facts]
