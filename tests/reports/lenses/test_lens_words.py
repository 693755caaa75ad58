"""The words of the lenses in both languages."""

import re
import string

import pytest

from checklists.localtext import Language
from reports.catalogues import Catalogue
from reports.lenses import (
    effort_words,
    impressions_words,
    loyalty_button_words,
    pyramid_words,
    quality_pay_words,
    training_effect_words,
)
from reports.lenses.effort import COSTS
from reports.lenses.effort_words import name_cost
from reports.lenses.impressions_words import name_impression
from reports.lenses.phrasing import count_out_of, count_things
from reports.lenses.pyramid import LEVELS
from reports.lenses.pyramid_words import ask_level, name_level

CATALOGUES: list[Catalogue] = [
    module.WORDS
    for module in (
        effort_words,
        impressions_words,
        loyalty_button_words,
        pyramid_words,
        quality_pay_words,
        training_effect_words,
    )
]
TEXTS = [(key, *texts) for words in CATALOGUES for key, texts in words.items()]


@pytest.mark.parametrize(("key", "russian", "english"), TEXTS)
def test_it_has_every_sentence_in_both_languages(key: str, russian: str, english: str) -> None:
    """Russian is Russian, English is English, and only Russian sometimes needs fewer gaps."""
    assert russian
    assert english
    assert not re.search("[А-Яа-яЁё]", english)
    assert not re.search("[A-Za-z]", re.sub(r"{\w+}", "", russian)), key
    assert _gaps(english) <= _gaps(russian) | {"visits"}


@pytest.mark.parametrize(("key", "russian", "english"), TEXTS)
def test_it_speaks_quietly(key: str, russian: str, english: str) -> None:
    """No exclamation marks, and nobody is bad or wrong."""
    for text in (russian, english):
        assert "!" not in text
        assert not re.search(r"\b(плох|ошибк|bad|poor|error|wrong)", text.lower()), key


@pytest.mark.parametrize(
    ("count", "russian", "out_of"),
    [
        (1, "1 визит", "1 визита"),
        (3, "3 визита", "3 визитов"),
        (5, "5 визитов", "5 визитов"),
        (11, "11 визитов", "11 визитов"),
        (21, "21 визит", "21 визита"),
        (1200, "1 200 визитов", "1 200 визитов"),
    ],
)
def test_it_counts_with_the_right_endings(count: int, russian: str, out_of: str) -> None:
    """1 визит, 3 визита, 5 визитов, and «из 21 визита»."""
    assert count_things(count, "visit", "ru").replace("\u00a0", " ") == russian
    assert count_out_of(count, "visit", "ru").replace("\u00a0", " ") == out_of


def test_it_counts_in_english() -> None:
    """1 visit, 2 visits, 1 person, 2 people."""
    assert count_things(1, "visit", "en") == "1\u00a0visit"
    assert count_out_of(2, "person", "en") == "2\u00a0people"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_names_everything_that_a_table_heads(language: Language) -> None:
    """Levels and their questions, impressions and costs."""
    names = [name_level(level, language) for level in LEVELS]
    names += [ask_level(level, language) for level in LEVELS]
    names += [name_impression(each, language) for each in ("expectation", "process", "result")]
    names += [name_cost(cost, language) for cost in COSTS]
    assert len(set(names)) == 15


def _gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
