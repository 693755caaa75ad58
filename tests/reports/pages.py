"""Reading a printed report back: its text by page, and its pixels as a reader's eye gets them."""

import re
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from PIL import Image

POINTS_PER_INCH = 72
RESOLUTION = 144
PIXELS_PER_POINT = RESOLUTION / POINTS_PER_INCH

PETROL = (15, 92, 99)
GROUND = (233, 235, 230)
LONGER_THAN_ANY_LETTER = 40

_PAGE = re.compile(r"<page .*?</page>", re.DOTALL)
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


@dataclass(frozen=True)
class Word:
    """A printed word and the pixels it covers."""

    text: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class DrawnBar:
    """One bar as drawn: the columns where it begins, where its filling ends and where its ground ends."""

    top: int
    left: int
    filled_to: int
    right: int


def read_pages(pdf: bytes, folder: Path) -> list[str]:
    """Return the text of each page, laid out as printed."""
    output = subprocess.run(
        ["pdftotext", "-layout", str(_keep(pdf, folder)), "-"], check=True, capture_output=True, timeout=30
    ).stdout
    return output.decode("utf-8").split("\f")[:-1]


def read_text(pdf: bytes, folder: Path) -> str:
    """Return the whole text in the order of reading, with every run of blanks as one space."""
    output = subprocess.run(
        ["pdftotext", str(_keep(pdf, folder)), "-"], check=True, capture_output=True, timeout=30
    ).stdout
    return " ".join(output.decode("utf-8").split())


def draw_page(pdf: bytes, folder: Path, *, page: int = 1) -> Image.Image:
    """Return one page as a picture of two pixels a point."""
    path = _keep(pdf, folder)
    command = ["pdftoppm", "-r", str(RESOLUTION), "-f", str(page), "-l", str(page), "-singlefile", "-png"]
    subprocess.run([*command, str(path), str(path.with_suffix(""))], check=True, timeout=60)
    with Image.open(path.with_suffix(".png")) as picture:
        return picture.convert("RGB")


def find_words(pdf: bytes, folder: Path, *, page: int = 1) -> list[Word]:
    """Return the words of a page with their places in the picture of `draw_page`."""
    output = subprocess.run(
        ["pdftotext", "-bbox", str(_keep(pdf, folder)), "-"], check=True, capture_output=True, timeout=30
    ).stdout.decode("utf-8")
    found = _WORD.findall(_PAGE.findall(output)[page - 1])
    return [
        Word(unescape(text), *(round(float(place) * PIXELS_PER_POINT) for place in places))
        for *places, text in found
    ]


def measure_bars(picture: Image.Image) -> list[DrawnBar]:
    """Measure the bars of a page from the top: lines of petrol or ground that are longer than any letter."""
    bars: list[DrawnBar] = []
    for row in range(picture.height):
        filled = _columns(picture, row, PETROL)
        ground = _columns(picture, row, GROUND)
        columns = sorted(filled + ground)
        is_new = not bars or row - bars[-1].top > 8
        if is_new and _longest_run(columns) > LONGER_THAN_ANY_LETTER:
            bars.append(DrawnBar(row, columns[0], max(filled, default=columns[0]), columns[-1]))
    return bars


def _longest_run(columns: list[int]) -> int:
    longest = current = 0
    for before, column in zip([-2, *columns], columns, strict=False):
        current = current + 1 if column == before + 1 else 1
        longest = max(longest, current)
    return longest


def _columns(picture: Image.Image, row: int, colour: tuple[int, int, int]) -> list[int]:
    line = picture.crop((0, row, picture.width, row + 1)).tobytes()
    triples = zip(line[0::3], line[1::3], line[2::3], strict=True)
    return [
        column
        for column, pixel in enumerate(triples)
        if all(abs(have - want) <= 6 for have, want in zip(pixel, colour, strict=True))
    ]


def _keep(pdf: bytes, folder: Path) -> Path:
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    return path
