"""Numbered pictures: each shows its number in black and white squares, which survive every shrinking."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

BITS = 16
COLUMNS = 4
SQUARE = 160
EDGE = COLUMNS * SQUARE
# Noise below the squares makes a file of several pieces.
NOISE_ROWS = 1100
QUALITY = 88
BRIGHT = range(128, 256)


def draw_number(number: int, *, large: bool = False) -> bytes:
    """A JPEG file that shows ``number`` (0 to 65535); a large one is sent in several pieces.

    Raises ValueError for a number that the squares cannot show.
    """
    if not 0 <= number < 2**BITS:
        raise ValueError(f"{number} does not fit into {BITS} squares")
    picture = Image.new("RGB", (EDGE, EDGE + NOISE_ROWS), "gray")
    pen = ImageDraw.Draw(picture)
    for bit in range(BITS):
        left, top = bit % COLUMNS * SQUARE, bit // COLUMNS * SQUARE
        colour = "white" if number >> bit & 1 else "black"
        pen.rectangle((left, top, left + SQUARE - 1, top + SQUARE - 1), fill=colour)
    if large:
        noise = random.Random(number).randbytes(EDGE * NOISE_ROWS * 3)
        picture.paste(Image.frombytes("RGB", (EDGE, NOISE_ROWS), noise), (0, EDGE))
    target = io.BytesIO()
    # The number is in a comment too, so that no two files are the same bytes.
    picture.save(target, "JPEG", quality=QUALITY, comment=str(number).encode())
    return target.getvalue()


def read_number(content: bytes) -> int:
    """The number that a picture shows, whatever its size has become."""
    with Image.open(io.BytesIO(content)) as picture:
        gray = picture.convert("L")
    scale = gray.width / EDGE
    number = 0
    for bit in range(BITS):
        middle = (bit % COLUMNS + 0.5) * SQUARE * scale, (bit // COLUMNS + 0.5) * SQUARE * scale
        light = gray.getpixel((int(middle[0]), int(middle[1])))
        number |= (light in BRIGHT) << bit
    return number
