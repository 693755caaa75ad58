"""Reading checklists: YAML written by people, with all problems at once, and canonical JSON."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from checklists.checking import check_definition
from checklists.definition import Checklist
from checklists.documents import Document, read_document
from checklists.faults import describe_faults
from checklists.library_files import LIBRARY, read_text_file
from checklists.mending import mend_checklist
from checklists.problems import Place, Problem, describe_problems


@dataclass(frozen=True)
class LibraryEntry:
    """One checklist that comes with the product."""

    id: str
    path: Path


def read_checklist(text: str, *, name: str) -> tuple[Checklist | None, list[Problem]]:
    """Read a checklist from YAML or JSON text; `name` is the file's name for messages.

    Returns the checklist and no problems, or None and every problem of the text.
    """
    document, problems = read_document(text, name=name)
    if document is None:
        return None, problems
    try:
        checklist: Checklist | None = Checklist.model_validate(document.data)
    except ValidationError as error:
        problems += describe_faults(error, document.data)
        checklist = mend_checklist(document.data)
    if checklist is not None:
        problems += _without_echoes(check_definition(checklist), of=problems)
    placed = [_complete_place(problem, name, document) for problem in problems]
    placed.sort(key=lambda problem: problem.place.line or 0)
    return (None, placed) if placed else (checklist, [])


def read_checklist_file(path: Path) -> tuple[Checklist | None, list[Problem]]:
    """Read a checklist file; an unreadable file is a problem like any other."""
    text, problem = read_text_file(path)
    return (None, [problem]) if problem else read_checklist(text, name=path.name)


def checklist_to_json(checklist: Checklist) -> str:
    """Return the canonical JSON: sorted keys, no blanks, exact numbers; equal checklists give equal texts."""
    data = checklist.model_dump(mode="json", by_alias=True, exclude_none=True)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def checklist_from_json(text: str) -> Checklist:
    """Return the checklist kept as canonical JSON. Raises ValueError when the text is not one."""
    return Checklist.model_validate(json.loads(text, parse_float=Decimal))


def list_library() -> list[LibraryEntry]:
    """Return the checklists of the library in the order of their ids."""
    return [LibraryEntry(path.stem, path) for path in sorted((LIBRARY / "checklists").glob("*.yaml"))]


def load_library_checklist(checklist_id: str) -> Checklist:
    """Return one checklist of the library. Raises KeyError for an unknown id, ValueError for a bad file."""
    for entry in list_library():
        if entry.id == checklist_id:
            checklist, problems = read_checklist_file(entry.path)
            if checklist is None:
                raise ValueError("\n".join(describe_problems(problems, "en")))
            return checklist
    raise KeyError(checklist_id)


def _without_echoes(found: Iterable[Problem], *, of: list[Problem]) -> list[Problem]:
    """Drop what the mended file shows only because a field already reported was left out."""
    faulty = {(problem.place.question, _top_field(problem)) for problem in of}
    return [
        problem
        for problem in found
        if (problem.place.question, _top_field(problem)) not in faulty
        and (problem.place.question is None or (problem.place.question, "kind") not in faulty)
    ]


def _top_field(problem: Problem) -> str:
    return (problem.place.field or "").partition(".")[0]


def _complete_place(problem: Problem, name: str, document: Document) -> Problem:
    """Add the file and, where the problem has no line yet, the line of the part it names."""
    place = problem.place
    line = place.line or document.line_of(_find_path(document.data, place))
    return problem.at(file=name, line=line)


def _find_path(data: Any, place: Place) -> tuple[str | int, ...]:
    path: tuple[str | int, ...] = ()
    for section_number, section in enumerate(_entries(data, "sections")):
        if place.question is None and place.section is not None and section.get("id") == place.section:
            path = ("sections", section_number)
        for number, question in enumerate(_entries(section, "questions")):
            if place.question is not None and question.get("id") == place.question:
                # The last of several equal ids is the one to change.
                path = ("sections", section_number, "questions", number)
    fields = (place.field or "").split(".") if place.field else []
    return (*path, *(int(part) - 1 if part.isdecimal() else part for part in fields))


def _entries(holder: Any, name: str) -> list[dict[str, Any]]:
    entries = holder.get(name) if isinstance(holder, dict) else None
    return (
        [entry if isinstance(entry, dict) else {} for entry in entries] if isinstance(entries, list) else []
    )
