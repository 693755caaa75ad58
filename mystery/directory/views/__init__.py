"""The pages of the directory, in a file each for units, employees, their steps, and the import."""

from __future__ import annotations

from mystery.directory.views import employees, imports, steps, units
from mystery.directory.views.blueprint import blueprint

__all__ = ["blueprint", "employees", "imports", "steps", "units"]
