"""From an uploaded file to sheets of text: guards first, then the worker in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mystery
from mystery.tables import limits
from mystery.tables.faults import Fault, TableReason, fault
from mystery.tables.guards import recognise_file

PACKAGES = Path(mystery.__file__).parent.parent
WORKER = "mystery.tables.worker"
# The worker counts processor time itself; this also ends one that sleeps or is starved.
PATIENCE_SECONDS = limits.WORKER_SECONDS + 15


@dataclass(frozen=True)
class Sheet:
    """A table of text: rows that hold anything, each with its number as the spreadsheet shows it."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    formula_rows: tuple[int, ...] = ()


def read_file(content: bytes) -> str | Fault:
    """The sheets of an uploaded file as JSON, or the Fault that says why not; never raises for content."""
    kind = recognise_file(content)
    return kind if isinstance(kind, Fault) else run_worker(kind, content)


def read_path(path: Path) -> str | Fault:
    """The sheets of a file on disk; raises OSError."""
    with path.open("rb") as file:
        return read_file(file.read(limits.MOST_FILE_BYTES + 1))


def run_worker(kind: str, content: bytes) -> str | Fault:
    """The worker's answer (JSON of the sheets), or why there is none."""
    try:
        # The command is this very Python and a module of ours: nothing of it comes from outside.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-P", "-s", "-m", WORKER, kind],
            input=content,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            env={"PYTHONPATH": str(PACKAGES), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        return fault(TableReason.FILE_TOO_DEMANDING)
    if done.returncode != 0:
        # It ran into a limit; whatever it said is not worth trusting.
        return fault(TableReason.FILE_TOO_DEMANDING)
    answer = done.stdout.decode("utf-8")
    if answer.startswith('{"refusal"'):
        refusal = json.loads(answer)
        return fault(TableReason(refusal["refusal"]), **refusal["details"])
    return answer


def load_sheets(text: str) -> list[Sheet]:
    """Sheets from the JSON in which read_file gives them, and in which a checked file is kept."""
    return [_load_sheet(sheet) for sheet in json.loads(text)["sheets"]]


def _load_sheet(sheet: dict[str, Any]) -> Sheet:
    rows = tuple((number, tuple(cells)) for number, cells in sheet["rows"])
    return Sheet(sheet["name"], rows, tuple(sheet["formulas"]))
