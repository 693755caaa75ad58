"""The legend that was played, as far as the assessed side may know it: the role, and what was expected."""

import re
from dataclasses import dataclass
from typing import Final

from checklists.localtext import Language
from reports.rows import PlayedScenario

MOST_SENTENCES: Final = 2
MOST_LETTERS: Final = 320
MOST_EXPECTED: Final = 6
_SENTENCE: Final = re.compile(r".+?(?:[.!?…]+(?=\s|$)|$)", re.DOTALL)


@dataclass(frozen=True)
class Legend:
    """The words of a legend in one language; the role is None where only its title is known."""

    title: str
    role: str | None
    expected: tuple[str, ...]


def build_legend(scenario: PlayedScenario | None, language: Language) -> Legend | None:
    """Give the legend's title, the first two sentences of its role, and what was expected."""
    if scenario is None:
        return None
    return Legend(
        title=scenario.title.in_language(language),
        role=_begin(scenario.role.in_language(language)) if scenario.role else None,
        expected=tuple(each.in_language(language) for each in scenario.expected[:MOST_EXPECTED]),
    )


def _begin(text: str) -> str:
    sentences = [found.strip() for found in _SENTENCE.findall(" ".join(text.split()))][:MOST_SENTENCES]
    begun = " ".join(sentences)
    return begun if len(begun) <= MOST_LETTERS else f"{begun[:MOST_LETTERS].rsplit(' ', 1)[0]} …"
