"""`mystery import`: units and employees from a file, as a dry run unless told to apply."""

from __future__ import annotations

from pathlib import Path

import click
from flask_babel import force_locale
from flask_babel import gettext as _

from checklists.command import language_option
from mystery.access.scopes import NotYours
from mystery.commands.application import open_application, stop
from mystery.commands.imports import count_actions, find_company, print_outcome, print_problems
from mystery.directory.actions import import_directory as import_into
from mystery.directory.imports.columns import SheetKind
from mystery.directory.imports.plan import Plan
from mystery.directory.words import ACTIONS, SHEETS, describe_fault, name_column


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
            stop(_("there is no such company."))
        print_plan(outcome.plan)
        plan = outcome.plan
        print_outcome(len(plan.problems), applied=outcome.applied, known=plan.changes_nothing)


def print_plan(plan: Plan) -> None:
    """Print each problem by row, or how many rows do what."""
    print_problems(plan.problems, describe_fault, name_column)
    for kind, entries in ((SheetKind.UNITS, plan.units), (SheetKind.EMPLOYEES, plan.employees)):
        if entries:
            click.echo(f"{SHEETS[kind]}: {count_actions((entry.action for entry in entries), ACTIONS)}")
