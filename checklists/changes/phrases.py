"""Words in both languages at once, put together from other words into sentences about changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checklists.localtext import Language, LocalText


@dataclass(frozen=True)
class Phrase:
    """The same words in Russian and in English.

    Unlike a `LocalText` it is made by the program and not by an author, so nothing limits its length.
    """

    ru: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the words in the language asked for."""
        return self.ru if language == "ru" else self.en


def compose(template: Phrase, **gaps: Phrase | None) -> Phrase:
    """Fill the gaps of a template, each language with its own words; None leaves a gap empty."""
    russian = {name: phrase.ru if phrase else "" for name, phrase in gaps.items()}
    english = {name: phrase.en if phrase else "" for name, phrase in gaps.items()}
    return Phrase(template.ru.format(**russian), template.en.format(**english))


def say_alike(text: str) -> Phrase:
    """Return words that read the same in both languages."""
    return Phrase(text, text)


def join_phrases(phrases: Iterable[Phrase], separator: str = ", ") -> Phrase:
    """Put phrases one after the other."""
    parts = tuple(phrases)
    return Phrase(separator.join(part.ru for part in parts), separator.join(part.en for part in parts))


def quote(text: LocalText | Phrase) -> Phrase:
    """Put a text in quotation marks, «…» in Russian and “…” in English; marks in it become inner marks."""
    russian = text.ru.replace("«", "„").replace("»", "“")
    english = text.en.replace("“", "‘").replace("”", "’")
    return Phrase(f"«{_put_on_one_line(russian)}»", f"“{_put_on_one_line(english)}”")


def _put_on_one_line(text: str) -> str:
    return " ".join(text.split())
