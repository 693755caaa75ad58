"""Authoring: publishing checklist versions and the notice given to staff."""

from __future__ import annotations

from mystery.authoring.views import library, notices, reading, recording, scenarios, writing
from mystery.authoring.views.blueprint import blueprint

__all__ = ["blueprint", "library", "notices", "reading", "recording", "scenarios", "writing"]
