"""Reading a drawn chart back: its shapes by class, and where they stand."""

from collections.abc import Iterator
from html.parser import HTMLParser


class DrawingReader(HTMLParser):
    """Collects every element of a drawing as its tag and attributes, and the text by the class around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        self._open.append(attributes.get("class", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((next((name for name in reversed(self._open) if name), ""), data.strip()))


def read_drawing(drawing: str) -> DrawingReader:
    """Read a drawing; raises IndexError where it closes what it did not open."""
    reader = DrawingReader()
    reader.feed(drawing)
    return reader


def find_shapes(drawing: str, name: str) -> Iterator[dict[str, str]]:
    """The attributes of every element of a class, in the order drawn."""
    for _, attributes in read_drawing(drawing).elements:
        if name in attributes.get("class", "").split():
            yield attributes


def find_texts(drawing: str, name: str) -> list[str]:
    """The texts that stand directly in elements of a class, in order."""
    return [text for around, text in read_drawing(drawing).texts if name in around.split()]


def read_share(length: str) -> float:
    """A length of the drawing as a share of 1."""
    assert length.endswith("%"), length
    return float(length[:-1]) / 100
