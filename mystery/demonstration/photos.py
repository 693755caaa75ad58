"""Photos drawn by code: a shelf with price tags, a receipt, a shop front."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random
from typing import Final

from PIL import Image, ImageDraw

WIDTH: Final = 960
HEIGHT: Final = 720
WALL: Final = (232, 229, 221)
GOODS: Final = ((176, 64, 52), (42, 96, 120), (214, 168, 70), (86, 122, 88), (120, 92, 134), (200, 196, 188))


def draw_photo(random: Random, *, about: str) -> bytes:
    """A JPEG of what the question with the id ``about`` may show: a receipt, the entrance, else a shelf."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), WALL)
    draw = next((draw for word, draw in SUBJECTS.items() if word in about), draw_shelf)
    draw(ImageDraw.Draw(picture), random)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=82)
    return content.getvalue()


def draw_shelf(canvas: ImageDraw.ImageDraw, random: Random) -> None:
    """Goods on four boards, a price tag under most of them."""
    for board in range(4):
        floor = 160 + board * 170
        x = 40
        while x < WIDTH - 90:
            wide, high = random.randint(44, 92), random.randint(70, 124)
            if random.random() < 0.92:
                canvas.rectangle((x, floor - high, x + wide, floor), fill=random.choice(GOODS))
                canvas.rectangle((x, floor - high, x + wide, floor - high + 10), fill=(245, 243, 238))
            if random.random() < 0.9:
                canvas.rectangle((x + 4, floor + 12, x + wide - 4, floor + 34), fill=(255, 255, 255))
                canvas.line((x + 10, floor + 22, x + wide - 12, floor + 22), fill=(40, 40, 40), width=4)
            x += wide + random.randint(8, 16)
        canvas.rectangle((20, floor, WIDTH - 20, floor + 10), fill=(120, 112, 100))


def draw_receipt(canvas: ImageDraw.ImageDraw, random: Random) -> None:
    """A receipt on a table: lines of goods, a total, a code."""
    canvas.rectangle((0, 0, WIDTH, HEIGHT), fill=(134, 104, 78))
    left = random.randint(280, 340)
    canvas.rectangle((left, 40, left + 330, 680), fill=(250, 249, 245))
    for line in range(12):
        y = 110 + line * 32
        canvas.rectangle((left + 28, y, left + random.randint(120, 210), y + 9), fill=(90, 90, 90))
        canvas.rectangle((left + 250, y, left + 300, y + 9), fill=(90, 90, 90))
    canvas.rectangle((left + 28, 510, left + 300, 522), fill=(20, 20, 20))
    for row in range(10):
        for column in range(10):
            if random.random() < 0.5:
                x, y = left + 115 + column * 10, 550 + row * 10
                canvas.rectangle((x, y, x + 9, y + 9), fill=(20, 20, 20))


def draw_front(canvas: ImageDraw.ImageDraw, random: Random) -> None:
    """A shop front with a sign, a window and a door."""
    canvas.rectangle((0, 0, WIDTH, 260), fill=(168, 196, 216))
    canvas.rectangle((60, 120, 900, 640), fill=(206, 190, 168))
    canvas.rectangle((60, 150, 900, 230), fill=(15, 92, 99))
    for letter in range(9):
        x = 250 + letter * 52
        canvas.rectangle((x, 172, x + random.randint(22, 38), 208), fill=(250, 250, 250))
    canvas.rectangle((110, 280, 560, 560), fill=(196, 214, 220), outline=(70, 70, 70), width=8)
    canvas.rectangle((640, 290, 820, 640), fill=(110, 84, 62), outline=(60, 50, 40), width=8)
    canvas.ellipse((790, 460, 806, 476), fill=(230, 210, 120))
    canvas.rectangle((0, 640, WIDTH, HEIGHT), fill=(150, 150, 148))


SUBJECTS: Final[dict[str, Callable[[ImageDraw.ImageDraw, Random], None]]] = {
    "receipt": draw_receipt,
    "till": draw_receipt,
    "entrance": draw_front,
    "sign": draw_front,
    "outside": draw_front,
}
