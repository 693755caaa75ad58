"""What the commands of all imports share: which company, the problems by row, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

import click
from sqlalchemy import select

from mystery.commands.application import stop
from mystery.database import db
from mystery.models import Unit
from mystery.tables.faults import Fault
from mystery.tables.problems import ImportProblem


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


def print_problems(
    problems: Iterable[ImportProblem],
    describe_fault: Callable[[Fault], str],
    name_column: Callable[[str], str],
) -> None:
    """Print each problem by sheet, row and column: as the file calls it, or as our blank file does."""
    for problem in problems:
        column = problem.fault.field
        heading = problem.heading or (name_column(column) if column else "")
        place = (problem.place.sheet, problem.place.row and f"row {problem.place.row}", heading)
        where = ", ".join(part for part in place if part)
        click.echo(f"{where or 'the file'}: {describe_fault(problem.fault)}")


def print_outcome(problems: int, *, applied: bool, known: bool) -> None:
    """Say what came of a file; problems end the command. ``known`` says that all of it is there already."""
    if problems:
        stop(f"nothing was changed; problems: {problems}")
    if applied:
        click.echo("Applied.")
    elif known:
        click.echo("All of this is there already; there is nothing to change.")
    else:
        click.echo("Nothing was changed; add --apply to carry it out.")
