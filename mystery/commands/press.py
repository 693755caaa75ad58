"""The life of the press: a process that opens the application and prints what the server asks for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection

from flask import Flask

from mystery.app import create_app
from mystery.jobs.worker import limit_memory
from mystery.printouts.press import PressProcess, serve_press
from mystery.printouts.printing import init_press
from mystery.settings import Settings

# Somebody waits for this report, but everybody waits for the server.
NICENESS = 5


@contextmanager
def open_press(app: Flask, settings: Settings) -> Iterator[None]:
    """Let another process render for ``app`` while the ``with`` block lasts."""
    press = PressProcess(partial(live_as_press, settings))
    init_press(app, press)
    try:
        yield
    finally:
        press.close()


def live_as_press(settings: Settings, pipe: Connection) -> None:
    """The whole life of the process."""
    os.nice(NICENESS)
    limit_memory()
    serve_press(create_app(settings), pipe)
