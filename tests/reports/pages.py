"""Reading a printed report back: its text by page, and its pixels as a reader's eye gets them."""

import re
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from PIL import Image, ImageChops

POINTS_PER_INCH = 72
RESOLUTION = 144
PIXELS_PER_POINT = RESOLUTION / POINTS_PER_INCH

PETROL = (15, 92, 99)
GROUND = (233, 235, 230)
LONGER_THAN_ANY_LETTER = 80
SHORTER_THAN_A_HAIRLINE = 600
THICKER_THAN_A_BAR = 16
WIDER_THAN_A_TICK = 12

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
        ["pdftotext", "-raw", str(_keep(pdf, folder)), "-"], check=True, capture_output=True, timeout=30
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
    """Measure the bars of a page from the top: unbroken lines of petrol and ground longer than letters."""
    bars: list[DrawnBar] = []
    petrol, ground = _mask(picture, PETROL), _mask(picture, GROUND)
    either = ImageChops.lighter(petrol, ground)
    for row in range(picture.height):
        if bars and row - bars[-1].top < THICKER_THAN_A_BAR:
            continue
        line = _longest_line(_columns(either, row))
        if LONGER_THAN_ANY_LETTER < len(line) < SHORTER_THAN_A_HAIRLINE and len(line) > 0.9 * (
            line[-1] - line[0]
        ):
            filled = set(_columns(petrol, row)).intersection(line)
            bars.append(DrawnBar(row, line[0], max(filled, default=line[0]), line[-1]))
    return bars


def _longest_line(columns: list[int]) -> list[int]:
    """Return the longest stretch of columns, across the small gap that the tick makes."""
    lines: list[list[int]] = [[]]
    for column in columns:
        if lines[-1] and column - lines[-1][-1] > WIDER_THAN_A_TICK:
            lines.append([])
        lines[-1].append(column)
    return max(lines, key=len)


def _mask(picture: Image.Image, colour: tuple[int, int, int]) -> Image.Image:
    """Return white where a picture has (almost) that colour, black elsewhere."""
    parts = [
        channel.point([255 if abs(value - want) <= 6 else 0 for value in range(256)])
        for channel, want in zip(picture.split(), colour, strict=True)
    ]
    return ImageChops.multiply(ImageChops.multiply(parts[0], parts[1]), parts[2])


def _columns(mask: Image.Image, row: int) -> list[int]:
    line = mask.crop((0, row, mask.width, row + 1)).tobytes()
    if 255 not in line:
        return []
    return [column for column, value in enumerate(line) if value == 255]


def _keep(pdf: bytes, folder: Path) -> Path:
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    return path
