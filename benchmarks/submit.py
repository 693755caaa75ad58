"""Submitting a visit of 50 answers: the whole request and the action, against answers inserted row by row.

The request is the capture form as a browser posts it, through the whole application over a SQLite file: it
saves the draft and sends the visit, each with a durable commit. The action is `submit_visit` alone. The
references send visits in the same database in turns, and differ only in how they insert the answers: with
the ORM, flushed row by row or handed over together. The insertion alone is rolled back each time.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch
from uuid import UUID

from flask import Flask
from werkzeug.test import encode_multipart

from benchmarks.bureau import Bureau, count_rows, open_bureau
from benchmarks.figures import Figure, Figures, find_p95, time_interleaved
from benchmarks.questionnaire import QUESTIONS, write_form
from benchmarks.site import close_site, lay_site
from checklists.answers import parse_sheet
from checklists.scoring import score_visit
from mystery.capture.actions import Submitted, submit_visit
from mystery.database import db
from mystery.models import Answer, SignInAttempt, Visit, VisitState
from mystery.sheets import frozen_visit

ROUNDS: Final = 150
WAYS: Final = ("request", "action", "row_by_row", "together")
Rows = list[dict[str, Any]]
Insertion = Callable[[UUID, Rows], None]


def run() -> Figures:
    """Send visits in each way in turns and return medians, 95th percentiles and ratios."""
    return measure_submit(rounds=ROUNDS)


def measure_submit(*, rounds: int) -> Figures:
    """Measure with so many rounds; raises ValueError when a visit or an answer was lost on the way."""
    sent = len(WAYS) * (rounds + 1)
    with tempfile.TemporaryDirectory() as folder:
        app = lay_site(Path(folder))
        bureau = open_bureau(app, drafts=sent + 1)
        times = time_interleaved(list_subjects(bureau), rounds=rounds)
        stored = count_rows(app, Visit, Visit.state == VisitState.SUBMITTED.value), count_rows(app, Answer)
        close_site(app)
    if stored != (sent, sent * QUESTIONS):
        raise ValueError(f"{sent} visits were sent, but {stored[0]} with {stored[1]} answers are there")
    return make_figures(times)


def list_subjects(bureau: Bureau) -> dict[str, Callable[[], object]]:
    """Return everything that is timed; each of the ways takes a new draft from the pile each time."""
    form = encode_multipart(write_form(bureau.checklist, bureau.raw))
    as_it_is = frozen_visit._insert_answers
    rows, draft = list_rows(bureau), bureau.drafts.pop()
    return {
        "request": partial(send_form, bureau, *form),
        "action": partial(send_visit, bureau, as_it_is),
        "row_by_row": partial(send_visit, bureau, insert_row_by_row),
        "together": partial(send_visit, bureau, insert_together),
        "insertion": partial(insert_and_forget, bureau.app, as_it_is, draft, rows),
        "insertion_row_by_row": partial(insert_and_forget, bureau.app, insert_row_by_row, draft, rows),
        "commit": partial(commit_row, bureau.app),
    }


def send_form(bureau: Bureau, boundary: str, body: bytes) -> None:
    """Post the page of a draft with "send" pressed; raises ValueError unless the visit is accepted."""
    address = f"/capture/{bureau.drafts.pop()}/{bureau.version_id}"
    response = bureau.browser.post(
        address,
        data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    if response.status_code != 303 or not response.location.endswith("/sent"):
        raise ValueError(f"{address} answered {response.status}")


def send_visit(bureau: Bureau, insertion: Insertion) -> None:
    """Submit a draft, its answers inserted in this way; raises ValueError unless it is accepted."""
    with bureau.app.app_context(), patch.object(frozen_visit, "_insert_answers", insertion):
        result = submit_visit(bureau.reach, bureau.drafts.pop(), bureau.raw)
    if not isinstance(result, Submitted):
        raise ValueError(result)


def insert_row_by_row(visit_id: UUID, rows: Rows) -> None:
    """Insert answers as a loop does that saves each object."""
    for row in rows:
        db.session.add(make_answer(visit_id, row))
        db.session.flush()


def insert_together(visit_id: UUID, rows: Rows) -> None:
    """Insert answers as objects that the ORM writes in one go."""
    db.session.add_all([make_answer(visit_id, row) for row in rows])
    db.session.flush()


def make_answer(visit_id: UUID, row: Mapping[str, Any]) -> Answer:
    """Return one answer as an object of the ORM."""
    points = {name: Fraction(row[name]) for name in ("earned", "possible")}
    return Answer(visit_id=visit_id, **{**row, **points})


def list_rows(bureau: Bureau) -> Rows:
    """Return the answers of a visit as they are handed to the insertion."""
    sheet, _problems = parse_sheet(bureau.checklist, bureau.raw)
    return frozen_visit.list_answer_rows(bureau.checklist, sheet, score_visit(bureau.checklist, sheet))


def insert_and_forget(app: Flask, insertion: Insertion, visit_id: UUID, rows: Rows) -> None:
    """Insert the answers and take them back."""
    with app.app_context():
        insertion(visit_id, rows)
        db.session.rollback()


def commit_row(app: Flask) -> None:
    """Write one small row durably: what a commit costs on this machine, whatever is in it."""
    with app.app_context():
        db.session.add(SignInAttempt(subject="benchmark"))
        db.session.commit()


def make_figures(times: Mapping[str, Sequence[float]]) -> Figures:
    """Return what is printed."""
    median = {name: statistics.median(seconds) for name, seconds in times.items()}
    # The target is that of 200 phones at once; one alone has to keep it all the more.
    targets = {"request": "<= 50 ms"}
    figures: dict[str, Figure] = {}
    for way in WAYS:
        figures[f"{way}_median"] = make_time(median[way])
        figures[f"{way}_p95"] = make_time(find_p95(times[way]), targets.get(way))
    figures["action_to_row_by_row"] = make_ratio(median, "action", "row_by_row")
    figures["action_to_together"] = make_ratio(median, "action", "together")
    for name in ("insertion", "insertion_row_by_row", "commit"):
        figures[name] = make_time(median[name])
    figures["insertion_to_row_by_row"] = make_ratio(median, "insertion", "insertion_row_by_row")
    return figures


def make_time(seconds: float, target: str | None = None) -> Figure:
    """Return a time in milliseconds."""
    return Figure(round(1000 * seconds, 2), "ms", target=target)


def make_ratio(median: Mapping[str, float], name: str, reference: str) -> Figure:
    """Return how much of the reference's time something takes."""
    words = f"{reference}, same run: {1000 * median[reference]:.2f} ms"
    return Figure(round(median[name] / median[reference], 3), "ratio", target="< 1", reference=words)
