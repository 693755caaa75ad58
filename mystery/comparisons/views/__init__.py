"""Comparisons: the staff of a unit and period, side by side."""

from __future__ import annotations

from mystery.comparisons.views import exports, pairs, people, pictures, prints, staff
from mystery.comparisons.views.blueprint import blueprint

__all__ = ["blueprint", "exports", "pairs", "people", "pictures", "prints", "staff"]
