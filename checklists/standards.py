"""The corporate service standards of the library: clauses with a code and a meaning revision."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StringConstraints

from checklists.definition import Id, StandardReference
from checklists.library_files import LIBRARY, read_library_file
from checklists.localtext import LocalText

StandardCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,7}-[0-9]{2,3}$")]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    code: StandardCode
    revision: Annotated[StrictInt, Field(ge=1, le=999)]
    title: LocalText
    text: LocalText
    best: LocalText
    practice: LocalText


class StandardsFile(BaseModel):
    """One file of the library: the standards of one criterion."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    criterion: Id
    title: LocalText
    standards: tuple[_Entry, ...] = Field(min_length=1, max_length=100)


class _Uncovered(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    standard: StandardReference
    reason: LocalText


class UncoveredFile(BaseModel):
    """The standards that no checklist of the library cites, each with the reason."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    uncovered: tuple[_Uncovered, ...] = ()


class Standard(_Entry):
    """One clause: what is expected (`text`), what its best looks like, and one thing to practise."""

    criterion: Id
    criterion_title: LocalText

    @property
    def reference(self) -> str:
        """How a question cites the clause: "GR-01@1"."""
        return f"{self.code}@{self.revision}"


@cache
def load_standards() -> dict[str, Standard]:
    """Return the standards of the library by reference. Raises ValueError for a faulty or repeated entry."""
    standards: dict[str, Standard] = {}
    for path in list_standards_files():
        for standard in load_standards_file(path):
            if standard.reference in standards:
                raise ValueError(f"{path.name}: {standard.reference} is defined twice")
            standards[standard.reference] = standard
    return standards


def load_uncovered() -> dict[str, LocalText]:
    """Return why no checklist cites some standards, by reference. Raises ValueError for a faulty file."""
    content = read_library_file(LIBRARY / "uncovered.yaml", UncoveredFile)
    return {entry.standard: entry.reason for entry in content.uncovered}


def list_standards_files() -> list[Path]:
    """Return the files that hold standards, one a criterion."""
    return sorted((LIBRARY / "standards").glob("*.yaml"))


def load_standards_file(path: Path) -> list[Standard]:
    """Return the standards of one file. Raises ValueError with every problem of the file."""
    content = read_library_file(path, StandardsFile)
    return [
        Standard(criterion=content.criterion, criterion_title=content.title, **dict(entry))
        for entry in content.standards
    ]
