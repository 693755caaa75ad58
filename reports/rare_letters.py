"""Letters that our print font lacks, spelt out: a reader sees what stood there, never a wrong glyph.

An archival file may not fall back on whatever fonts a machine happens to have, and two machines must print
the same bytes. The record inside the file keeps every letter as it was typed.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

import fontpkg_pt_sans
from fontTools.ttLib import TTFont

from checklists.localtext import Language
from reports.rare_signs import SIGNS

FONT: Final = Path(fontpkg_pt_sans.ROOT) / "files" / "PT_Sans-Web-Regular.ttf"
MOST_SPELT: Final = 12
NO_BREAK: Final = frozenset("\u2007\u202f")
# Where a word may break, and where a break is forbidden: they have no ink, and the layout knows them.
INKLESS: Final = "\n\t\u00ad\u200b\u2060"


def spell_rare_letters(text: str, language: Language) -> str:
    """Put words in brackets in the place of signs that our font lacks: "[улыбка]", "[U+05E2]".

    Blanks of any width become plain ones; marks that only steer other software are left out.
    """
    text = unicodedata.normalize("NFC", text)
    return _rare_run().sub(lambda found: _spell(found[0], language), text)


@cache
def _rare_run() -> re.Pattern[str]:
    """A run of signs that have no glyph in our font."""
    letters = sorted(TTFont(FONT).getBestCmap())
    known = "".join(re.escape(chr(letter)) for letter in letters)
    return re.compile(f"[^{known}{re.escape(INKLESS)}]+")


def _spell(run: str, language: Language) -> str:
    """Spell a run sign by sign; codes next to each other share one pair of brackets."""
    written: list[str] = []
    codes: list[str] = []
    for sign in run:
        plain = _write_plainly(sign, language)
        if plain is None:
            codes.append(f"U+{ord(sign):04X}")
        elif plain:
            written += [*_bracket(codes), plain]
            codes = []
    return "".join([*written, *_bracket(codes)])


def _write_plainly(sign: str, language: Language) -> str | None:
    """Give what stands for a sign, empty where nothing needs to, None where only its code tells it."""
    category = unicodedata.category(sign)
    if category == "Zs":
        return "\N{NO-BREAK SPACE}" if sign in NO_BREAK else " "
    if category in ("Zl", "Zp"):
        return "\n"
    if category in ("Cc", "Cf", "Mn", "Me", "Sk"):
        return ""
    words = SIGNS.get(sign)
    if words is None:
        return _drop_marks(sign)
    russian, english = words
    return russian if language == "ru" else english


def _drop_marks(sign: str) -> str | None:
    """Give a letter with as many of its marks as our font has, "ê" for "ễ"; None for what has no such base.

    A name is read in "Nguyên", and in no code.
    """
    parts = unicodedata.normalize("NFD", sign)
    letter, marks = parts[0], parts[1:]
    kept = [unicodedata.normalize("NFC", letter + mark) for mark in ("", *marks)]
    drawn = [each for each in kept if len(each) == 1 and not _rare_run().search(each)]
    return drawn[-1] if marks and drawn else None


def _bracket(codes: list[str]) -> list[str]:
    if not codes:
        return []
    more = f" … {len(codes)}" if len(codes) > MOST_SPELT else ""
    return [f"[{' '.join(codes[:MOST_SPELT])}{more}]"]
