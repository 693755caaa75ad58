"""Many reports: two worker processes against one, memory, a killed worker, and downloads of what is printed.

The reports are of the demonstration's visits, in each language of their readers, printed ahead by the workers
of `mystery worker` as after a submission. Rates are taken from the moments at which jobs ended, without the
first tenth, in which processes start. Memory is that of the one worker, once after fifty jobs and at the end.
The take-over is the time from the kill of a worker with a report in hand until another one begins it again.
Downloads are asked for one after another from `mystery run` as a process of its own, over one connection;
each is written down durably before its bytes leave.

MYSTERY_BENCHMARK_REPORTS says how many jobs (100; 1000 takes a quarter of an hour on a quiet machine). Where
the demonstration has fewer visits, they are copied to other days first.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import UUID

from flask import Flask
from sqlalchemy import delete, func, select

from benchmarks.figures import Figure, Figures, find_p95, measure_load, read_megabytes
from benchmarks.multiplication import multiply_visits
from benchmarks.pages import READER, build_company
from benchmarks.phone_site import COOKIE, PhoneSite, Server, find_free_port
from benchmarks.site import DATABASE, close_site, open_site, sign_in
from checklists.loading import load_library_checklist
from mystery.commands.worker import hire_crew
from mystery.database import db, only_reading
from mystery.jobs.asking import ask_for_printing
from mystery.jobs.claims import LEASE
from mystery.jobs.crew import Crew
from mystery.models import Job, JobState, Visit, VisitState
from mystery.settings import read_settings

REPORTS: Final = int(os.environ.get("MYSTERY_BENCHMARK_REPORTS", "100"))
WARMED_UP: Final = 50
DOWNLOADS: Final = 200
PATIENCE: Final = 3600.0
LOOK: Final = 0.05


def run() -> Figures:
    """Print, kill and download in a copy of the demonstration each, and return the figures."""
    with tempfile.TemporaryDirectory() as name:
        origin = Path(name, "origin")
        paths = build_company(origin)
        provide_visits(origin)
        folders = {part: Path(name, part) for part in ("one", "two", "killed")}
        for folder in folders.values():
            shutil.copytree(origin, folder)
        one, memory = print_all(folders["one"], processes=1)
        two, _none = print_all(folders["two"], processes=2)
        return {
            "one_process": Figure(round(one, 2), "jobs/s"),
            "two_processes": Figure(round(two, 2), "jobs/s"),
            "two_to_one": Figure(round(two / one, 2), "ratio", target=">= 1.8"),
            **tell_memory(memory),
            **measure_take_over(folders["killed"]),
            **measure_downloads(origin, paths["pdf_cached"]),
            "load": measure_load(),
        }


def print_all(folder: Path, *, processes: int) -> tuple[float, dict[int, float]]:
    """Return jobs a second, and the megabytes of one worker by the number of jobs that had ended."""
    app = open_site(folder)
    ask_for_reports(app, REPORTS)
    memory: dict[int, float] = {}

    def look(crew: Crew) -> bool:
        ended = count_jobs(app, JobState.DONE)
        if processes == 1 and crew.list_process_ids():
            memory[ended] = read_megabytes("VmRSS", crew.list_process_ids()[0])
        return ended == REPORTS

    wait_for(folder, processes, look)
    with app.app_context(), only_reading():
        moments = sorted(each for each in db.session.scalars(select(Job.ended_at)) if each is not None)
    close_site(app)
    counted = moments[REPORTS // 10 :]
    return (len(counted) - 1) / (counted[-1] - counted[0]).total_seconds(), memory


def provide_visits(folder: Path) -> None:
    """Copy the demonstration's visits until each job has one of its own."""
    app = open_site(folder)
    with app.app_context():
        sent = select(func.count()).where(Visit.state == VisitState.SUBMITTED.value)
        visits = db.session.scalar(sent) or 0
    close_site(app)
    if visits < REPORTS:
        multiply_visits(folder / DATABASE, times=-(-REPORTS // visits))


def ask_for_reports(app: Flask, count: int) -> None:
    """Write down so many jobs, one a visit, and no others; raises ValueError without enough visits."""
    with app.app_context():
        db.session.execute(delete(Job))
        sent = select(Visit.id).where(Visit.state == VisitState.SUBMITTED.value).order_by(Visit.id)
        visits: list[UUID] = list(db.session.scalars(sent.limit(count)))
        if len(visits) < count:
            raise ValueError(f"the demonstration has {len(visits)} visits only")
        for visit in visits:
            ask_for_printing(visit, "benchmark")
        db.session.commit()


def wait_for(folder: Path, processes: int, is_over: Callable[[Crew], bool]) -> None:
    """Keep workers at work until it is over; raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE
    with hire_crew(read_settings({"MYSTERY_DATA_DIR": str(folder)}), processes) as crew:
        while not is_over(crew):
            if time.monotonic() > deadline:
                raise TimeoutError("the workers did not come to an end")
            time.sleep(LOOK)


def count_jobs(app: Flask, state: JobState, *, tries: int = 0) -> int:
    """Return how many jobs are in a state, and were claimed more often than ``tries``."""
    with app.app_context(), only_reading():
        wanted = select(func.count()).where(Job.state == state.value, Job.attempts > tries)
        return db.session.scalar(wanted) or 0


def tell_memory(memory: dict[int, float]) -> dict[str, Figure]:
    """Return how much a worker grew once it had printed for a while."""
    warm = memory[min(memory, key=lambda ended: abs(ended - min(WARMED_UP, REPORTS // 2)))]
    last = memory[max(memory)]
    reference = (
        f"from {warm:.0f} MB after {min(WARMED_UP, REPORTS // 2)} jobs to {last:.0f} MB after {REPORTS}"
    )
    return {"memory_growth": Figure(round(last - warm, 1), "MB", target="<= 5 over 300", reference=reference)}


def measure_take_over(folder: Path) -> dict[str, Figure]:
    """Kill a worker that has a job in hand, and wait until another takes it."""
    app = open_site(folder)
    ask_for_reports(app, 1)
    killed = taken = 0.0

    def look(crew: Crew) -> bool:
        nonlocal killed, taken
        if not killed and count_jobs(app, JobState.RUNNING):
            killed = time.monotonic()
            os.kill(crew.list_process_ids()[0], signal.SIGKILL)
        taken = time.monotonic()
        return count_jobs(app, JobState.RUNNING, tries=1) + count_jobs(app, JobState.DONE, tries=1) > 0

    wait_for(folder, 1, look)
    close_site(app)
    target = f"<= {LEASE.total_seconds() + 3:g}, the lease and 3"
    return {"take_over": Figure(round(taken - killed, 1), "s", target=target)}


def measure_downloads(folder: Path, path: str) -> dict[str, Figure]:
    """Ask a server for a printed report again and again; returns the median and the 95th percentile."""
    app = open_site(folder)
    cookie = sign_in(app, READER).get_cookie(COOKIE)
    assert cookie is not None, "somebody who is signed in has a cookie"
    close_site(app)
    site = PhoneSite(folder, find_free_port(), load_library_checklist("shop-visit"), path, cookie.value)
    server = Server(site)
    try:
        line = http.client.HTTPConnection("127.0.0.1", site.port)
        seconds = [download(line, site) for _ in range(DOWNLOADS + 20)][20:]
    finally:
        server.kill()
    return {
        "download": Figure(round(1000 * statistics.median(seconds), 2), "ms", target="<= 5"),
        "download_p95": Figure(round(1000 * find_p95(seconds), 2), "ms"),
    }


def download(line: http.client.HTTPConnection, site: PhoneSite) -> float:
    """Return the seconds from the question until the last byte; raises ValueError for what is no report."""
    begun = time.perf_counter()
    line.request("GET", site.path, headers={"Cookie": f"{COOKIE}={site.cookie}"})
    answer = line.getresponse()
    content = answer.read()
    seconds = time.perf_counter() - begun
    if answer.status != 200 or not content.startswith(b"%PDF"):
        raise ValueError(f"the download answered {answer.status}")
    return seconds
