"""Handlers: who does which kind of job, as wired in mystery/app.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, current_app

from mystery.jobs.running import RunningJob

Handle = Callable[[RunningJob], Mapping[str, Any]]


@dataclass(frozen=True)
class Handler:
    """Does one kind of job.

    ``handle`` returns the result, plain values for JSON. What it wrote to the database and did not commit is
    committed together with the end of the job, or not at all; everything else it does must bear being done
    twice. ``sweep`` is called now and then and takes away what nobody needs any more; it commits.
    """

    kind: str
    handle: Handle
    sweep: Callable[[], None] | None = None


def init_jobs(app: Flask, handlers: Sequence[Handler], sweeps: Sequence[Callable[[], None]] = ()) -> None:
    """Let the workers of ``app`` do these kinds of jobs, and now and then sweep what no job left behind."""
    app.extensions["jobs"] = {handler.kind: handler for handler in handlers}
    own = [handler.sweep for handler in handlers if handler.sweep is not None]
    app.extensions["sweeps"] = (*own, *sweeps)


def current_handlers() -> dict[str, Handler]:
    """The handlers of the running application by kind."""
    return cast(dict[str, Handler], current_app.extensions["jobs"])


def current_sweeps() -> tuple[Callable[[], None], ...]:
    """Everything that takes away what nobody needs any more; each commits."""
    return cast(tuple[Callable[[], None], ...], current_app.extensions["sweeps"])
