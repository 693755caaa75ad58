"""The last touches on a printed file: a conforming archive that can be read aloud (PDF/A-3a and PDF/UA-1).

The PDF engine leaves some things open: it compresses the metadata that archives want in plain, it declares
one of the two standards only, it names an embedded file twice, it gives header cells no scope, and it tags
running heads as content that belongs to no place in the document. It makes a table of its own from what a
page holds of one: where that is only the rest of a comment, or photos, it is a table without a header. It
makes a picture within a link a second link of its own, which no element for links holds.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

STREAM_MARK: Final = "MCID"
NOTHING: Final = "null"
REFERENCE: Final = "/OBJR"
TABLE_PARTS: Final = ("/Table", "/TBody", "/TR", "/TD")
STYLES: Final = Path(__file__).parent / "styles"
END_OF_METADATA: Final = b"</rdf:RDF>"
ACCESSIBLE: Final = (STYLES / "accessible.txt").read_bytes()

PageContent = tuple[bytes, int]  # a page's reference and the number of a marked piece of its content


def finish_archive(pdf: Any) -> None:
    """Mend a generated PDF before it is written; `pdf` is the engine's tree of objects."""
    _declare_standards(_find(pdf, pdf.catalog["Metadata"]))
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    elements = dict(_walk_structure(pdf))
    _free_headless_tables(elements)
    _unlink_pictures(pdf, elements)
    for element in elements.values():
        if element["S"] == "/TH":
            element["A"]["Scope"] = "/Column" if _is_in_head(element, elements) else "/Row"
    _mark_running_heads(pdf, set(_list_contents(elements)))


def _declare_standards(metadata: Any) -> None:
    """Write the second standard beside the first, in plain; archives want its vocabulary described."""
    metadata.compress = False
    metadata.stream = [metadata.stream[0].replace(END_OF_METADATA, ACCESSIBLE + END_OF_METADATA)]


def _find(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _walk_structure(pdf: Any) -> Iterator[tuple[bytes, Any]]:
    """Give every element of the structure by its reference, parents before children."""
    waiting = list(_find(pdf, pdf.catalog["StructTreeRoot"])["K"])
    while waiting:
        reference = waiting.pop()
        element = _find(pdf, reference)
        if element.get("Type") == "/StructElem":
            yield reference, element
            waiting += [kid for kid in element["K"] if isinstance(kid, bytes)]


def _free_headless_tables(elements: dict[bytes, Any]) -> None:
    """Turn each table in which no cell heads another into plain divisions, which is what is left of it."""
    tables: dict[bytes, bytes] = {}  # by each element within a table, that table
    for reference, element in elements.items():
        if element["S"] == "/Table":
            tables[reference] = reference
        elif element["P"] in tables:
            tables[reference] = tables[element["P"]]
    headed = {tables[reference] for reference, element in elements.items() if element["S"] == "/TH"}
    for reference, table in tables.items():
        element = elements[reference]
        if table not in headed and element["S"] in TABLE_PARTS:
            element["S"] = "/Div"
            element.pop("A", None)


def _unlink_pictures(pdf: Any, elements: dict[bytes, Any]) -> None:
    """Take away the links that pictures have beside the link around them: one place leads there once."""
    numbers = _find(pdf, _find(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    for element in elements.values():
        kids = [kid for kid in element["K"] if isinstance(kid, bytes)] if element["S"] == "/Figure" else []
        for reference in kids:
            link = _find(pdf, reference)
            if link.get("Type") != REFERENCE:
                continue
            annotation = _find(pdf, link["Obj"])
            _find(pdf, link["Pg"])["Annots"].remove(link["Obj"])
            element["K"].remove(reference)
            place = numbers.index(annotation["StructParent"], 2 * len(pdf.page_references))
            del numbers[place : place + 2]
            link.clear()
            annotation.clear()


def _is_in_head(cell: Any, elements: dict[bytes, Any]) -> bool:
    row = elements[cell["P"]]
    return bool(elements[row["P"]]["S"] == "/THead")


def _list_contents(elements: dict[bytes, Any]) -> Iterator[PageContent]:
    for element in elements.values():
        for kid in element["K"]:
            if isinstance(kid, int):
                yield element["Pg"], kid


def _mark_running_heads(pdf: Any, contents: set[PageContent]) -> None:
    """Turn marked content that no element of the structure holds into artifacts of the page."""
    parents = _find(pdf, _find(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    for number, reference in enumerate(pdf.page_references):
        stream = _find(pdf, _find(pdf, reference)["Contents"]).stream
        owners = parents[2 * number + 1]
        for place, item in enumerate(stream):
            if isinstance(item, dict) and STREAM_MARK in item:
                mark = item[STREAM_MARK]
                if (reference, mark) not in contents:
                    owners[mark] = NOTHING
                    item.clear()
                    item["Type"] = "/Pagination"
                    stream[place - 1] = "/Artifact"
