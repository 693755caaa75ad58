"""A worker that only waits, in a module that imports next to nothing: its process begins with this import."""

from __future__ import annotations

import threading


def wait_to_be_told(stopping: threading.Event) -> None:
    """Wait until the crew is over."""
    stopping.wait(60)
