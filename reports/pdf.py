"""HTML to PDF: the only module that knows WeasyPrint; it opens stored photos and our own files only."""

import warnings
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import fontpkg_pt_sans

from checklists.localtext import Language
from reports.photos import admit_photo
from reports.rows import VisitReport
from reports.visit_report import visit_report_html

with warnings.catch_warnings():
    # WeasyPrint warns on a machine without any fonts; ours come with the style sheet.
    warnings.filterwarnings("ignore", message="No fonts configured", category=UserWarning)
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

PHOTO: Final = "photo:"
PACKAGE: Final = "package:"
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
    return _bytes_of(document.write_pdf(stylesheets=[_style_sheet()], font_config=_fonts(), pdf_tags=True))


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
