"""The short form of the torture: a few visits, every kind of trouble, and not one promise broken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.torture.__main__ import describe
from tests.torture.run import Run

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FIXED_SEED = 1
SEED_VARIABLE = "MYSTERY_TORTURE_SEED"
VISITS = 7
MINUTES = 2.0


def list_seeds() -> list[int]:
    """The fixed seed, and the one that somebody wants to be tried."""
    wanted = os.environ.get(SEED_VARIABLE)
    return [FIXED_SEED, *([int(wanted)] if wanted else [])]


@pytest.mark.parametrize("seed", list_seeds())
def test_it_loses_nothing_and_sends_each_visit_once(seed: int, chromium: Browser, tmp_path: Path) -> None:
    run = Run(seed, VISITS, tmp_path, chromium.browser_type)
    outcome = run.carry_out(run.write_steps(long=False), minutes=MINUTES, say=print)
    assert not outcome.failures, "\n".join(describe(outcome))
    assert not outcome.is_cut_short
    assert outcome.acknowledged > VISITS
