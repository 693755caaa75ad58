"""What the method page is made of: parts, and chapters each with an anchor that other pages link to."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Table:
    """A small table: the first cell of a row names it, the others stand under the heads."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chapter:
    """One thing explained: the words, an example with computed figures, and the formula for who wants it."""

    anchor: str
    title: str
    paragraphs: tuple[str, ...]
    example: tuple[str, ...] = ()
    table: Table | None = None
    picture: Markup | None = None
    formula: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """Chapters that belong together."""

    title: str
    chapters: tuple[Chapter, ...]
