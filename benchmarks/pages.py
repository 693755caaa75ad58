"""The list of visits, a visit, its PDF and the comparison over 20,000 visits: the demonstration times 40.

Every page is asked for as the head office's HR, through the whole application, on the demonstration as it is
built and on forty times as many visits with their 850,000 answers, in turns; what is printed is the larger
one, with the smaller as its reference. "Cached" is a report that has been printed before. Memory is that of
a new process that has served every page three times.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from flask.testing import FlaskClient
from sqlalchemy import select

from benchmarks.figures import Figure, Figures, measure_interleaved, read_megabytes
from benchmarks.multiplication import multiply_visits
from benchmarks.site import DATABASE, close_site, lay_site, open_site, sign_in
from mystery.access.scopes import load_reach
from mystery.comparisons.queries import ComparisonScope, list_checklists, read_staff
from mystery.database import db
from mystery.demonstration.building import build_demonstration
from mystery.models import Employee, Unit, User, Visit, VisitState
from mystery.visits.queries import VisitFilter, list_visits

TIMES: Final = 40
TODAY: Final = date(2026, 11, 20)
READER: Final = "hr@demo.example"
REGION: Final = "R1"
LIGHT_ROUNDS: Final = 15
HEAVY_ROUNDS: Final = 5
HEAVY: Final = frozenset({"comparison_region", "comparison_company", "csv_company", "xlsx_company"})
TARGETS: Final = {"pdf_cached": "<= 5 ms", "comparison_company": "<= 200 ms (issue 5)"}


def run() -> Figures:
    """Build the demonstration, multiply it, measure every page on both and return the figures."""
    with tempfile.TemporaryDirectory() as name:
        once, many = Path(name, "once"), Path(name, "many")
        paths = build_company(once)
        shutil.copytree(once, many)
        rows = multiply_visits(many / DATABASE, times=TIMES)
        check_growth(count_shown(once), count_shown(many), times=TIMES)
        seconds = measure_pages({"once": once, "many": many}, paths)
        figures = {page: make_figure(page, seconds) for page in paths}
        memory = {folder.name: measure_memory(folder, list(paths.values())) for folder in (once, many)}
    figures["rows"] = Figure(rows["answer"], "answers", reference=f"{rows['visit']} visits, drafts included")
    for key, megabytes in memory["many"].items():
        figures[key] = Figure(megabytes, "MB", reference=f"x1: {memory['once'][key]:g} MB")
    return figures


def build_company(folder: Path) -> dict[str, str]:
    """Build the demonstration in ``folder``; returns the address of every page that is measured."""
    app = lay_site(folder)
    with app.app_context():
        build_demonstration(today=TODAY, passphrase=secrets.token_urlsafe())
        sent = select(Visit.id).where(Visit.state == VisitState.SUBMITTED.value)
        visit = db.session.scalars(sent.order_by(Visit.visited_on.desc()).limit(1)).one()
        region = db.session.scalars(select(Unit.id).where(Unit.code == REGION)).one()
        name = db.session.scalars(select(Employee.name).order_by(Employee.name).limit(1)).one()
    close_site(app)
    return {
        "list_first": "/visits/",
        "list_page_100": "/visits/?page=100",
        "list_unit": f"/visits/?unit={region}",
        "list_text": f"/visits/?{urlencode({'text': name.lower()})}",
        "list_unit_and_text": f"/visits/?{urlencode({'unit': region, 'text': name.lower()})}",
        "visit_page": f"/visits/{visit}",
        "pdf_cached": f"/visits/{visit}/report.pdf",
        "comparison_region": f"/comparison/?unit={region}",
        "comparison_company": "/comparison/",
        "csv_company": "/comparison/staff.csv",
        "xlsx_company": "/comparison/staff.xlsx",
    }


def count_shown(folder: Path) -> dict[str, int]:
    """Return how many visits the list and the comparisons of a site speak of."""
    app = open_site(folder)
    with app.app_context():
        reach = load_reach(db.session.scalars(select(User.id).where(User.email == READER)).one())
        region = db.session.scalars(select(Unit.id).where(Unit.code == REGION)).one()
        chosen = list_checklists(reach)[0]
        company, part = (
            len(read_staff(reach, ComparisonScope(chosen.company_id, chosen.checklist_id, unit)).visits)
            for unit in (None, region)
        )
        shown = {
            "list": list_visits(reach, VisitFilter(), 1).total,
            "list of a region": list_visits(reach, VisitFilter(unit_id=region), 1).total,
            "comparison": company,
            "comparison of a region": part,
        }
    close_site(app)
    return shown


def check_growth(once: dict[str, int], many: dict[str, int], *, times: int) -> None:
    """Raise ValueError unless every page speaks of exactly ``times`` as many visits, and of some."""
    expected = {name: times * count for name, count in once.items()}
    if many != expected or not all(once.values()):
        raise ValueError(f"the pages should speak of {expected} visits and speak of {many}")


def measure_pages(folders: dict[str, Path], paths: dict[str, str]) -> dict[str, float]:
    """Return the median seconds of each "page once" and "page many"; both sites live in this process."""
    sites = {size: open_site(folder) for size, folder in folders.items()}
    browsers = {size: sign_in(app, READER) for size, app in sites.items()}
    seconds: dict[str, float] = {}
    for is_heavy, rounds in ((False, LIGHT_ROUNDS), (True, HEAVY_ROUNDS)):
        subjects = {
            f"{page} {size}": partial(open_page, browser, path)
            for page, path in paths.items()
            if (page in HEAVY) == is_heavy
            for size, browser in browsers.items()
        }
        seconds |= measure_interleaved(subjects, rounds=rounds)
    for app in sites.values():
        close_site(app)
    return seconds


def open_page(browser: FlaskClient, path: str) -> None:
    """Ask for a page and read it to its end; raises ValueError when it is not shown."""
    response = browser.get(path)
    if response.status_code != 200 or not response.data:
        raise ValueError(f"{path} answered {response.status}")


def make_figure(page: str, seconds: dict[str, float]) -> Figure:
    """Return the time on the multiplied data beside the time on the demonstration."""
    many, once = (1000 * seconds[f"{page} {size}"] for size in ("many", "once"))
    reference = f"x1: {once:.1f} ms, so {many / once:.1f} times as long for {TIMES} times the visits"
    return Figure(round(many, 1), "ms", target=TARGETS.get(page), reference=reference)


def measure_memory(folder: Path, paths: list[str]) -> dict[str, float]:
    """Return the megabytes of a new process that has served these pages; empty where it cannot be read."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        weighed = pool.submit(serve_and_weigh, folder, paths).result()
    return {key: megabytes for key, megabytes in weighed.items() if megabytes}


def serve_and_weigh(folder: Path, paths: list[str]) -> dict[str, float]:
    """Serve every page three times and return what the process then holds and held at most, in MB."""
    browser = sign_in(open_site(folder), READER)
    for path in 3 * paths:
        open_page(browser, path)
    return {"memory_after": round(read_megabytes("VmRSS")), "memory_peak": round(read_megabytes("VmHWM"))}
