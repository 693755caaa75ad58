"""HTML to PDF: the only module that knows WeasyPrint; it opens stored photos and our own files only."""

import io
import warnings
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import fontpkg_pt_sans
from cssselect2 import ElementWrapper  # type: ignore[import-untyped]

from checklists.localtext import Language
from reports import period_record
from reports.archive import finish_archive
from reports.collector import collector_at_rest
from reports.looks import OUR_COLOUR, choose_colour
from reports.markup import read_markup
from reports.pdf_file import write_file
from reports.period_print import PrintedPeriod
from reports.photos import admit_photo
from reports.record import FILE_NAME, write_record
from reports.rows import VisitReport
from reports.seals import build_seal, draw_code
from reports.visit_report import visit_report_html

with warnings.catch_warnings():
    # WeasyPrint warns on a machine without any fonts; ours come with the style sheet.
    warnings.filterwarnings("ignore", message="No fonts configured", category=UserWarning)
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

PHOTO: Final = "photo:"
LOGO: Final = "logo:"
SEAL: Final = "seal:"
AFTER_SUMMARY: Final = "inside"
PACKAGE: Final = "package:"
# Archival (ISO 19005-3), with embedded files, tags for assistive technology, and text that can be extracted.
ARCHIVAL: Final = "pdf/a-3a"
EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
STYLES: Final = Path(__file__).parent / "styles"
FONTS: Final = Path(fontpkg_pt_sans.ROOT) / "files"


def render_visit_pdf(report: VisitReport, language: Language, *, load_photo: Callable[[str], bytes]) -> bytes:
    """Print the report of a visit: the same report gives the same bytes, on any process of this machine.

    `load_photo` gives the bytes of a stored picture, a photo or the logo, by its key and raises LookupError
    or OSError when it is no longer kept; the report then says so in a photo's place and prints the company's
    name for a logo, as for bytes that are no picture.
    """
    photos = _load_pictures([photo.key for photo in report.photos], load_photo)
    pictures = {f"{PHOTO}{key}": content for key, content in photos.items()}
    pictures |= _load_page_one(report, load_photo)
    write = partial(
        visit_report_html,
        report,
        language,
        gone={photo.key for photo in report.photos} - photos.keys(),
        has_logo=LOGO in pictures,
    )
    options: dict[str, Any] = {
        "stylesheets": _list_styles(choose_colour(report.look)),
        "pdf_variant": ARCHIVAL,
        "attachments": [_attach_record(report)],
    }

    def lay_out() -> Any:
        document = _lay_out(write(), pictures, options)
        if _has_long_summary(document):
            # What follows then continues its last page, rather than leave most of that page empty.
            document = _lay_out(write(inside_on_new_page=False), pictures, options)
        return document

    return _print(lay_out, options)


def render_period_pdf(printed: PrintedPeriod) -> bytes:
    """Print a report over a period with its own drawings: the same document gives the same bytes."""
    pictures = {f"{PHOTO}{name}": drawing for name, drawing in printed.drawings.items()}
    options: dict[str, Any] = {
        "stylesheets": [
            *_list_styles(printed.colour),
            *(_further_sheet(name) for name in ("period", *printed.styles)),
        ],
        "pdf_variant": ARCHIVAL,
        "attachments": [_attach_period_record(printed)] if printed.record else [],
    }
    return _print(lambda: _lay_out(printed.html, pictures, options), options)


def _print(lay_out: Callable[[], Any], options: Mapping[str, Any]) -> bytes:
    with collector_at_rest(), warnings.catch_warnings():
        # WeasyPrint leaves the colour profile that it puts into an archival file for Python to close.
        warnings.filterwarnings("ignore", message="unclosed file .*sRGB2014", category=ResourceWarning)
        return _write(lay_out(), options)


def _lay_out(html: str, pictures: Mapping[str, bytes], options: Mapping[str, Any]) -> Any:
    return _Document(html, _ClosedFetcher(pictures)).render(font_config=_fonts(), **options)


def _write(document: Any, options: Mapping[str, Any]) -> bytes:
    def finish(_document: Any, pdf: Any) -> None:
        finish_archive(pdf)
        # The engine's own way of writing is slower, see there.
        pdf.write = lambda target, *_settings: write_file(pdf, target)

    output = io.BytesIO()
    document.write_pdf(output, finisher=finish, **options)
    return output.getvalue()


def _has_long_summary(document: Any) -> bool:
    """Whether what follows the summary begins later than on page two."""
    return not any(AFTER_SUMMARY in page.anchors for page in document.pages[:2])


def _load_page_one(report: VisitReport, load_photo: Callable[[str], bytes]) -> dict[str, bytes]:
    """The logo and the code of the seal, as far as there are any."""
    pictures: dict[str, bytes] = {}
    logo = _load_pictures([report.look.logo] if report.look.logo else [], load_photo)
    if logo:
        pictures[LOGO] = logo[report.look.logo]
    address = build_seal(report).address
    if address is not None:
        pictures[SEAL] = draw_code(address)
    return pictures


def _attach_record(report: VisitReport) -> Attachment:
    words = "The visit as data: facts, checklist version, answers and score"
    return _attach(write_record(report), FILE_NAME, words, dated=report.visited_on)


def _attach_period_record(printed: PrintedPeriod) -> Attachment:
    words = "The report as data: facts, checklist versions, rows and figures"
    return _attach(printed.record, period_record.FILE_NAME, words, dated=printed.dated)


def _attach(record: str, name: str, description: str, *, dated: date | None) -> Attachment:
    """A record as an embedded file; an attachment object works once, so each report gets its own."""
    # The day that the report is about stands for the file's own dates: a clock would make the bytes differ.
    moment = datetime.combine(dated, time(), UTC) if dated else EPOCH
    return Attachment(
        string=record,
        name=name,
        description=description,
        created=moment,
        modified=moment,
        relationship="Data",
    )


class _Document(HTML):  # type: ignore[misc]
    """A document from our own templates, which are XML at the same time: that is read in a tenth of the time.

    The engine's own sheet for the whole of HTML gives way to one that knows the elements that we use: half
    of the time for styles went into marks of notes that no report has.
    """

    def __init__(self, markup: str, fetcher: URLFetcher) -> None:
        # Not the constructor of the base: it would read the markup as HTML.
        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.etree_element = read_markup(markup)
        self.wrapper_element = ElementWrapper.from_html_root(self.etree_element, content_language=None)

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_ground_sheet()]


class RefusedAddress(ValueError):
    """The document asked for something that is neither a photo of its visit nor a file of this package."""


class _ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """Serves pictures of one report, by address, and files of this package; opens nothing else, ever."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._pictures = pictures

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Give the bytes of an address. Raises RefusedAddress for any that is not ours."""
        kept = f"{PHOTO}{unquote(url.removeprefix(PHOTO))}" if url.startswith(PHOTO) else url
        content = self._pictures.get(kept) or _package_files().get(url)
        if content is None:
            raise RefusedAddress(url[:200])
        return URLFetcherResponse(url, content)


def _load_pictures(keys: Iterable[str], load_photo: Callable[[str], bytes]) -> dict[str, bytes]:
    loaded: dict[str, bytes] = {}
    for key in keys:
        try:
            content = admit_photo(load_photo(key))
        except (LookupError, OSError):
            continue
        if content is not None:
            loaded[key] = content
    return loaded


@cache
def _package_files() -> Mapping[str, bytes]:
    """Every file that a report may use, by its address: a closed list, so that no path can be built."""
    fonts = {f"{PACKAGE}fonts/{path.name}": path.read_bytes() for path in sorted(FONTS.glob("*.ttf"))}
    marks = {
        f"{PACKAGE}marks/{path.name}": path.read_bytes() for path in sorted((STYLES / "marks").glob("*.svg"))
    }
    return fonts | marks


@cache
def _fonts() -> FontConfiguration:
    """One font configuration per process: making one per report is slower and leaks memory."""
    return FontConfiguration()


@cache
def _style_sheet() -> CSS:
    """The style sheet, parsed once per process together with the fonts it declares."""
    css = (STYLES / "print.css").read_text(encoding="utf-8")
    return CSS(string=css, font_config=_fonts(), url_fetcher=_ClosedFetcher({}))


@cache
def _ground_sheet() -> CSS:
    return CSS(string=(STYLES / "ground.css").read_text(encoding="utf-8"), url_fetcher=_ClosedFetcher({}))


@cache
def _further_sheet(name: str) -> CSS:
    css = (STYLES / f"{name}.css").read_text(encoding="utf-8")
    return CSS(string=css, font_config=_fonts(), url_fetcher=_ClosedFetcher({}))


def _list_styles(colour: str) -> list[CSS]:
    """Our style sheet and, for a company with a colour of its own, the rule that puts it in place of ours."""
    own = [] if colour == OUR_COLOUR else [_colour_rule(colour)]
    return [_style_sheet(), *own]


@lru_cache(maxsize=64)
def _colour_rule(colour: str) -> CSS:
    return CSS(string=f":root {{ --petrol: {colour}; }}", url_fetcher=_ClosedFetcher({}))
