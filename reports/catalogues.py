"""Catalogues of words: for each key its text in Russian and in English, some with gaps to fill in."""

from collections.abc import Mapping

from checklists.localtext import Language

Catalogue = Mapping[str, tuple[str, str]]  # key to (Russian, English)


def pick_text(words: Catalogue, key: str, language: Language) -> str:
    """Give the text of a key as it stands there; KeyError for a key that the catalogue does not have."""
    russian, english = words[key]
    return russian if language == "ru" else english


def fill_in(words: Catalogue, key: str, language: Language, /, **details: object) -> str:
    """Give the text of a key with its gaps filled; KeyError for a key that the catalogue does not have."""
    return pick_text(words, key, language).format(**details)
