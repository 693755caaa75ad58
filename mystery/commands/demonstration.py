"""`mystery demo`: build the demonstration company into an empty database."""

from __future__ import annotations

import time

import click

from mystery.clock import now
from mystery.commands.application import open_application, stop
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
    with open_application():
        if current_settings().environment == "production":
            stop("the demonstration shares one pass phrase among its people; it is not for production.")
        passphrase = keep_passphrase(current_settings().data_dir)
        if not once or is_empty():
            build(passphrase)
        announce(passphrase)


def build(passphrase: str) -> None:
    """Build and say what was built and how long it took."""
    click.echo("Building the demonstration company (once; half a minute, longer on a busy machine)")
    started = time.monotonic()
    try:
        built = build_demonstration(today=now().date(), passphrase=passphrase)
    except DatabaseInUse:
        stop("the database is in use; the demonstration needs an empty one.")
    seconds = time.monotonic() - started
    click.echo(f"{built.staff} employees, {built.visits} visits, {built.photos} photos in {seconds:.0f} s")


def announce(passphrase: str) -> None:
    """Print who can sign in."""
    click.echo(f"Demonstration sign-ins, all with the pass phrase {passphrase}")
    for role, name, email in list_sign_ins():
        click.echo(f"  {email:26} {role}{f', {name}' if name else ''}")
