"""One visit laid ready for every program that prints it: our report, two kinds of pages, and plain data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from benchmarks.printed_visit import FROM_THE_PHONE, PREPARED, draw_photo
from benchmarks.report_content import Content, describe_content
from checklists.localtext import Language
from reports.pdf import FONTS, STYLES
from reports.rows import VisitReport
from reports.visit_report import visit_report_html


@dataclass(frozen=True)
class Paper:
    """A report and the files from which others print the same; `number` names its data, NUMBER.json."""

    report: VisitReport
    number: int
    content: Content
    plain_page: Path  # our own page with everything in it, and photos from the phone
    simple_page: Path  # a first version's page, and photos from the phone
    browser_page: Path  # the same with prepared photos


def lay_paper(report: VisitReport, language: Language, folder: Path, *, number: int) -> Paper:
    """Write the files of one visit; the photos in a folder are shared by all its visits."""
    prepared = _keep_photos(report, folder / "prepared")
    from_the_phone = _keep_photos(report, folder / "phone")
    content = describe_content(report, language, prepared)
    (folder / f"{number}.json").write_text(json.dumps(content), encoding="utf-8")
    pages = {
        "plain": _write_own_page(report, language, from_the_phone),
        "simple": _write_simple_page(describe_content(report, language, from_the_phone)),
        "browser": _write_simple_page(content),
    }
    paths = {name: folder / f"{name}-{number}.html" for name in pages}
    for name, path in paths.items():
        path.write_text(pages[name], encoding="utf-8")
    return Paper(report, number, content, paths["plain"], paths["simple"], paths["browser"])


@cache
def prepare_photo(key: str) -> bytes:
    """The photo of this key as the upload prepares it."""
    return draw_photo(PREPARED, seed=int(key.partition("-")[2]))


@cache
def take_photo(key: str) -> bytes:
    """The photo of this key as the phone sends it."""
    return draw_photo(FROM_THE_PHONE, seed=int(key.partition("-")[2]), exif=True)


def _keep_photos(report: VisitReport, folder: Path) -> dict[str, Path]:
    make = prepare_photo if folder.name == "prepared" else take_photo
    paths = {photo.key: folder / f"{photo.key}.jpg" for photo in report.photos}
    folder.mkdir(exist_ok=True)
    for key, path in paths.items():
        if not path.exists():
            path.write_bytes(make(key))
    return paths


def _write_own_page(report: VisitReport, language: Language, photos: dict[str, Path]) -> str:
    """Our page with the style sheet inside it and files in place of our own addresses.

    Its columns stay as wide as the style sheet says: measured from their content they are squeezed, which
    takes twice as long and prints something that nobody would hand out.
    """
    style = (STYLES / "print.css").read_text(encoding="utf-8")
    html = visit_report_html(report, language).replace("</head>", f"<style>{style}</style></head>")
    html = html.replace("package:fonts/", FONTS.as_uri() + "/")
    html = html.replace("package:marks/", (STYLES / "marks").as_uri() + "/")
    for key, path in photos.items():
        html = html.replace(f"photo:{key}", path.as_uri())
    return html


def _write_simple_page(content: Content) -> str:
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    return environment.get_template("simple_report.html").render(**content)
