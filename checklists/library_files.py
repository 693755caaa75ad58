"""Files on disk: reading them with a bounded size, and the typed content files of the library."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from checklists.documents import MAX_FILE_BYTES, read_document
from checklists.faults import describe_faults
from checklists.problems import Place, Problem, describe_problems, report_problem

LIBRARY = Path(__file__).parent / "library"

Content = TypeVar("Content", bound=BaseModel)


def read_text_file(path: Path) -> tuple[str, Problem | None]:
    """Return the text of a UTF-8 file of bounded size, or an empty text and the problem."""
    place = Place(file=path.name)
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        return "", report_problem("file_missing", place)
    except (OSError, ValueError):
        # ValueError: the path itself holds a NUL character.
        return "", report_problem("file_closed", place)
    if len(content) > MAX_FILE_BYTES:
        return "", report_problem("file_too_large", place, limit=MAX_FILE_BYTES)
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return "", report_problem("file_encoding", place)


def read_library_file(path: Path, model: type[Content]) -> Content:
    """Return the typed content of a library file. Raises ValueError with every problem of it."""
    text, unreadable = read_text_file(path)
    document, problems = (None, [unreadable]) if unreadable else read_document(text, name=path.name)
    if document is not None and not problems:
        try:
            return model.model_validate(document.data)
        except ValidationError as error:
            for problem in describe_faults(error, document.data, model=model):
                fields = (problem.place.field or "").split(".")
                path_in_file = tuple(int(part) - 1 if part.isdecimal() else part for part in fields)
                line = document.line_of(path_in_file)
                problems.append(problem.at(file=path.name, line=line))
    raise ValueError("\n".join(describe_problems(problems, "en")))
