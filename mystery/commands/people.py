"""`mystery create-company` and `mystery create-user`: accounts by one-time link, never with a password."""

from __future__ import annotations

from collections.abc import Callable

import click

from mystery.accounts import founding
from mystery.commands.application import open_application, stop


@click.command("create-company")
@click.argument("name")
@click.option("--administrator", required=True, metavar="EMAIL", help="Who is to run it.")
@click.option("--time-zone", default="Europe/Moscow", show_default=True)
def create_company(name: str, administrator: str, time_zone: str) -> None:
    """Found a company NAME and print the link with which its first administrator signs up."""
    print_link(lambda: founding.create_company(name, administrator=administrator, time_zone=time_zone))


@click.command("create-user")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", required=True, help="auditor, lead, manager, hr or administrator")
@click.option("--unit", required=True, help="Code, name or id of the unit that the role reaches.")
@click.option("--language", type=click.Choice(["ru", "en"]), default="ru", show_default=True)
def create_user(email: str, name: str, role: str, unit: str, language: str) -> None:
    """Offer EMAIL an account and print the one-time link."""
    print_link(lambda: founding.create_user(email, name=name, role=role, unit=unit, language=language))


def print_link(found: Callable[[], str]) -> None:
    """Run inside the application and print the link, or one line that says what is wrong."""
    with open_application():
        try:
            click.echo(found())
        except founding.FoundingError as error:
            stop(str(error))
