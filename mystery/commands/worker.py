"""`mystery worker`: the processes that do what outlives a request."""

from __future__ import annotations

import os
import signal
import threading
from functools import partial

import click

from mystery.app import create_app
from mystery.commands.application import open_application
from mystery.jobs.crew import Crew
from mystery.jobs.worker import limit_memory, run_worker
from mystery.settings import Settings, current_settings

# Nobody waits for a worker as for a page: the server goes first.
NICENESS = 10
MOST_PROCESSES = 64


@click.command()
@click.option(
    "--processes",
    type=click.IntRange(1, MOST_PROCESSES),
    default=os.cpu_count() or 1,
    show_default="one a core",
    help="How many jobs are done at once.",
)
def worker(processes: int) -> None:
    """Print reports ahead and pack archives until Ctrl-C or SIGTERM; a job in hand is put back."""
    with open_application():
        settings = current_settings()
    stopped = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda _signal, _frame: stopped.set())
    with hire_crew(settings, processes):
        click.echo(f"{processes} worker{'s' if processes > 1 else ''} at work (Ctrl-C stops)")
        stopped.wait()
    click.echo("Stopped.")


def hire_crew(settings: Settings, processes: int) -> Crew:
    """So many worker processes for an application with these settings."""
    return Crew(partial(live_as_worker, settings), processes)


def live_as_worker(settings: Settings, stopping: threading.Event) -> None:
    """The whole life of one worker process."""
    os.nice(NICENESS)
    limit_memory()
    run_worker(create_app(settings), stopping)
