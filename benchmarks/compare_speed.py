"""Speed and memory of the fair comparison at 300, 3,000 and 30,000 staff, beside other programs.

Each fit runs in a process of its own, which says how long fitting took and how much memory it needed at most.
Ours includes the interval of everybody's fair score; the others fit alone. The others need packages that
are no part of Mystery: make an environment with `mixedlm` and `statsmodels` and name its interpreter in
MYSTERY_BENCHMARK_PYTHON. Where one is missing, or takes longer than a minute, its figures are left out.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.figures import Figure, Figures
from benchmarks.simulated_programme import Size, simulate_programme

SEED: Final = 20261122
VISITS: Final = 6
STAFF: Final = (300, 3_000, 30_000)
RIVALS_TIMEOUT: Final = 60.0
OWN_TIMEOUT: Final = 300.0
INTERPRETER: Final = "MYSTERY_BENCHMARK_PYTHON"
TARGET: Final = "<= 2x mixedlm"
# One thread each, so that programs are compared and not their numbers of threads.
ONE_THREAD: Final = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")}

MEASURE: Final = """
import csv, json, resource, sys, time
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
columns = {name: [row[name] for row in rows] for name in ("employee", "auditor", "shop")}
scores = [float(row["base"]) for row in rows]
%s
begun = time.perf_counter()
fit()
seconds = time.perf_counter() - begun
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
OURS: Final = """
from reports.crossed_design import Observations
from reports.crossed_model import fit_model
from reports.fair_scores import estimate_fair_scores
def fit():
    people = sorted(set(columns["employee"]))
    estimate_fair_scores(fit_model(Observations(scores, columns)), people).find_intervals()
"""
MIXEDLM: Final = """
import pandas, mixedlm
frame = pandas.DataFrame({"base": scores, **columns})
def fit():
    mixedlm.lmer("base ~ 1 + (1 | employee) + (1 | auditor) + (1 | shop)", frame)
"""
STATSMODELS: Final = """
import pandas, warnings
from statsmodels.regression.mixed_linear_model import MixedLM
warnings.simplefilter("ignore")
frame = pandas.DataFrame({"base": scores, "all": 1, **columns})
parts = {name: "0 + C(%s)" % name for name in columns}
def fit():
    MixedLM.from_formula("base ~ 1", groups="all", vc_formula=parts, re_formula="0", data=frame).fit()
"""
RIVALS: Final[Mapping[str, str]] = {"mixedlm": MIXEDLM, "statsmodels": STATSMODELS}


def run() -> Figures:
    """Return seconds and megabytes of each program at each size."""
    figures: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory() as folder:
        for staff in STAFF:
            table = write_programme(Path(folder) / f"{staff}.csv", staff)
            others = measure_rivals(table)
            reference = f"mixedlm {others['mixedlm'][0]:.2f} s" if "mixedlm" in others else None
            measured = measure(sys.executable, OURS, table, timeout=OWN_TIMEOUT)
            if measured is not None:
                figures[f"{staff}_ours_seconds"] = Figure(round(measured[0], 3), "s", TARGET, reference)
                figures[f"{staff}_ours_memory"] = Figure(round(measured[1]), "MB")
            for name, (seconds, memory) in others.items():
                figures[f"{staff}_{name}_seconds"] = Figure(round(seconds, 3), "s")
                figures[f"{staff}_{name}_memory"] = Figure(round(memory), "MB")
    return figures


def write_programme(path: Path, staff: int) -> Path:
    """Write a simulated programme with regional auditors: ten people a shop, and fifteen an auditor."""
    size = Size(people=staff, visits=VISITS, auditors=staff // 15, shops=staff // 10, regions=5)
    rows = simulate_programme(size, "regional", np.random.default_rng([SEED, staff])).observations
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*rows.random, "base"])
        writer.writerows(zip(*rows.random.values(), rows.scores, strict=True))
    return path


def measure_rivals(table: Path) -> dict[str, tuple[float, float]]:
    """Measure the other programs, as far as there is an interpreter that knows them."""
    interpreter = os.environ.get(INTERPRETER)
    if not interpreter:
        return {}
    measured = {
        name: measure(interpreter, source, table, timeout=RIVALS_TIMEOUT) for name, source in RIVALS.items()
    }
    return {name: figures for name, figures in measured.items() if figures is not None}


def measure(interpreter: str, source: str, table: Path, *, timeout: float) -> tuple[float, float] | None:
    """Return the seconds and megabytes of one fit; None where it fails or takes too long."""
    command = [interpreter, "-c", MEASURE.replace("%s", source, 1), str(table)]
    try:
        done = subprocess.run(  # noqa: S603  # Interpreters that whoever runs the benchmark names.
            command, capture_output=True, timeout=timeout, check=True, env={**os.environ, **ONE_THREAD}
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    seconds, memory = json.loads(done.stdout)
    return float(seconds), float(memory)
