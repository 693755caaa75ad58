"""Handlers: who does which kind of job, as wired in mystery/app.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, current_app

from mystery.jobs.running import RunningJob

Handle = Callable[[RunningJob], Mapping[str, Any]]
Sweep = Callable[[], None]
"""Takes away what nobody needs any more, and commits; each is called every few minutes."""


@dataclass(frozen=True)
class Handler:
    """Does one kind of job.

    ``handle`` returns the result, plain values for JSON. What it wrote to the database and did not commit is
    committed together with the end of the job, or not at all; everything else it does must bear being done
    twice.
    """

    kind: str
    handle: Handle


def init_jobs(app: Flask, handlers: Sequence[Handler], sweeps: Sequence[Sweep] = ()) -> None:
    """Let the workers of ``app`` do these kinds of jobs, and now and then sweep."""
    app.extensions["jobs"] = {handler.kind: handler for handler in handlers}
    app.extensions["sweeps"] = tuple(sweeps)


def current_handlers() -> dict[str, Handler]:
    """The handlers of the running application by kind."""
    return cast(dict[str, Handler], current_app.extensions["jobs"])


def current_sweeps() -> tuple[Sweep, ...]:
    """The sweeps of the running application."""
    return cast(tuple[Sweep, ...], current_app.extensions["sweeps"])
