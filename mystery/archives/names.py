"""The names of reports in an archive: readable, safe on every system, and no two alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

LONGEST_PART: Final = 60
KEPT_SIGNS: Final = " -_.,()№«»"
# Windows takes none of these as a name, whatever the extension.
RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)


@dataclass(frozen=True)
class PackedVisit:
    """A visit as far as the name of its report tells; there is no auditor in it."""

    visit_id: UUID
    visited_on: date
    unit: str
    employee: str | None


def name_reports(visits: Iterable[PackedVisit]) -> list[tuple[PackedVisit, str]]:
    """The visits in the order of the archive, each with "Place, 2026-11-05, Employee.pdf"."""
    ordered = sorted(
        visits, key=lambda visit: (visit.unit, visit.visited_on, visit.employee or "", visit.visit_id)
    )
    taken: set[str] = set()
    named = []
    for visit in ordered:
        parts = (visit.unit, visit.visited_on.isoformat(), visit.employee or "")
        stem = ", ".join(part for part in map(tidy_name, parts) if part)
        name = _find_free(stem, taken)
        # Some file systems do not tell capital letters from small ones.
        taken.add(name.casefold())
        named.append((visit, f"{name}.pdf"))
    return named


def tidy_name(text: str) -> str:
    """A part of a file name without anything that a file system or an archive program could trip over."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(letter if letter.isalnum() or letter in KEPT_SIGNS else "_" for letter in composed)
    short = " ".join(kept.split())[:LONGEST_PART].strip(" .")
    return f"_{short}" if short.casefold().split(".")[0] in RESERVED else short


def _find_free(stem: str, taken: set[str]) -> str:
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem} ({number})"
    return name
