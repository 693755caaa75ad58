"""`mystery run`: serve the application through waitress."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

import click
import structlog
import waitress

from mystery.capture.phone.sweeping import sweep_unfinished
from mystery.commands.application import open_application
from mystery.commands.press import open_press
from mystery.commands.worker import MOST_PROCESSES, hire_crew
from mystery.settings import Settings, current_settings
from reports.collector import set_aside_what_is_loaded

log = structlog.get_logger(__name__)

# The default of 100 connections made 200 phones wait 18 s; a connection is cheap, a thread is not.
SERVER_OPTIONS: dict[str, Any] = {
    "threads": 8,
    "connection_limit": 2000,
    # The slowest request, in seconds.
    "channel_timeout": 60,
    "ident": None,
}


@click.command()
@click.option(
    "--workers",
    type=click.IntRange(0, MOST_PROCESSES),
    default=1,
    show_default=True,
    help="Worker processes beside the server; 0 where `mystery worker` runs on its own.",
)
def run(workers: int) -> None:
    """Serve the application on MYSTERY_HOST:MYSTERY_PORT until Ctrl-C or SIGTERM."""
    with open_application() as app:
        settings = current_settings()
        clear_up()
    announce(settings)
    signal.signal(signal.SIGTERM, end_serving)
    with open_press(app, settings), hire_crew(settings, workers):
        set_aside_what_is_loaded()
        waitress.serve(app, host=settings.host, port=settings.port, **SERVER_OPTIONS)


def end_serving(_signal: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C does, so that the workers put back what they have in hand."""
    raise KeyboardInterrupt


def clear_up() -> None:
    """Sweep away what no phone goes on with; a sweep that fails keeps nobody from working."""
    try:
        sweep_unfinished()
    except Exception as error:
        log.error("sweeping failed", exc_info=error)


def announce(settings: Settings) -> None:
    """Say where the application answers, and how a phone reaches it."""
    click.echo(f"Mystery answers at {settings.public_url} (Ctrl-C stops it)")
    if not settings.https:
        click.echo("On a phone it needs HTTPS: `make phone` opens it to phones in your own network,")
        click.echo("deploy/README.md gives it a public name with automatic certificates.")
