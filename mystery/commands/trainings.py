"""`mystery import-trainings`: who was trained when, from a file, as a dry run unless told to apply."""

from __future__ import annotations

from pathlib import Path

import click
from flask_babel import force_locale
from flask_babel import gettext as _

from checklists.command import language_option
from mystery.access.scopes import NotYours
from mystery.commands.application import open_application, stop
from mystery.commands.imports import count_actions, find_company, print_outcome, print_problems
from mystery.trainings.imports import actions
from mystery.trainings.imports.plan import Plan
from mystery.trainings.imports.words import ACTIONS, describe_fault, name_column


@click.command("import-trainings")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--company", help="Name of the company; needed where there are several.")
@click.option("--apply", is_flag=True, help="Carry it out; without this, nothing changes.")
@language_option
def import_trainings(file: Path, company: str | None, apply: bool, language: str) -> None:
    """Read trainings and who took part from a CSV or XLSX FILE; list every problem, or what would change."""
    with open_application() as app, app.test_request_context(), force_locale(language):
        try:
            outcome = actions.import_trainings(find_company(company), file, apply=apply)
        except NotYours:
            stop(_("there is no such company."))
        plan = outcome.plan
        print_problems(plan.problems, describe_fault, name_column)
        print_trainings(plan)
        print_outcome(len(plan.problems), applied=outcome.applied, known=plan.changes_nothing)


def print_trainings(plan: Plan) -> None:
    """Print each training with how many rows do what in it."""
    for training in plan.trainings:
        where = [training.title, training.unit.name, *([] if training.known else [_("new training")])]
        counts = count_actions((place.action for place in training.places), ACTIONS)
        click.echo(f"{', '.join(where)}: {counts}")
