"""Numbers, dates and words of the reports in both languages."""

import re
import string
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from checklists.loading import LibraryEntry, list_library, load_library_checklist
from checklists.localtext import Language
from reports.book_words import WORDS as BOOK_WORDS
from reports.comparison_words import WORDS as COMPARISON_WORDS
from reports.consistency_words import WORDS as CONSISTENCY_WORDS
from reports.dates import format_date, format_day_and_part, format_duration
from reports.marks import Mark
from reports.numbers import format_number, format_score, format_signed
from reports.period_words import WORDS as PERIOD_WORDS
from reports.words import WORDS, say

CATALOGUES = [
    (key, *texts)
    for words in (WORDS, BOOK_WORDS, COMPARISON_WORDS, CONSISTENCY_WORDS, PERIOD_WORDS)
    for key, texts in words.items()
]


@pytest.mark.parametrize(("key", "russian", "english"), CATALOGUES)
def test_it_has_every_word_in_both_languages(key: str, russian: str, english: str) -> None:
    """Russian is Russian, English is English, and both fill the same gaps."""
    assert bool(russian) == bool(english)
    assert _gaps(russian) == _gaps(english)
    assert not re.search("[А-Яа-яЁё]", english)
    without_gaps = re.sub(r"{\w+}", "", russian)
    assert not re.search("[A-Za-z]", without_gaps), key


@pytest.mark.parametrize(("key", "russian", "english"), CATALOGUES)
def test_it_speaks_quietly(key: str, russian: str, english: str) -> None:
    """No exclamation marks, and nobody is bad or wrong: a standard was or was not kept."""
    for text in (russian, english):
        assert "!" not in text
        assert not re.search(r"\b(плох|ошибк|bad|poor|error|wrong)", text.lower()), key


@pytest.mark.parametrize(
    ("value", "places", "least", "russian", "english"),
    [
        (Fraction(646, 9), 1, 1, "71,8", "71.8"),
        (Decimal("60"), 1, 1, "60,0", "60.0"),
        (Fraction(3, 2), 2, 0, "1,5", "1.5"),
        (2, 2, 0, "2", "2"),
        (Fraction(1, 8), 2, 2, "0,13", "0.13"),
        (1234567, 2, 0, "1\u00a0234\u00a0567", "1,234,567"),
        (Fraction(-17, 2), 2, 2, "−8,50", "−8.50"),
        (Fraction(7, 2), 0, 0, "4", "4"),
    ],
)
def test_it_writes_numbers_as_each_language_does(
    value: Fraction, places: int, least: int, russian: str, english: str
) -> None:
    """Half-up, decimal comma or point, a real minus."""
    assert format_number(value, "ru", places=places, least=least) == russian
    assert format_number(value, "en", places=places, least=least) == english


def test_it_writes_changes_with_their_sign() -> None:
    """A line of a sum says whether it adds or takes; zero does neither."""
    assert [format_signed(value, "ru") for value in (5, Fraction(-17, 2), 0)] == ["+5,00", "−8,50", "0,00"]


def test_it_keeps_the_decimals_that_a_threshold_needed() -> None:
    """SC-09 may ask for more than one decimal; they are not rounded away again."""
    assert format_score(Decimal("79.96"), "ru") == "79,96"
    assert format_score(Decimal("80.0"), "en") == "80.0"


def test_it_writes_dates_with_the_month_in_words() -> None:
    """5 ноября 2026 and 5 November 2026; the part of the day and never the minute."""
    day = date(2026, 11, 5)
    assert format_date(day, "ru") == "5 ноября 2026"
    assert format_date(day, "en") == "5 November 2026"
    assert format_day_and_part(day, "morning", "ru") == "5 ноября 2026, утром"
    assert format_day_and_part(day, "night", "en") == "5 November 2026, at night"
    assert format_day_and_part(day, None, "en") == "5 November 2026"
    assert format_date(None, "ru") == "день не указан"


@pytest.mark.parametrize(
    ("seconds", "russian", "english"),
    [
        (0, "0 с", "0 s"),
        (45, "45 с", "45 s"),
        (240, "4 мин", "4 min"),
        (245, "4 мин 5 с", "4 min 5 s"),
        (3900, "1 ч 5 мин", "1 h 5 min"),
        (86400, "24 ч", "24 h"),
    ],
)
def test_it_writes_lengths_of_time_in_words(seconds: int, russian: str, english: str) -> None:
    """Nobody reads 240 seconds."""
    assert format_duration(seconds, "ru").replace("\u00a0", " ") == russian
    assert format_duration(seconds, "en").replace("\u00a0", " ") == english


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_has_a_word_for_every_mark(language: Language) -> None:
    """Never colour alone, and never a shape alone."""
    assert len({mark.in_words(language) for mark in Mark}) == len(Mark)


def test_it_refuses_a_word_it_does_not_have() -> None:
    """A missing word is a programmer's error and is found at once."""
    with pytest.raises(KeyError):
        say("no such word", "ru")


def _gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("entry", list_library(), ids=lambda entry: entry.id)
def test_it_calls_the_satisfactory_level_as_the_band_that_begins_there(entry: LibraryEntry) -> None:
    """A lead who reads «Достойно» of 70 on a visit finds the same level in every report."""
    checklist = load_library_checklist(entry.id)
    (band,) = (band for band in checklist.bands if band.at == checklist.scoring.satisfactory)
    stems = (band.label.ru.lower().removesuffix("о"), band.label.en.lower())
    for texts in (
        WORDS["tick_satisfactory"],
        PERIOD_WORDS["trend_satisfactory"],
        CONSISTENCY_WORDS["meaning"],
    ):
        assert all(stem in text.lower() for stem, text in zip(stems, texts, strict=True))


def test_it_says_what_a_mean_is_out_of() -> None:
    """Whoever reads of a mean of 100 believes that everything was at its best."""
    russian, english = PERIOD_WORDS["mean_of"]
    assert (russian.split(",")[0], english.split(",")[0]) == ("из 100", "out of 100")
