"""`python -m tests.torture --visits 200 --seed 1`: the long form, which prints what it did and what broke."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from random import SystemRandom

from playwright.sync_api import sync_playwright

from tests.torture.run import Outcome, Run

MINUTES = 60.0


def main() -> int:
    """Carry a seed out; 1 when a promise was broken or the time ran out."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--visits", type=int, default=200, help="how many visits (200)")
    parser.add_argument("--seed", type=int, help="what to replay; a new seed unless given")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="stop the schedule after so long (60)")
    parser.add_argument("--short-only", action="store_true", help="leave the long checklists out")
    parser.add_argument("--folder", type=Path, help="keep database, profile and logs here")
    wanted = parser.parse_args()
    seed = wanted.seed if wanted.seed is not None else SystemRandom().randrange(10**6)
    folder = wanted.folder or Path(tempfile.mkdtemp(prefix="torture-"))
    folder.mkdir(parents=True, exist_ok=True)
    print(f"seed {seed}, {wanted.visits} visits, everything is kept in {folder}", flush=True)
    with sync_playwright() as playwright:
        run = Run(seed, wanted.visits, folder, playwright.chromium)
        steps = run.write_steps(long=not wanted.short_only)
        outcome = run.carry_out(steps, minutes=wanted.minutes, say=lambda line: print(line, flush=True))
    print("\n".join(describe(outcome)), f"trace: {folder / 'trace.txt'}", sep="\n")
    return 1 if outcome.failures or outcome.is_cut_short else 0


def describe(outcome: Outcome) -> list[str]:
    """The counts, and each broken promise with the command that replays it."""
    lines = [f"actions: {_list_counts(outcome.counts)}", f"outcomes: {_list_counts(outcome.outcomes)}"]
    for failure in outcome.failures:
        where = "" if failure.visit is None else f"visit {failure.visit} "
        lines.append(f"BROKEN {where}{failure.text}")
    for visit in sorted({each.visit for each in outcome.failures if each.visit is not None})[:3]:
        lines += [f"--- visit {visit}", *(text for number, text in outcome.trace if number in (visit, -1))]
    lines.append(
        f"seed {outcome.seed}: {outcome.visits} visits, {outcome.gestures} gestures, {outcome.acknowledged} "
        f"acknowledged, {len(outcome.failures)} promises broken, {outcome.seconds:.0f} s"
        + (", CUT SHORT" if outcome.is_cut_short else "")
    )
    lines.append(f"replay: python -m tests.torture --visits {outcome.visits} --seed {outcome.seed}")
    return lines


def _list_counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


if __name__ == "__main__":
    sys.exit(main())
