"""`mystery worker`: processes that open the application and do what was asked for."""

from __future__ import annotations

import time
from dataclasses import replace

from flask import Flask
from sqlalchemy import select

from mystery.commands.worker import hire_crew
from mystery.database import db, only_reading
from mystery.models import Job, JobState
from mystery.printouts.printed_facts import print_folder
from mystery.storage import media_store
from tests.cast import Cast
from tests.factories import make_submitted_visit

PATIENCE = 60.0


def test_it_prints_a_visit_that_was_sent(app: Flask, cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    settings = replace(app.config["MYSTERY"])
    until = time.monotonic() + PATIENCE
    with hire_crew(settings, 1):
        while read_state() != JobState.DONE.value and time.monotonic() < until:
            time.sleep(0.1)
    assert read_state() == JobState.DONE.value
    (key,) = media_store().list_under(print_folder(visit))
    assert (media_store().get(key) or b"").startswith(b"%PDF")


def read_state() -> str:
    """The state of the one job there is."""
    with only_reading():
        return db.session.scalars(select(Job.state)).one()
