"""Logos to hand in, drawn on the spot."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def draw_logo(
    size: tuple[int, int] = (600, 200),
    *,
    kind: str = "PNG",
    transparent: bool = True,
    fill: str = "#2f4d8f",
    ground: str = "white",
    margins: tuple[int, int] | None = None,
) -> bytes:
    """A bar within a margin, a quarter of each side unless given, which is transparent or the ground."""
    picture = Image.new("RGBA", size, (0, 0, 0, 0) if transparent else ground)
    width, height = size
    across, down = margins or (width // 4, height // 4)
    ImageDraw.Draw(picture).rectangle((across, down, width - across, height - down), fill=fill)
    target = io.BytesIO()
    (picture if kind == "PNG" else picture.convert("RGB")).save(target, kind)
    return target.getvalue()


def read_logo(content: bytes) -> Image.Image:
    """The picture in a prepared logo."""
    return Image.open(io.BytesIO(content))
