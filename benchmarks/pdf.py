"""A warm visit report as PDF beside the same content from plain WeasyPrint, Chromium, Typst and ReportLab.

The content is a visit on the library's shop checklist with four photos. Everybody prints the same ten visits
in turns, and every word of the content is looked for in every program's PDF. What is compared:

- warm: our report, in a process that has printed before, with photos as the upload prepares them.
- plain: the very page that we print, handed to WeasyPrint as in the first lines of its documentation: the
  style sheet inside the page, fonts set up for each report, photos as the phone sent them; PDF/A-3a with the
  record attached, as ours is.
- simple: a page as somebody who knows the web would write it first: the same words in fewer boxes, flex rows,
  and nothing of what look.md asks for (simple_report.html); printed as plainly.
- chromium: the simple page with prepared photos, by a browser that is up already, with tags and bookmarks.
- typst, reportlab: the same words with prepared photos (rival_printers.py). They are no part of Mystery: make
  an environment with `typst` and `reportlab` and name its interpreter in MYSTERY_BENCHMARK_PYTHON.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from weasyprint import HTML, Attachment

from benchmarks.figures import Figure, Figures, measure_interleaved, measure_load
from benchmarks.paper import Paper, lay_paper, prepare_photo
from benchmarks.printed_visit import make_report
from benchmarks.report_content import check_words
from benchmarks.rivals import PACKAGES, MissingProgram, Printer, open_chromium, open_package
from checklists.localtext import Language
from reports.pdf import ARCHIVAL, render_visit_pdf

ROUNDS: Final = 9
VISITS: Final = ROUNDS + 1  # nobody prints a visit twice: some programs remember what they have laid out
LANGUAGE: Final[Language] = "ru"
OURS: Final = "warm"
TARGETS: Final = {"plain": "<= 0.25", "chromium": "<= 1.3"}


def run() -> Figures:
    """Print the same visits with every program in turns and return the medians."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as programs:
        folder = Path(name)
        own = {OURS: print_ours, "plain": print_plainly, "simple": print_simply}
        printers = {
            program: programs.enter_context(open_process(printer)) for program, printer in own.items()
        }
        missing = open_rivals(printers, programs)
        papers = [lay_paper(make_report(number), LANGUAGE, folder, number=number) for number in range(VISITS)]
        sizes = {program: check_print(program, printer, folder) for program, printer in printers.items()}
        subjects = {program: take_turns(printer, papers) for program, printer in printers.items()}
        seconds = measure_interleaved(subjects, rounds=ROUNDS)
    return make_figures(seconds, sizes, missing)


@contextmanager
def open_process(printer: Printer) -> Iterator[Printer]:
    """Give a printer a process of its own, as the other programs have: a busy machine favours what slept."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        yield lambda paper: process.submit(printer, paper).result()


def open_rivals(printers: dict[str, Printer], programs: ExitStack) -> list[str]:
    """Add the other programs that are there to the printers; returns which are not, and why."""
    missing = []
    for rival in ("chromium", *PACKAGES):
        opened = open_chromium() if rival == "chromium" else open_package(rival)
        try:
            printers[rival] = programs.enter_context(opened)
        except MissingProgram as reason:
            missing.append(f"{rival}: {reason}")
    return missing


def check_print(program: str, printer: Printer, folder: Path) -> int:
    """Print a visit that is not measured; returns its bytes, and raises ValueError when words are missing."""
    paper = lay_paper(make_report(VISITS), LANGUAGE, folder, number=VISITS)
    pdf = printer(paper)
    check_words(program, pdf, paper.content)
    return len(pdf)


def take_turns(printer: Printer, papers: list[Paper]) -> Callable[[], object]:
    """Return what prints the next of the visits each time it is called."""
    turns = cycle(papers)
    return lambda: printer(next(turns))


def print_ours(paper: Paper) -> bytes:
    """Print a visit the way the application does."""
    return render_visit_pdf(paper.report, LANGUAGE, load_photo=prepare_photo)


def print_plainly(paper: Paper) -> bytes:
    """Print our own page the way the first lines of WeasyPrint's documentation do."""
    return _print(paper.plain_page, paper)


def print_simply(paper: Paper) -> bytes:
    """Print a first version's page in the same way."""
    return _print(paper.simple_page, paper)


def _print(page: Path, paper: Paper) -> bytes:
    record = Attachment(string=paper.content["record"], name="visit.json")
    pdf = HTML(filename=page).write_pdf(pdf_variant=ARCHIVAL, attachments=[record])
    if not isinstance(pdf, bytes):
        raise TypeError("WeasyPrint gave no bytes although no target was named")
    return pdf


def make_figures(seconds: Mapping[str, float], sizes: Mapping[str, int], missing: list[str]) -> Figures:
    """Return the milliseconds of each program, ours as a part of each, and what could not be compared."""
    figures = {program: Figure(round(1000 * each, 1), "ms") for program, each in seconds.items()}
    for program in [each for each in seconds if each != OURS]:
        ratio = round(seconds[OURS] / seconds[program], 3)
        figures[f"{OURS}_to_{program}"] = Figure(ratio, "ratio", target=TARGETS.get(program))
    for program, size in sizes.items():
        figures[f"{program}_size"] = Figure(round(size / 1000), "kB")
    figures["load"] = measure_load()
    if missing:
        figures["missing"] = Figure(len(missing), "programs", reference="; ".join(missing))
    return figures
