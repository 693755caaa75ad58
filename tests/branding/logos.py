"""Logos to hand in, drawn on the spot."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def draw_logo(
    size: tuple[int, int] = (600, 200), *, kind: str = "PNG", transparent: bool = True, fill: str = "#2f4d8f"
) -> bytes:
    """A bar within a margin; the margin is transparent, or white."""
    picture = Image.new("RGBA", size, (0, 0, 0, 0) if transparent else "white")
    width, height = size
    box = (width // 4, height // 4, 3 * width // 4, 3 * height // 4)
    ImageDraw.Draw(picture).rectangle(box, fill=fill)
    target = io.BytesIO()
    (picture if kind == "PNG" else picture.convert("RGB")).save(target, kind)
    return target.getvalue()


def read_logo(content: bytes) -> Image.Image:
    """The picture in a prepared logo."""
    return Image.open(io.BytesIO(content))
