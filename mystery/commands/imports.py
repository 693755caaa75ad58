"""What the commands of all imports share: which company, the problems by row, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

import click
from flask_babel import gettext as _
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
        known = ", ".join(sorted(companies)) or _("there is none yet")
        stop(_("name one of the companies with --company: %(companies)s", companies=known))
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
        row = _("row %(row)s", row=problem.place.row) if problem.place.row else ""
        where = ", ".join(part for part in (problem.place.sheet, row, heading) if part) or _("the file")
        click.echo(f"{where}: {describe_fault(problem.fault)}")


def count_actions(actions: Iterable[Any], words: Mapping[Any, Any]) -> str:
    """How many rows do what, in the ``words`` of the actions."""
    return ", ".join(f"{words[action]} {count}" for action, count in Counter(actions).items())


def print_outcome(problems: int, *, applied: bool, known: bool) -> None:
    """Say what came of a file; problems end the command. ``known`` says that all of it is there already."""
    if problems:
        stop(_("nothing was changed; problems: %(count)s", count=problems))
    if applied:
        click.echo(_("Applied."))
    elif known:
        click.echo(_("All of this is there already; there is nothing to change."))
    else:
        click.echo(_("Nothing was changed; add --apply to carry it out."))
