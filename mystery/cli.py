"""The command line: `mystery`. Commands on files need no database; the others open the application."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module

import click

from mystery.settings import SettingsError

# Loaded only when asked for: `mystery score` starts in a tenth of the time that Flask and pandas need.
COMMANDS = {
    "check": "checklists.command:check",
    "score": "checklists.command:score",
    "schema": "checklists.command:schema",
    "report": "reports.command:report",
    "verify": "reports.command:verify",
    "compare": "reports.compare_command:compare",
    "run": "mystery.commands.serving:run",
    "worker": "mystery.commands.worker:worker",
    "phone": "mystery.commands.phone.command:phone",
    "db": "mystery.commands.database:db",
    "demo": "mystery.commands.demonstration:demo",
    "create-company": "mystery.commands.people:create_company",
    "create-user": "mystery.commands.people:create_user",
    "import": "mystery.commands.directory:import_directory",
    "import-trainings": "mystery.commands.trainings:import_trainings",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=LazyGroup)
@click.version_option(package_name="mystery-audit")
def mystery() -> None:
    """Mystery-shopper audits: checklists, scores, reports and the application around them."""


def main(entry: Callable[[], object] = mystery) -> None:
    """Run the command line; a wrong setting is one clear line, not a stack trace."""
    try:
        entry()
    except SettingsError as error:
        click.echo(f"mystery: {error}", err=True)
        sys.exit(2)
