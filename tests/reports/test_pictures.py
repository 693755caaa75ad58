"""The pages of typical reports look as they did when somebody last looked at them.

After a change that is meant: look at the pages (python -m tests.reports.pictures), then draw the pictures to
compare with anew (python -m tests.reports.pictures --gold).
"""

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from checklists.localtext import Language
from tests.reports.pictures import COMPARED, GOLD, GREYS, draw_gold, print_report

# Where a letter stands between two pixels may differ by the version of the program that draws.
MOST_OFF = 40  # of 255, in the worst place of a page after a blur of a letter's width
MEAN_OFF = 1.5
LETTER = 2  # pixels


@pytest.mark.parametrize(("name", "language", "numbers"), COMPARED)
def test_it_prints_pages_that_look_as_before(name: str, language: Language, numbers: tuple[int, ...]) -> None:
    """Pixels, because a text layer reads right even where lines, marks or columns have moved."""
    pdf = print_report(name, language)
    for number in numbers:
        with Image.open(GOLD / f"{name}-{language}-{number}.png") as kept:
            worst, mean = compare(draw_gold(pdf, number).quantize(GREYS).convert("L"), kept.convert("L"))
        assert (worst <= MOST_OFF, mean <= MEAN_OFF) == (True, True), (name, language, number, worst, mean)


def test_it_tells_a_page_on_which_one_line_has_moved() -> None:
    """The tolerance is for edges of letters: a mark or a line that moved by 2 mm is found."""
    with Image.open(GOLD / "good-ru-1.png") as kept:
        page = kept.convert("L")
    moved = page.copy()
    line = page.crop((0, 150, page.width, 162))
    moved.paste("white", (0, 150, page.width, 162))
    moved.paste(line, (0, 153))
    assert compare(moved, page)[0] > MOST_OFF


def compare(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """The largest and the mean difference of two pages, after a blur that forgives edges."""
    assert one.size == other.size
    soft = [each.filter(ImageFilter.GaussianBlur(LETTER)) for each in (one, other)]
    difference = ImageStat.Stat(ImageChops.difference(*soft))
    return difference.extrema[0][1], difference.mean[0]
