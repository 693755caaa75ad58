"""Chance in the demonstration: it falls the same way in every build."""

from __future__ import annotations

from random import Random


def make_chance(seed: int | str) -> Random:
    """A generator that draws the same each time; one of its own leaves what others draw as it was."""
    return Random(seed)  # noqa: S311  # A simulation, not a secret.
