"""HTML to PDF: the only module that knows WeasyPrint; it opens stored photos and our own files only."""

import warnings
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import fontpkg_pt_sans

from checklists.localtext import Language
from reports.photos import admit_photo
from reports.record import FILE_NAME, write_record
from reports.rows import VisitReport
from reports.visit_report import visit_report_html

with warnings.catch_warnings():
    # WeasyPrint warns on a machine without any fonts; ours come with the style sheet.
    warnings.filterwarnings("ignore", message="No fonts configured", category=UserWarning)
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

PHOTO: Final = "photo:"
PACKAGE: Final = "package:"
# Archival (ISO 19005-3), with embedded files, tags for assistive technology, and text that can be extracted.
ARCHIVAL: Final = "pdf/a-3a"
EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
STYLES: Final = Path(__file__).parent / "styles"
FONTS: Final = Path(fontpkg_pt_sans.ROOT) / "files"


def render_visit_pdf(report: VisitReport, language: Language, *, load_photo: Callable[[str], bytes]) -> bytes:
    """Print the report of a visit: the same report gives the same bytes, on any process of this machine.

    `load_photo` gives the bytes of a stored photo by its key and raises LookupError or OSError when the photo
    is no longer kept; the report then says so in its place, as for bytes that are no picture.
    """
    photos = _load_photos(report, load_photo)
    gone = {photo.key for photo in report.photos} - photos.keys()
    html = visit_report_html(report, language, gone=gone)
    document = HTML(string=html, url_fetcher=_ClosedFetcher(photos))
    with warnings.catch_warnings():
        # WeasyPrint leaves the colour profile that it puts into an archival file for Python to close.
        warnings.filterwarnings("ignore", message="unclosed file .*sRGB2014", category=ResourceWarning)
        printed = document.write_pdf(
            stylesheets=[_style_sheet()],
            font_config=_fonts(),
            pdf_variant=ARCHIVAL,
            attachments=[_attach_record(report)],
        )
    return _bytes_of(printed)


def _attach_record(report: VisitReport) -> Attachment:
    """The record as an embedded file; an attachment object works once, so each report gets its own."""
    # The day of the visit stands for the file's own dates: a clock would make the bytes differ.
    moment = datetime.combine(report.visited_on, time(), UTC) if report.visited_on else EPOCH
    return Attachment(
        string=write_record(report),
        name=FILE_NAME,
        description="The visit as data: facts, checklist version, answers and score",
        created=moment,
        modified=moment,
        relationship="Data",
    )


class RefusedAddress(ValueError):
    """The document asked for something that is neither a photo of its visit nor a file of this package."""


class _ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """Serves photos of one visit and files of this package from memory and disk; opens nothing else, ever."""

    def __init__(self, photos: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._photos = photos

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Give the bytes of an address. Raises RefusedAddress for any that is not ours."""
        if url.startswith(PHOTO):
            content = self._photos.get(unquote(url.removeprefix(PHOTO)))
        else:
            content = _package_files().get(url)
        if content is None:
            raise RefusedAddress(url[:200])
        return URLFetcherResponse(url, content)


def _load_photos(report: VisitReport, load_photo: Callable[[str], bytes]) -> dict[str, bytes]:
    loaded: dict[str, bytes] = {}
    for photo in report.photos:
        try:
            content = admit_photo(load_photo(photo.key))
        except (LookupError, OSError):
            continue
        if content is not None:
            loaded[photo.key] = content
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


def _bytes_of(pdf: Any) -> bytes:
    if not isinstance(pdf, bytes):
        raise TypeError("WeasyPrint gave no bytes although no target was named")
    return pdf
