"""A company's look on its reports: the logo's picture and a colour that can be read on paper."""

import re
from typing import Final

from reports.rows import ReportLook

OUR_COLOUR: Final = "#0f5c63"
BAR_GROUND: Final = "#e9ebe6"
LEAST_CONTRAST: Final = 4.5  # of text against its paper, WCAG 2.2 AA
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}", re.ASCII)


def choose_colour(look: ReportLook) -> str:
    """Give the company's colour where it can be read on paper, else ours."""
    colour = look.colour.lower()
    return colour if is_readable(colour) else OUR_COLOUR


def is_readable(colour: str) -> bool:
    """Whether "#rrggbb" is dark enough for text on white, and with that for a bar on its ground (3 to 1)."""
    if not _COLOUR.fullmatch(colour.lower()):
        return False
    return measure_contrast(colour.lower(), "#ffffff") >= LEAST_CONTRAST


def measure_contrast(one: str, other: str) -> float:
    """Give the contrast of two colours "#rrggbb" as WCAG counts it, from 1 (none) to 21."""
    dark, light = sorted((_measure_luminance(one), _measure_luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _measure_luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linearise(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)
