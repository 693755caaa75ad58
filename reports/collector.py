"""Python's collector of rubbish, which need not look among what is all in use."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let Python look for rubbish once, at the end, and not all the time among things that are all in use.

    The search took a sixth of the time of a report. It is one for the whole process, so that threads of a
    server collect nothing for this while either.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect(0)


def set_aside_what_is_loaded() -> None:
    """Have Python never look for rubbish among what is there now: a server's code stays as long as it runs.

    Looking through all of it takes a tenth of a second, and somebody's page waits for it.
    """
    gc.collect()
    gc.freeze()
