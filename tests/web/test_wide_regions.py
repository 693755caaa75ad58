"""What is wider than a phone scrolls in a region that a keyboard reaches and a screen reader names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import mystery

TEMPLATES = Path(mystery.__file__).parent / "templates"
REGION = re.compile(r'<div [^>]*class="[^"]*table-scroll[^>]*>')
REGIONS = [
    (path.relative_to(TEMPLATES).as_posix(), tag)
    for path in sorted(TEMPLATES.rglob("*.html"))
    for tag in REGION.findall(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("template", "tag"), REGIONS)
def test_it_scrolls_with_a_keyboard_and_has_a_name(template: str, tag: str) -> None:
    assert 'tabindex="0"' in tag
    assert 'role="region"' in tag
    assert "aria-label=" in tag or "aria-labelledby=" in tag


def test_it_shades_the_edge_beyond_which_there_is_more() -> None:
    """Look: nothing that is cut may look complete."""
    style = (TEMPLATES.parent / "static" / "office.css").read_text(encoding="utf-8")
    rules = "".join(re.findall(r"^\.table-scroll \{.*?\}", style, re.DOTALL | re.MULTILINE))
    assert "overflow-x: auto" in rules
    assert rules.count(" local") == rules.count(" scroll") == 2
