"""What people got wrong: a code, the place, and a sentence that says how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from checklists.localtext import Language
from checklists.problem_texts import CATALOGUE, PLACE_WORDS

__all__ = ["CATALOGUE", "Detail", "Place", "Problem", "describe_problems", "report_problem"]

Detail = str | int


@dataclass(frozen=True)
class Place:
    """Where a problem is: as much as is known of file, line, section, question and field."""

    file: str | None = None
    section: str | None = None
    question: str | None = None
    field: str | None = None
    line: int | None = None

    def describe(self, language: Language) -> str:
        """Return "shop.yaml, line 12, section greeting, question wait, field weight", or an empty text."""
        parts = [] if self.file is None else [self.file]
        for name in ("line", "section", "question", "field"):
            value = getattr(self, name)
            if value is not None:
                parts.append(f"{PLACE_WORDS[name].in_language(language)} {value}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `details` fill the gaps of the catalogue's sentence."""

    code: str
    place: Place = Place()
    details: tuple[tuple[str, Detail], ...] = ()

    def message(self, language: Language) -> str:
        """Say what is wrong and how to mend it, without the place."""
        return CATALOGUE[self.code].in_language(language).format(**dict(self.details))

    def at(self, **place: str | int | None) -> "Problem":
        """Return the same problem with more of its place known."""
        return replace(self, place=replace(self.place, **place))  # type: ignore[arg-type]  # The names are Place's fields.


def report_problem(code: str, place: Place | None = None, /, **details: Detail) -> Problem:
    """Make a problem; a code the catalogue does not have is a programmer's error and raises KeyError."""
    if code not in CATALOGUE:
        raise KeyError(code)
    return Problem(code, place or Place(), tuple(sorted(details.items())))


def describe_problems(problems: Iterable[Problem], language: Language) -> list[str]:
    """Return one line a problem: its place, then what to mend."""
    lines = []
    for problem in problems:
        place = problem.place.describe(language)
        lines.append(f"{place}: {problem.message(language)}" if place else problem.message(language))
    return lines
