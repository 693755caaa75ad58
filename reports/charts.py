"""Charts as our own SVG macros: one source for the page and for print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports.marks import Mark

MARKS = Path(__file__).parent / "styles" / "marks"


@dataclass(frozen=True)
class Bar:
    """One bar of a chart; `share` and `tick` are parts of its full length, from 0 to 1."""

    label: str
    share: Fraction | None  # None: nothing was assessed, and only the figure's words are shown
    figure: str
    remark: str | None = None
    tick: Fraction | None = None


def draw_bars(bars: Sequence[Bar]) -> Markup:
    """Draw bars under each other as rows of a table: label, bar with its tick, figure."""
    return call_macro("charts.svg", "bars", rows=bars)


@cache
def draw_mark(mark: Mark) -> Markup:
    """Give the drawing of a mark for a page; its word must stand beside it."""
    return Markup((MARKS / f"{mark}.svg").read_text(encoding="utf-8"))  # noqa: S704 - a file of this package


def render_drawing(template: str, **details: object) -> Markup:
    """Render a template of this package that is a drawing, for a page."""
    drawing = environment().get_template(template).render(**details)
    return Markup(drawing)  # noqa: S704 - the environment escapes every text


def call_macro(template: str, macro: str, **details: object) -> Markup:
    """Call a macro of a template of drawings, for a page."""
    # Where everything is escaped, as here, Jinja's macros give Markup.
    draw: Callable[..., Markup] = getattr(environment().get_template(template).module, macro)
    return draw(**details)


@cache
def environment() -> Environment:
    """Give the templates of this package: escaping everything, stopping at a name that does not exist."""
    made = Environment(
        loader=PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["along"] = _along
    made.filters["millimetres"] = _measure
    made.filters["shortened"] = _shorten
    return made


def _along(share: Fraction) -> str:
    """Write a share of 1 as a length in a drawing that is 100 wide; what lies outside is cut off."""
    return f"{float(min(max(share, Fraction(0)), Fraction(1)) * 100):.2f}"


def _measure(share: Fraction) -> str:
    """Write a share of 1 as tenths of a millimetre on a bar of 42 mm."""
    return f"{float(min(max(share, Fraction(0)), Fraction(1)) * 420):.1f}"


def _shorten(text: str, most: int) -> str:
    """Leave out the middle of a text longer than `most`: the end of a path names the shop.

    Not done by the style sheet, because the PDF engine writes a wrong text layer for words that it cuts.
    """
    if len(text) <= most:
        return text
    half = (most - 3) // 2
    return f"{text[:half].rstrip()} … {text[-half:].lstrip()}"
