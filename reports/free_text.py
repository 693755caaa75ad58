"""Free texts of visits on their way to the page: every letter kept, nothing that takes minutes to lay out."""

import re
from typing import Final

MOST_LINES: Final = 100
ENDLESS_WORD: Final = re.compile(r"\S{200,}")
PIECE: Final = 60  # letters


def tame_text(text: str) -> str:
    """Keep every letter of a free text, but make it cheap to print.

    Thousands of lines, or one word of thousands of letters, would keep the printer busy for minutes.
    """
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        text = "\n".join([*lines[:MOST_LINES], " ".join(lines[MOST_LINES:])])
    return ENDLESS_WORD.sub(_let_break, text)


def _let_break(word: re.Match[str]) -> str:
    letters = word[0]
    pieces = [letters[start : start + PIECE] for start in range(0, len(letters), PIECE)]
    return "\N{ZERO WIDTH SPACE}".join(pieces)
