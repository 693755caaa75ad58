"""The icon of the phone pages, drawn by code: a sheet with three lines and their boxes, as any list has."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

SIZES = (180, 192, 512)
GROUND = "#101314"
LINES = "#6fc3ca"
# Drawn larger and then made small, so that the corners are smooth.
OVERSAMPLING = 4
# Phones cut the corners off; what matters stays inside the middle eight tenths.
GRID = 24


@lru_cache(maxsize=len(SIZES))
def draw_icon(size: int) -> bytes:
    """The icon as a PNG of ``size`` pixels a side."""
    unit = size * OVERSAMPLING / GRID
    image = Image.new("RGB", (size * OVERSAMPLING, size * OVERSAMPLING), GROUND)
    canvas = ImageDraw.Draw(image)
    for top in (7.0, 11.25, 15.5):
        canvas.rounded_rectangle(_scale((6.0, top, 8.0, top + 2.0), unit), radius=unit * 0.5, fill=LINES)
        canvas.rounded_rectangle(
            _scale((10.0, top + 0.25, 18.0, top + 1.75), unit), radius=unit * 0.75, fill=LINES
        )
    content = BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(content, "PNG", optimize=True)
    return content.getvalue()


def _scale(box: tuple[float, float, float, float], unit: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = (unit * each for each in box)
    return left, top, right, bottom
