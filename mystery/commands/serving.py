"""`mystery run`: serve the application through waitress."""

from __future__ import annotations

import click
import waitress

from mystery.commands.application import open_application
from mystery.settings import Settings, current_settings

THREADS = 8
# The default of 100 connections made 200 phones wait 18 s; a connection is cheap, a thread is not.
MOST_CONNECTIONS = 2000
SLOWEST_REQUEST_SECONDS = 60


@click.command()
def run() -> None:
    """Serve the application on MYSTERY_HOST:MYSTERY_PORT until Ctrl-C."""
    with open_application() as app:
        settings = current_settings()
    announce(settings)
    waitress.serve(
        app,
        host=settings.host,
        port=settings.port,
        threads=THREADS,
        connection_limit=MOST_CONNECTIONS,
        channel_timeout=SLOWEST_REQUEST_SECONDS,
        ident=None,
    )


def announce(settings: Settings) -> None:
    """Say where the application answers."""
    click.echo(f"Mystery answers at {settings.public_url} (Ctrl-C stops it)")
