"""`mystery compare`: the fitted model and the fair figures of visits in a CSV file, without a database."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from checklists.command import language_option
from checklists.localtext import Language

if TYPE_CHECKING:
    from reports.fair_comparison import FairModel
    from reports.fair_rows import FairComparison, Figure

FIGURES = ("colleagues", "customer")
FACTORS = ("employee", "auditor", "shop", "residual")
DECIMALS = 10


@click.command("compare")
@click.argument("visits", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--figure",
    type=click.Choice(FIGURES),
    default="colleagues",
    show_default=True,
    help="The person in an average shop, or what the customer got in the person's own shops.",
)
@language_option
def compare(visits: Path, as_json: bool, figure: str, language: str) -> None:
    """Compare staff fairly: the VISITS file is a CSV with a visit a line.

    Columns: employee, auditor, shop, base; optionally scenario, wave, version, region.
    """
    from reports.fair_comparison import fit_fairly
    from reports.visit_table import describe_faults, read_visit_table

    spoken = cast(Language, language)
    rows, faults = read_visit_table(visits)
    if faults:
        click.echo("\n".join(describe_faults(faults, visits.name, spoken)), err=True)
        raise click.exceptions.Exit(1)
    model = fit_fairly(rows)
    comparison = model.describe(cast("Figure", figure), standings=not as_json)
    if as_json:
        written = write_json(model, comparison, spoken)
        click.echo(json.dumps(written, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(print_comparison(comparison, spoken)))


def write_json(model: "FairModel", comparison: "FairComparison", language: Language) -> dict[str, object]:
    """Return the figures as JSON: the plain REML fit, and the fair figures with their states.

    `sd` are those of REML, which other programs give too; `sd_used` are those behind the fair figures, which
    in small programmes are integrated over (CP-05). A factor that the visits cannot tell apart is null, and
    so is one with a single level, such as one auditor for all visits.
    """
    from reports.fair_words import describe_reason, describe_warning

    warnings = [
        {"code": each.code, "message": describe_warning(each, language)} for each in comparison.warnings
    ]
    for person in comparison.people:
        warnings += [
            {"code": each.code, "employee": person.name, "message": describe_warning(each, language)}
            for each in person.warnings
        ]
    reason = comparison.why_not
    return {
        "criterion": _round(comparison.criterion),
        "mean": _round(comparison.mean),
        "sd": {name: _round(model.reml_sds.get(name)) for name in FACTORS},
        "employees": [
            {
                "employee": person.name,
                "visits": len(person.visits),
                "raw": _round(person.raw),
                "fair": _round(person.fair),
                "low": _round(person.low),
                "high": _round(person.high),
                "state": reason.code if person.state == "not_modelled" and reason else person.state,
            }
            for person in comparison.people
        ],
        "warnings": warnings,
        "figure": comparison.figure,
        "why_not": {"code": reason.code, "message": describe_reason(reason, language)} if reason else None,
        "sd_used": {name: _round(comparison.sds.get(name)) for name in FACTORS},
        "called_from": comparison.called_from,
        "link_share": _round(comparison.link_share),
        "not_scored": len(comparison.not_scored),
    }


def print_comparison(comparison: "FairComparison", language: Language) -> list[str]:
    """Return the comparison for a reader: a sentence a person, then the programme's own figures."""
    from reports.fair_words import (
        describe_person,
        describe_reason,
        describe_reliability,
        describe_spreads,
        describe_warning,
        format_points,
        name_figure,
        say_fair,
    )

    lines = [name_figure(comparison.figure, language)]
    if comparison.why_not:
        lines.append(describe_reason(comparison.why_not, language))
    for person in comparison.people:
        raw = (
            "" if person.raw is None else f"{say_fair('raw', language)} {format_points(person.raw, language)}"
        )
        said = describe_person(person, comparison, language) if person.state != "not_modelled" else ""
        told = [describe_warning(each, language) for each in person.warnings]
        lines.append(f"  {person.name}: " + " ".join(part for part in (said, f"[{raw}]", *told) if part))
    lines.append(describe_spreads(comparison, language))
    lines += [describe_warning(each, language) for each in comparison.warnings]
    if comparison.across_regions:
        lines.append(describe_reason(comparison.across_regions, language))
    lines += [describe_reliability(comparison, language), say_fair("not_discipline", language)]
    return [line for line in lines if line]


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
