"""Finding the member of staff whom a line or a row means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from mystery.tables.cells import fold_cell

CONTROL_WORDS = ("control", "not trained", "контроль", "контрольная", "контрольная группа", "без обучения")


@dataclass(frozen=True)
class Candidate:
    """A member of staff who may be meant; ``email`` is that of his account, where he has one."""

    id: UUID
    code: str | None
    name: str
    email: str | None = None


class PersonFinder:
    """Finds a member of staff by personnel number, by e-mail or, where only one has it, by name."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._codes: dict[str, Candidate] = {}
        self._emails: dict[str, Candidate] = {}
        self._names: defaultdict[str, list[Candidate]] = defaultdict(list)
        for each in candidates:
            self._names[fold_cell(each.name)].append(each)
            if each.code:
                self._codes[fold_cell(each.code)] = each
            if each.email:
                self._emails[fold_cell(each.email)] = each

    def find_code(self, text: str) -> Candidate | None:
        """Who has this personnel number."""
        return self._codes.get(fold_cell(text))

    def find_email(self, text: str) -> Candidate | None:
        """Whose account has this e-mail."""
        return self._emails.get(fold_cell(text))

    def find_namesakes(self, text: str) -> list[Candidate]:
        """Everybody of this name."""
        return self._names.get(fold_cell(text), [])


def is_control(text: str) -> bool:
    """Whether a cell puts somebody into the group to compare with."""
    return fold_cell(text) in CONTROL_WORDS


def may_be_called(person: Candidate, name: str) -> bool:
    """Whether a written name can be this person's: the words of one are all among those of the other."""
    written, known = (set(fold_cell(text).split()) for text in (name, person.name))
    return written <= known or known <= written
