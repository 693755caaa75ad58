"""Our own templates read as XML, which they are: that takes a tenth of the time of reading HTML."""

from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

ROW: Final = "tr"


def read_markup(text: str) -> Element:
    """Read a document that a template of this package has written; raises ParseError for what is no XML.

    Elements are closed, drawings name their namespace, and attributes have quotes. Rows that stand in a table
    directly get the body around them that HTML thinks there; without one they are not read aloud as rows.
    """
    # Every text of a person is escaped by the templates, and nothing here is fetched or expanded.
    root = ElementTree.fromstring(text)  # noqa: S314
    for table in root.iter("table"):
        if table.find(ROW) is not None:
            _wrap_rows(table)
    return root


def _wrap_rows(table: Element) -> None:
    children, table[:] = list(table), []
    body: Element | None = None
    for child in children:
        if child.tag != ROW:
            body = None
            table.append(child)
            continue
        if body is None:
            body = ElementTree.SubElement(table, "tbody")
        body.append(child)
