"""The review desk: what waits for the programme lead, one visit, his decisions, and emergency files."""

from __future__ import annotations

from mystery.review.views import corrections, decisions, desk, media, rescue, versions
from mystery.review.views.blueprint import blueprint

__all__ = ["blueprint", "corrections", "decisions", "desk", "media", "rescue", "versions"]
