"""Differences between what a file says and what follows from the rest of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from checklists.localtext import LocalText

MOST_SHOWN: Final = 200
ANOTHER: Final = LocalText(ru="другое", en="another")
NONE: Final = LocalText(ru="ничего", en="none")


@dataclass(frozen=True)
class Difference:
    """Something that is not as it was printed; ``place`` is a path in the record, or a place in the PDF.

    ``found`` is what the file says and ``expected`` what follows from the rest of it: a value of the
    file is a text as it stands there, words of ours are in both languages.
    """

    place: str
    found: str | LocalText
    expected: str | LocalText


def compare(place: str, found: object, expected: object) -> Iterator[Difference]:
    """Name every place at which two JSON values differ, be it only in the type of a figure."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for name in sorted({*found, *expected}, key=str):
            yield from compare(f"{place}.{name}", found.get(name), expected.get(name))
    elif isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        for index, (one, other) in enumerate(zip(found, expected, strict=True)):
            yield from compare(f"{place}[{_name_entry(other, index)}]", one, other)
    elif found != expected or type(found) is not type(expected):
        yield Difference(place, show_value(found), show_value(expected))


def show_value(value: object) -> str:
    """A value as a difference shows it, a dash for none."""
    return "–" if value is None else str(value)[:MOST_SHOWN]


def _name_entry(entry: object, index: int) -> str:
    return str(entry["id"]) if isinstance(entry, dict) and "id" in entry else str(index)
