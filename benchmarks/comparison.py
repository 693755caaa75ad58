"""The comparison page at 1,100, 5,000 and 20,000 visits: the first time, with the fit, and from then on.

The shop visits of the demonstration are copied together with their shops and employees, so that a larger
company has more people and not only more visits of the same; auditors and regions stay. The first time is
that of a process that has read nothing yet: it reads the visits, scores two versions of the checklist on what
they share, fits the model and draws the page. Visits on other checklists lie in the same tables and have to
be passed over. Times are medians of interleaved rounds.
"""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import Final

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from benchmarks.figures import Figure, Figures, measure_interleaved
from benchmarks.multiplication import multiply_visits
from benchmarks.pages import READER, REGION, build_company, open_page
from benchmarks.site import DATABASE, close_site, open_site, sign_in
from mystery.access.scopes import load_reach
from mystery.comparisons.queries import ComparisonScope, list_checklists, read_staff
from mystery.database import db
from mystery.models import Answer, ChecklistVersion, Unit, User, Visit
from reports.collector import set_aside_what_is_loaded

SIZES: Final = {"1x": 3, "4x": 13, "16x": 53}
"""How many times the demonstration's 377 shop visits: 1,131, 4,901 and 19,981 of them."""
LARGEST: Final = "16x"
ROUNDS: Final = {"first": 3, "warm": 9}
TARGETS: Final = {"first": "<= 1500 ms (issue 5)", "warm": "<= 200 ms (issue 5)"}


def run() -> Figures:
    """Build the three companies, ask each for its pages in turns and return the times with their growth."""
    with tempfile.TemporaryDirectory() as name:
        once = Path(name, "once")
        build_company(once)
        sites = {size: lay_company(once, Path(name, size), times=times) for size, times in SIZES.items()}
        counts = {size: count_company(app) for size, app in sites.items()}
        browsers = {size: sign_in(app, READER) for size, app in sites.items()}
        paths = list_pages(sites[LARGEST])
        set_aside_what_is_loaded()  # As the server does before the first request.
        subjects = {f"first {size}": partial(open_anew, sites[size], browsers[size]) for size in SIZES}
        seconds = measure_interleaved(subjects, rounds=ROUNDS["first"])
        subjects = {
            f"{page} {size}": partial(open_page, browsers[size], path)
            for page, path in paths.items()
            for size in SIZES
        }
        seconds |= measure_interleaved(subjects, rounds=ROUNDS["warm"])
        for app in sites.values():
            close_site(app)
    return make_figures(seconds, counts, ["first", *paths])


def lay_company(once: Path, folder: Path, *, times: int) -> Flask:
    """A company with so many times the shops, employees and visits of the demonstration."""
    shutil.copytree(once, folder)
    multiply_visits(folder / DATABASE, times=times, with_staff=True)
    return open_site(folder)


def list_pages(app: Flask) -> dict[str, str]:
    """What is asked for once the model is there; the copies share regions with the original."""
    with app.app_context():
        region = db.session.scalars(select(Unit.id).where(Unit.code == REGION)).one()
    return {
        "warm": "/comparison/",
        "warm_customer": "/comparison/?figure=customer",
        "warm_region": f"/comparison/?unit={region}",
        "warm_hidden": "/comparison/?names=hidden",
    }


def count_company(app: Flask) -> dict[str, int]:
    """How many visits, people and answers a comparison speaks of; raises ValueError where it has none."""
    with app.app_context():
        reach = load_reach(db.session.scalars(select(User.id).where(User.email == READER)).one())
        chosen = list_checklists(reach)[0]
        staff = read_staff(reach, ComparisonScope(chosen.company_id, chosen.checklist_id))
        answers = db.session.scalar(
            select(func.count())
            .select_from(Answer)
            .join(Visit, Visit.id == Answer.visit_id)
            .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
            .where(ChecklistVersion.checklist_id == chosen.checklist_id)
        )
    if not staff.visits:
        raise ValueError("there is nothing to compare")
    return {"visits": len(staff.visits), "people": len(staff.names), "answers": answers or 0}


def open_anew(app: Flask, browser: FlaskClient) -> None:
    """Ask for the page when no model is kept: models are kept for as long as the pool of connections."""
    with app.app_context():
        db.engine.dispose()
    open_page(browser, "/comparison/")


def make_figures(seconds: dict[str, float], counts: dict[str, dict[str, int]], pages: list[str]) -> Figures:
    """The times on the largest company, beside the smaller ones."""
    figures: dict[str, Figure] = {}
    for page in pages:
        times = {size: 1000 * seconds[f"{page} {size}"] for size in SIZES}
        smaller = ", ".join(f"{size}: {times[size]:.0f} ms" for size in SIZES if size != LARGEST)
        target = TARGETS["first" if page == "first" else "warm"]
        figures[page] = Figure(round(times[LARGEST], 1), "ms", target=target, reference=smaller)
    for key, unit in (("visits", "visits"), ("people", "people"), ("answers", "rows")):
        smaller = ", ".join(f"{size}: {counts[size][key]}" for size in SIZES if size != LARGEST)
        figures[key] = Figure(counts[LARGEST][key], unit, reference=smaller)
    return figures
