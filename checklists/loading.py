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
from checklists.documents import Document, NodePath, read_document
from checklists.faults import describe_faults
from checklists.library_files import LIBRARY, read_text_file
from checklists.mending import mend_checklist
from checklists.problems import Place, Problem, describe_problems, report_problem

MAX_PROBLEMS = 200


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
    return (None, _place_problems(problems, name, document)) if problems else (checklist, [])


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


def _place_problems(problems: list[Problem], name: str, document: Document) -> list[Problem]:
    """Add the file and the lines, and bring the problems into the order of the file."""
    paths = _index_paths(document.data)
    placed = [
        problem.at(file=name, line=problem.place.line or document.line_of(_find_path(problem.place, paths)))
        for problem in problems[:MAX_PROBLEMS]
    ]
    placed.sort(key=lambda problem: problem.place.line or 0)
    if len(problems) > MAX_PROBLEMS:
        placed.append(report_problem("more_problems", Place(file=name), count=len(problems) - MAX_PROBLEMS))
    return placed


def _index_paths(data: Any) -> dict[tuple[str, str], NodePath]:
    """Return where every section and question stands; of several equal ids the last, the one to change."""
    paths: dict[tuple[str, str], NodePath] = {}
    for number, section in enumerate(_entries(data, "sections")):
        paths["section", str(section.get("id"))] = ("sections", number)
        for count, question in enumerate(_entries(section, "questions")):
            paths["question", str(question.get("id"))] = ("sections", number, "questions", count)
    return paths


def _find_path(place: Place, paths: dict[tuple[str, str], NodePath]) -> NodePath:
    kind = "section" if place.question is None else "question"
    holder = paths.get((kind, str(place.question or place.section)), ())
    fields = place.field.split(".") if place.field else []
    return (*holder, *(int(part) - 1 if part.isdecimal() else part for part in fields))


def _entries(holder: Any, name: str) -> list[dict[str, Any]]:
    entries = holder.get(name) if isinstance(holder, dict) else None
    return (
        [entry if isinstance(entry, dict) else {} for entry in entries] if isinstance(entries, list) else []
    )
