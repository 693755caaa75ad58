"""`mystery demo`: build the demonstration company into an empty database."""

from __future__ import annotations

import sys
import time

import click

from mystery.app import create_app
from mystery.clock import now
from mystery.demonstration.building import (
    DatabaseInUse,
    build_demonstration,
    is_empty,
    keep_passphrase,
    list_sign_ins,
)
from mystery.settings import current_settings


@click.command()
@click.option(
    "--once", is_flag=True, help="Do nothing when the database is already in use; print the sign-ins."
)
def demo(once: bool) -> None:
    """Build a chain of 12 shops with a year of visits, and print how to sign in."""
    app = create_app()
    with app.app_context():
        passphrase_file = current_settings().data_dir
        if not (once and not is_empty()):
            build(keep_passphrase(passphrase_file))
        announce(keep_passphrase(passphrase_file))


def build(passphrase: str) -> None:
    """Build and say what was built and how long it took."""
    click.echo("Building the demonstration company (once; under a minute)")
    started = time.monotonic()
    try:
        built = build_demonstration(today=now().date(), passphrase=passphrase)
    except DatabaseInUse:
        click.echo("mystery: the database is in use; the demonstration needs an empty one.", err=True)
        sys.exit(1)
    seconds = time.monotonic() - started
    click.echo(f"{built.staff} employees, {built.visits} visits, {built.photos} photos in {seconds:.0f} s")


def announce(passphrase: str) -> None:
    """Print who can sign in."""
    click.echo(f"Demonstration sign-ins, all with the pass phrase {passphrase}")
    for role, name, email in list_sign_ins():
        click.echo(f"  {email:26} {role}{f', {name}' if name else ''}")
