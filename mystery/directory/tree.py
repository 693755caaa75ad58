"""The organisation as a tree: its order on a page, what lies below what, and what may hang where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar
from uuid import UUID

# A company is level 1. At 33 characters a level 15 would fit in a path; ten is more than any chain has.
DEEPEST_LEVEL = 10


class Node(Protocol):
    """Anything with an id, a parent and a name."""

    @property
    def id(self) -> UUID: ...
    @property
    def parent_id(self) -> UUID | None: ...
    @property
    def name(self) -> str: ...


AnyNode = TypeVar("AnyNode", bound=Node)


def natural_key(name: str) -> list[tuple[int, str]]:
    """A sorting key in which "Shop 9" stands before "Shop 10", and capitals do not matter."""
    parts = re.split(r"(\d{1,18})", name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts if part]


def walk_tree(nodes: Iterable[AnyNode]) -> Iterator[tuple[int, AnyNode]]:
    """Each node with its level (from 0), parents before children, siblings by name.

    A node whose parent is not among ``nodes`` is a root: somebody who reaches only a region sees
    a tree that begins there.
    """
    nodes = list(nodes)
    known = {node.id for node in nodes}
    children: defaultdict[UUID | None, list[AnyNode]] = defaultdict(list)
    for node in sorted(nodes, key=lambda node: natural_key(node.name), reverse=True):
        children[node.parent_id if node.parent_id in known else None].append(node)
    waiting = [(0, node) for node in children[None]]
    while waiting:
        level, node = waiting.pop()
        yield level, node
        waiting.extend((level + 1, child) for child in children[node.id])


def trail_names(nodes: Iterable[AnyNode]) -> dict[UUID, tuple[str, ...]]:
    """For each node the names from its root down to itself."""
    trails: dict[UUID, tuple[str, ...]] = {}
    for _level, node in walk_tree(nodes):
        above = trails.get(node.parent_id, ()) if node.parent_id else ()
        trails[node.id] = (*above, node.name)
    return trails


def climb(unit: UUID, parents: Mapping[UUID, UUID | None]) -> list[UUID] | None:
    """The units from ``unit`` up to its root, itself first; None when the way leads in a circle."""
    way = [unit]
    seen = {unit}
    above = parents.get(unit)
    while above is not None:
        if above in seen:
            return None
        seen.add(above)
        way.append(above)
        above = parents.get(above)
    return way


def lies_in_circle(unit: UUID, parents: Mapping[UUID, UUID | None]) -> bool:
    """Whether the way up from ``unit`` comes back to it."""
    seen: set[UUID] = set()
    above = parents.get(unit)
    while above is not None and above != unit and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return above == unit


def join_path(way: Iterable[UUID]) -> str:
    """The ``path`` column of a unit, from its climb (itself first)."""
    return "/" + "".join(f"{unit.hex}/" for unit in reversed(list(way)))
