"""The application as commands open it: with a database that is up to date, or one clear line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click
from flask import Flask

from mystery.app import create_app
from mystery.database import unapplied_migrations
from mystery.settings import Settings


@contextmanager
def open_application(settings: Settings | None = None) -> Iterator[Flask]:
    """The application inside its context; ends the command when the database lacks migrations.

    ``settings`` are those of the environment unless given.
    """
    app = create_app(settings)
    with app.app_context():
        if unapplied_migrations():
            stop("the database is not up to date; run: mystery db upgrade")
        yield app


def stop(reason: str) -> NoReturn:
    """End the command with one line on the error stream."""
    click.echo(f"mystery: {reason}", err=True)
    sys.exit(1)
