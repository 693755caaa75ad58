"""Logos that were tried and never set are cleared away after a month; what reports have or had stays."""

from __future__ import annotations

import os
import time

from mystery.access.scopes import load_reach
from mystery.branding.actions import keep_logo, set_look
from mystery.branding.queries import Look, has_logo, name_logo
from mystery.branding.sweeping import KEPT_FOR, sweep_tried_logos
from mystery.jobs.handlers import current_sweeps
from mystery.settings import current_settings
from tests.branding.logos import draw_logo
from tests.cast import Cast


def hand_in(cast: Cast, fill: str) -> str:
    """The digest of a logo that our lead tries."""
    digest = keep_logo(load_reach(cast.ours.users["lead"]), cast.ours.company, draw_logo(fill=fill))
    assert isinstance(digest, str)
    return digest


def grow_old(cast: Cast, *digests: str) -> None:
    """Let logos have been handed in more than a month ago."""
    moment = time.time() - KEPT_FOR.total_seconds() - 60
    for digest in digests:
        os.utime(current_settings().media_dir / name_logo(cast.ours.company, digest), (moment, moment))


def test_it_clears_away_what_was_only_tried(cast: Cast) -> None:
    reach = load_reach(cast.ours.users["lead"])
    tried, recent, former, current = (
        hand_in(cast, fill) for fill in ("#111111", "#222222", "#333333", "#444444")
    )
    for digest in (former, current):
        set_look(reach, cast.ours.company, Look(digest, ""))
    grow_old(cast, tried, former, current)
    sweep_tried_logos()
    kept = {digest for digest in (tried, recent, former, current) if has_logo(cast.ours.company, digest)}
    assert kept == {recent, former, current}, "what was set once can be set again"


def test_it_counts_the_month_from_the_last_trial(cast: Cast) -> None:
    digest = hand_in(cast, "#111111")
    grow_old(cast, digest)
    hand_in(cast, "#111111")
    sweep_tried_logos()
    assert has_logo(cast.ours.company, digest)


def test_it_is_done_by_the_workers(cast: Cast) -> None:
    assert sweep_tried_logos in current_sweeps()
