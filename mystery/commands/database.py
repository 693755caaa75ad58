"""`mystery db`: create the database, bring it up to date, check it."""

from __future__ import annotations

import sys

import click
import flask_migrate
from sqlalchemy import text

from mystery.access.openings import find_broken_link
from mystery.app import create_app
from mystery.capture.phone.sweeping import sweep_unfinished
from mystery.commands.application import open_application
from mystery.database import db as database
from mystery.database import unapplied_migrations


@click.group()
def db() -> None:
    """Create, upgrade and check the database."""


@db.command()
def upgrade() -> None:
    """Create the database or bring it to the newest migration."""
    with create_app().app_context():
        if unapplied_migrations():
            flask_migrate.upgrade()
        click.echo("The database is up to date.")


@db.command()
@click.argument("title")
def revision(title: str) -> None:
    """Write a migration from the difference between models and database."""
    with create_app().app_context():
        flask_migrate.migrate(message=title)


@db.command()
def sweep() -> None:
    """Clear away pieces of files that no phone goes on with since 30 days; `mystery run` does it as well."""
    with open_application():
        swept = sweep_unfinished()
    click.echo(f"{swept.cleared} unfinished files were cleared away, {swept.kept} whole ones are kept.")


@db.command()
def check() -> None:
    """Check migrations, the file, foreign keys and the chain of access events; exit 1 on any problem."""
    with create_app().app_context():
        problems = [f"migration {name} is not applied" for name in unapplied_migrations()]
        if database.engine.dialect.name == "sqlite":
            with database.engine.connect() as connection:
                verdict = connection.execute(text("PRAGMA integrity_check")).scalar()
                problems += [] if verdict == "ok" else [f"integrity: {verdict}"]
                broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
                problems += [f"a row of {row[0]} points to a missing row of {row[2]}" for row in broken]
        broken_link = None if problems else find_broken_link()
        if broken_link is not None:
            problems.append(f"access events were changed or taken out before or at number {broken_link}")
    for problem in problems:
        click.echo(problem)
    click.echo("The database is sound." if not problems else f"{len(problems)} problems.")
    sys.exit(1 if problems else 0)
