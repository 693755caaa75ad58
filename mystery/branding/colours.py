"""Colours fit for print: read as people write them, and dark enough to be read on white paper."""

from __future__ import annotations

import re
from typing import Final

# WCAG 2 asks 4.5:1 of text; names, figures and bars of the report are drawn in this colour.
LEAST_CONTRAST: Final = 4.5
WRITTEN = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


def read_colour(text: str) -> str | None:
    """A colour in the form "#0f5c63", also of "0F5C63" and "#abc"; None for anything else."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def contrast_on_white(colour: str) -> float:
    """How well a colour stands out on white, from 1 to 21 (WCAG 2)."""
    return 1.05 / (_luminance(_split(colour)) + 0.05)


def is_readable(colour: str) -> bool:
    """Whether text of this colour can be read on white paper."""
    return contrast_on_white(colour) >= LEAST_CONTRAST


def darken_to_readable(colour: str) -> str:
    """The lightest colour of the same hue that can be read on white; the colour itself where it can."""
    if is_readable(colour):
        return colour
    linear = [_linearise(part) for part in _split(colour)]
    # In light itself, a hue stays when all its parts shrink alike.
    share = (1.05 / LEAST_CONTRAST - 0.05) / _luminance(_split(colour))
    parts = [_encode(part * share) for part in linear]
    return "#" + "".join(f"{part:02x}" for part in parts)


def _split(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _luminance(parts: tuple[int, int, int]) -> float:
    red, green, blue = (_linearise(part) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linearise(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _encode(light: float) -> int:
    share = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    # Rounded down: one step lighter could miss the contrast again.
    return int(share * 255)
