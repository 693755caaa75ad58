"""What the eye sees: pixels, because a text layer reads right even where wrong glyphs or boxes are drawn."""

from pathlib import Path

import fontpkg_pt_sans
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps, ImageStat

from tests.reports.pages import GROUND, PETROL, draw_page, find_words, measure_bars
from tests.reports.samples import V2, draw_photo, make_report, print_pdf, show_photo

BOLD = Path(fontpkg_pt_sans.ROOT) / "files" / "PT_Sans-Web-Bold.ttf"
TITLE_PIXELS = 34  # the heading is 17 points, drawn at two pixels a point


def test_it_draws_bars_as_long_as_the_sections_are_strong(tmp_path: Path) -> None:
    """V2: 100, 45, 60 and 80 percent of the bar's ground, within one percent."""
    bars = measure_bars(draw_page(print_pdf(make_report(V2)), tmp_path))
    right = max(bar.right for bar in bars)
    lengths = [100 * (bar.filled_to - bar.left + 1) / (right - bar.left + 1) for bar in bars]
    assert lengths == pytest.approx([100, 45, 60, 80], abs=1)


def test_it_draws_no_bar_for_a_section_that_was_not_assessed(tmp_path: Path) -> None:
    """V1: three bars for four sections; nothing assessed is not zero (SC-03)."""
    bars = measure_bars(draw_page(print_pdf(make_report()), tmp_path))
    right = max(bar.right for bar in bars)
    lengths = [100 * (bar.filled_to - bar.left + 1) / (right - bar.left + 1) for bar in bars]
    assert lengths == pytest.approx([66.7, 85, 60], abs=1)


def test_it_draws_russian_letters_and_not_something_else(tmp_path: Path) -> None:
    """The printed title looks like the title set in our font, and unlike another word set in it."""
    pdf = print_pdf(make_report())
    title = next(word for word in find_words(pdf, tmp_path) if word.text == "магазин")
    page = draw_page(pdf, tmp_path).crop((title.left, title.top, title.right, title.bottom))
    assert _difference(page, _set_in_our_font("магазин")) < 0.12
    assert _difference(page, _set_in_our_font("щегольж")) > 0.2
    assert _difference(page, _set_in_our_font("□□□□□□□")) > 0.2


def test_it_draws_different_words_differently(tmp_path: Path) -> None:
    """Boxes in place of missing glyphs would make any two words of one length look alike."""
    pictures = []
    for name in ("Шмелёва", "Журкина"):
        pdf = print_pdf(make_report(employee=name, position=None))
        place = next(word for word in find_words(pdf, tmp_path) if word.text == name)
        picture = draw_page(pdf, tmp_path).crop((place.left, place.top, place.left + 100, place.bottom))
        pictures.append(picture.convert("L"))
    assert ImageStat.Stat(ImageChops.difference(*pictures)).mean[0] > 10


def test_it_fills_every_page_with_something(tmp_path: Path) -> None:
    """No page is blank, and each is paper with ink on it rather than a slab."""
    pdf = print_pdf(make_report(V2))
    for number in (1, 2, 3):
        share = ImageStat.Stat(draw_page(pdf, tmp_path, page=number).convert("L")).mean[0] / 255
        assert 0.85 < share < 0.999


def test_it_shows_the_photo_itself(tmp_path: Path) -> None:
    """A photo is on the page in its own colours, a third of the width and upright."""
    pdf = print_pdf(make_report(photos=(show_photo("a", "wait"),)), a=draw_photo("#c03060"))
    page = draw_page(pdf, tmp_path, page=2)
    red = page.split()[0].point(lambda value: 255 if 180 < value < 204 else 0)
    green = page.split()[1].point(lambda value: 255 if 36 < value < 60 else 0)
    box = ImageChops.multiply(red, green).getbbox()
    assert box is not None
    width, height = box[2] - box[0], box[3] - box[1]
    assert 250 < width < 350
    assert width / height == pytest.approx(4 / 3, abs=0.03)


def test_it_tells_kept_from_missed_in_black_and_white(tmp_path: Path) -> None:
    """Without colour a kept mark is a dark disc and a missed one a ring with a light heart."""
    pdf = print_pdf(make_report(V2))
    page = draw_page(pdf, tmp_path, page=2).convert("L")
    words = find_words(pdf, tmp_path, page=2)
    kept = next(word for word in words if word.text == "Да")
    missed = next(word for word in words if word.text == "Нет")
    assert _heart_of_the_mark(page, kept.left, (kept.top + kept.bottom) // 2) < 120
    assert _heart_of_the_mark(page, missed.left, (missed.top + missed.bottom) // 2) > 230


def test_it_keeps_bars_apart_from_their_ground_in_black_and_white() -> None:
    """Filling and ground of a bar stay at least as far apart as text and paper must (4.5 to 1)."""
    assert _contrast(PETROL, GROUND) > 4.5


def _set_in_our_font(text: str) -> Image.Image:
    font = ImageFont.truetype(str(BOLD), TITLE_PIXELS)
    picture = Image.new("RGB", (600, 80), "white")
    ImageDraw.Draw(picture).text((10, 10), text, fill="black", font=font)
    return picture


def _difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two words brought to the same size, from 0 (alike) to 1, at the best fit.

    Where a word stands between two pixels decides about its edges; a shift of a pixel or two undoes that.
    """
    shapes = []
    for picture in (one, other):
        ink = ImageOps.invert(picture.convert("L"))
        shapes.append(ink.crop(ink.point(lambda value: 255 if value > 90 else 0).getbbox()).resize((160, 40)))
    shifted = (ImageChops.offset(shapes[1], x, y) for x in range(-2, 3) for y in range(-2, 3))
    return min(
        float(ImageStat.Stat(ImageChops.difference(shapes[0], each)).mean[0]) / 255 for each in shifted
    )


def _heart_of_the_mark(page: Image.Image, left_of_word: int, middle: int) -> float:
    """Brightness at the middle of the mark that stands before a word."""
    strip = page.crop((left_of_word - 26, middle - 12, left_of_word - 2, middle + 12))
    box = strip.point(lambda value: 255 if value < 200 else 0).getbbox()
    assert box is not None, "there is no mark before the word"
    across, down = (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
    return float(ImageStat.Stat(strip.crop((across - 1, down - 1, across + 2, down + 2))).mean[0])


def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
