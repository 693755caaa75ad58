"""What a benchmark reports, and how it measures: medians of interleaved runs on a described machine."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CPU_INFO = Path("/proc/cpuinfo")


@dataclass(frozen=True)
class Figure:
    """One measured figure; `target` is what we hold ourselves to, `reference` what it is compared with."""

    value: float
    unit: str
    target: str | None = None
    reference: str | None = None


Figures = Mapping[str, Figure]


def time_interleaved(subjects: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each run of each subject, run in turns so that a busy machine slows all alike.

    Each subject runs once before the clock starts.
    """
    for subject in subjects.values():
        subject()
    times: dict[str, list[float]] = {name: [] for name in subjects}
    for _ in range(rounds):
        for name, subject in subjects.items():
            begun = time.perf_counter()
            subject()
            times[name].append(time.perf_counter() - begun)
    return times


def measure_interleaved(subjects: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """Return the median seconds of each subject of ``time_interleaved``."""
    times = time_interleaved(subjects, rounds=rounds)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def find_p95(seconds: Sequence[float]) -> float:
    """Return the time that 95 of 100 runs do not exceed; it takes at least two runs."""
    return statistics.quantiles(seconds, n=20)[-1]


def measure_load(*, target: str | None = None) -> Figure:
    """How busy the machine was: every time is longer on one that has other work."""
    load = round(os.getloadavg()[0], 1)
    return Figure(load, "tasks", target=target, reference="at work or waiting for a core in this minute")


def read_megabytes(name: str, process: int | str = "self") -> float:
    """Return one figure of a process's memory, such as VmRSS; 0 where the system does not tell it."""
    status = Path(f"/proc/{process}/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), 0.0)


def describe_machine() -> dict[str, str | int]:
    """Describe what the figures were measured on, without naming the machine."""
    lines = CPU_INFO.read_text(encoding="utf-8").splitlines() if CPU_INFO.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "processor": models[0] if models else platform.machine(),
        "cores": os.cpu_count() or 1,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }
