"""`mystery import`: units and employees from a file, as a dry run unless told to apply."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from uuid import UUID

import click
from flask_babel import force_locale
from sqlalchemy import select

from checklists.command import language_option
from mystery.access.scopes import NotYours
from mystery.commands.application import open_application, stop
from mystery.database import db
from mystery.directory.actions import ImportOutcome
from mystery.directory.actions import import_directory as import_into
from mystery.directory.imports.plan import Plan
from mystery.directory.words import describe_fault, name_column
from mystery.models import Unit
from mystery.tables.problems import ImportProblem


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--company", help="Name of the company; needed where there are several.")
@click.option("--apply", is_flag=True, help="Carry it out; without this, nothing changes.")
@language_option
def import_directory(file: Path, company: str | None, apply: bool, language: str) -> None:
    """Read units and employees from a CSV or XLSX FILE; list every problem, or what would change."""
    with open_application() as app, app.test_request_context(), force_locale(language):
        try:
            outcome = import_into(find_company(company), file, apply=apply)
        except NotYours:
            stop("there is no such company.")
        print_plan(outcome.plan)
        if outcome.plan.problems:
            stop(f"nothing was changed; problems: {len(outcome.plan.problems)}")
        click.echo(say_outcome(outcome))


def heading_of(problem: ImportProblem) -> str:
    """The column as the file calls it, or as our blank file does where the file lacks it."""
    return problem.heading or (name_column(problem.fault.field) if problem.fault.field else "")


def say_outcome(outcome: ImportOutcome) -> str:
    """What came of a file without problems."""
    if outcome.applied:
        return "Applied."
    if outcome.plan.changes_nothing:
        return "The directory says all this already; there is nothing to change."
    return "Nothing was changed; add --apply to carry it out."


def find_company(name: str | None) -> UUID:
    """The company called ``name``, or the only one."""
    companies = {
        title: own
        for title, own in db.session.execute(select(Unit.name, Unit.id).where(Unit.parent_id.is_(None)))
    }
    if name is None and len(companies) == 1:
        return next(iter(companies.values()))
    if name is None or name not in companies:
        stop(
            f"name one of the companies with --company: {', '.join(sorted(companies)) or 'there is none yet'}"
        )
    return companies[name]


def print_plan(plan: Plan) -> None:
    """Print each problem by row, or how many rows do what."""
    for problem in plan.problems:
        place = (problem.place.sheet, problem.place.row and f"row {problem.place.row}", heading_of(problem))
        where = ", ".join(part for part in place if part)
        click.echo(f"{where or 'the file'}: {describe_fault(problem.fault)}")
    for title, entries in (("units", plan.units), ("employees", plan.employees)):
        counts = Counter(entry.action.value for entry in entries)
        if counts:
            click.echo(f"{title}: " + ", ".join(f"{count} {action}" for action, count in counts.items()))
