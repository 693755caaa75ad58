"""Pictures of every page of the typical reports: python -m tests.reports.pictures [FOLDER] [--dpi N].

A folder gets NAME-LANGUAGE.pdf, for any checker of PDF/A and PDF/UA, and NAME-LANGUAGE-PAGE.png for six
reports of visits and two over a period, in two languages. With --gold the small pictures that the tests
compare with are drawn anew, after the change has been looked at.
"""

import argparse
import io
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image

from checklists.localtext import LANGUAGES, Language
from tests.reports.typical import NAMES, print_typical
from tests.reports.typical_periods import PERIOD_NAMES, print_typical_period

GOLD: Final = Path(__file__).parent / "gold"
GOLD_DPI: Final = 40
GREYS: Final = 16
MILLIMETRES_PER_INCH: Final = 25.4
# Where page one bears its seal. Code and stamp are others after every change of a word in the library; that
# they are there, and lead to the right page, has tests of its own.
SEAL: Final = (160, 25, 192, 73)  # millimetres: left, top, right, foot
# What is compared: page one of each report, and the pages inside that show something of their own.
COMPARED: Final[tuple[tuple[str, Language, tuple[int, ...]], ...]] = (
    ("good", "ru", (1, 2)),
    ("poor", "en", (1, 2)),
    ("failed", "ru", (1,)),
    ("not_applicable", "en", (1, 3)),
    ("photos", "ru", (1, 3)),
    ("words", "en", (2, 8)),
    ("employee", "ru", (1, 3)),
    ("unit", "en", (1, 3)),
)


def main() -> None:
    """Draw what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("var/pictures"))
    parser.add_argument("--dpi", type=int, default=100)
    parser.add_argument("--gold", action="store_true", help="draw the pictures anew that tests compare with")
    asked = parser.parse_args()
    if asked.gold:
        write_gold()
        return
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name in (*NAMES, *PERIOD_NAMES):
        for language in LANGUAGES:
            pdf = print_report(name, language)
            (asked.folder / f"{name}-{language}.pdf").write_bytes(pdf)
            for number, page in enumerate(draw_pages(pdf, asked.dpi), start=1):
                page.save(asked.folder / f"{name}-{language}-{number}.png")
    print(asked.folder)


def print_report(name: str, language: Language) -> bytes:
    """Print one of the reports of visits or over a period."""
    return (print_typical_period if name in PERIOD_NAMES else print_typical)(name, language)


def write_gold() -> None:
    """Write the compared pages, small and in a few greys: that shows layout, and weighs little."""
    GOLD.mkdir(exist_ok=True)
    for name, language, numbers in COMPARED:
        pdf = print_report(name, language)
        for number in numbers:
            page = draw_gold(pdf, number).quantize(GREYS)
            page.save(GOLD / f"{name}-{language}-{number}.png", optimize=True)


def draw_gold(pdf: bytes, number: int) -> Image.Image:
    """Draw one page the way the compared pictures are drawn."""
    page = next(draw_pages(pdf, GOLD_DPI, first=number, last=number)).convert("L")
    if number == 1:
        left, top, right, foot = (round(place * GOLD_DPI / MILLIMETRES_PER_INCH) for place in SEAL)
        page.paste("white", (left, top, right, foot))
    return page


def draw_pages(pdf: bytes, dpi: int, *, first: int = 1, last: int = 0) -> Iterator[Image.Image]:
    """Draw pages of a PDF in their order; `last` of 0 is the last one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(pdf)
        command = ["pdftoppm", "-r", str(dpi), "-f", str(first), *(["-l", str(last)] if last else []), "-png"]
        subprocess.run([*command, str(path), str(Path(folder) / "page")], check=True, timeout=120)
        for drawn in sorted(Path(folder).glob("page*.png")):
            yield Image.open(io.BytesIO(drawn.read_bytes())).convert("RGB")


if __name__ == "__main__":
    main()
