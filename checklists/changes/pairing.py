"""Which entry of the new version is which entry of the old one, and which of them changed their place."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from checklists.localtext import LocalText


class Named(Protocol):
    """An entry with an id: a section, a question, an option, a band of results."""

    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=Named)


@dataclass(frozen=True)
class Pairing(Generic[Entry]):
    """The entries of two versions: `old_of` gives the earlier self of a new entry by the new entry's id."""

    old_of: dict[str, Entry]
    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]

    @property
    def new_ids(self) -> dict[str, str]:
        """The new id of every kept entry by its old id."""
        return {old.id: new_id for new_id, old in self.old_of.items()}


def pair_entries(
    olds: Iterable[Entry], news: Iterable[Entry], *, text: Callable[[Entry], LocalText]
) -> Pairing[Entry]:
    """Match entries by id; what is left over is the same entry under a new id if its text is the same.

    Only a text that is unique on both sides tells who is who.
    """
    olds, news = tuple(olds), tuple(news)
    by_id = {old.id: old for old in olds}
    old_of = {new.id: by_id[new.id] for new in news if new.id in by_id}
    lost = _index_by_text((old for old in olds if old.id not in old_of), text)
    found = _index_by_text((new for new in news if new.id not in old_of), text)
    old_of |= {new.id: lost[words] for words, new in found.items() if words in lost}
    kept = {old.id for old in old_of.values()}
    return Pairing(
        old_of,
        added=tuple(new for new in news if new.id not in old_of),
        removed=tuple(old for old in olds if old.id not in kept),
    )


def find_moved(old_order: Sequence[str], new_order: Sequence[str]) -> list[str]:
    """Return the fewest names that must move to bring the common names from the old order into the new."""
    position = {name: number for number, name in enumerate(old_order)}
    common = [name for name in new_order if name in position]
    staying = set(_find_longest_rise([position[name] for name in common]))
    return [name for name in common if position[name] not in staying]


def _index_by_text(entries: Iterable[Entry], text: Callable[[Entry], LocalText]) -> dict[LocalText, Entry]:
    entries = tuple(entries)
    uses = Counter(text(entry) for entry in entries)
    return {text(entry): entry for entry in entries if uses[text(entry)] == 1}


def _find_longest_rise(numbers: Sequence[int]) -> list[int]:
    """Return a longest rising part of different numbers (patience sorting with links back)."""
    tops: list[int] = []
    link: dict[int, int | None] = {}
    for number in numbers:
        pile = bisect_left(tops, number)
        link[number] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [number]
    rise: list[int] = []
    last = tops[-1] if tops else None
    while last is not None:
        rise.append(last)
        last = link[last]
    return rise[::-1]
