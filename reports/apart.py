"""Work in a thread of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def run_apart(work: Callable[[], Result]) -> Result:
    """Do what starts an event loop in a thread where none runs; its errors are raised here.

    Whoever signs or checks a file may be inside an event loop himself, and one refuses another.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()
