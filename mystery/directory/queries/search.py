"""Searching names and codes by words, whatever their case; SQLite itself folds only Latin letters."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, func, or_, true
from sqlalchemy.orm import InstrumentedAttribute

LONGEST_SEARCH = 100
MOST_WORDS = 6
TextColumn = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


def search_words(text: str) -> list[str]:
    """The words to look for; control characters and what is beyond any sensible length are dropped."""
    shown = "".join(character if character.isprintable() else " " for character in text[:LONGEST_SEARCH])
    return shown.split()[:MOST_WORDS]


def fold_yo(column: TextColumn) -> ColumnElement[str]:
    """The column with ё as е, for sorting and for those who type Семен."""
    return func.replace(func.replace(column, "ё", "е"), "Ё", "Е")


def has_words(text: str, *columns: TextColumn) -> ColumnElement[bool]:
    """The condition that each word of ``text`` stands in one of ``columns``; true when there is none."""
    return and_(true(), *(_has_word(word, columns) for word in search_words(text)))


def _has_word(word: str, columns: Iterable[TextColumn]) -> ColumnElement[bool]:
    folded = [fold_yo(column) for column in columns]
    return or_(*(column.contains(form, autoescape=True) for column in folded for form in _forms(word)))


def _forms(word: str) -> set[str]:
    word = word.replace("ё", "е").replace("Ё", "Е")
    return {word, word.lower(), word.upper(), word.capitalize()}
