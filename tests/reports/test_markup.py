"""Our templates are XML, and mean the same to whoever reads them as HTML."""

from xml.etree.ElementTree import Element, ParseError

import pytest
import tinyhtml5  # type: ignore[import-untyped]

from checklists.localtext import LANGUAGES, Language
from reports.markup import read_markup
from reports.visit_report import visit_report_html
from tests.reports.typical import NAMES, typical_report

Outline = tuple[object, dict[str, str], str, list["Outline"], str]


def outline(element: Element) -> Outline:
    """Everything that a document says: names, attributes, texts and what follows each element."""
    attributes = {name: value for name, value in element.attrib.items() if not name.endswith("xmlns")}
    kids = [outline(kid) for kid in element]
    return element.tag, attributes, (element.text or "").strip(), kids, (element.tail or "").strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_it_reads_a_report_as_any_reader_of_html_does(name: str, language: Language) -> None:
    """Nothing that a person typed, and no element that was left open, is read in another way."""
    markup = visit_report_html(typical_report(name), language)
    as_html = tinyhtml5.parse(markup.encode(), namespace_html_elements=False, transport_encoding="utf-8")
    assert outline(read_markup(markup)) == outline(as_html)


def test_it_gives_rows_the_body_that_html_thinks_around_them() -> None:
    """Without a body of the table its rows are not tagged, and nobody hears them as rows."""
    table = read_markup("<table><thead><tr/></thead><tr id='a'/><tr/></table>")
    assert [kid.tag for kid in table] == ["thead", "tbody"]
    assert [row.get("id") for row in table[1]] == ["a", None]


def test_it_stops_at_markup_that_is_left_open() -> None:
    with pytest.raises(ParseError):
        read_markup("<p>one<br>two</p>")
