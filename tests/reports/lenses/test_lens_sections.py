"""The lenses as sections of a page: sentence, picture, table and explanation, in both languages."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import get_args
from xml.etree import ElementTree

import pytest

from checklists.definition import Level
from checklists.localtext import LANGUAGES, Language, LocalText
from reports.consistency import measure_consistency
from reports.lenses.effort import Matter, measure_effort
from reports.lenses.impressions import RatedVisit, measure_impressions
from reports.lenses.loyalty_button import read_button
from reports.lenses.page import LensSection, UnitLenses, build_sections
from reports.lenses.page_words import WORDS
from reports.lenses.pictures import draw_strip
from reports.lenses.pyramid import LevelTally, QuestionShare, raise_pyramid
from tests.reports.lenses.visits import judge_visits


def make_lenses(*, visits: int = 6, shares: tuple[int, ...] = (92, 85, 60, 95)) -> UnitLenses:
    """Lenses over so many visits; the levels' shares are those of the worked example from the bottom."""
    levels: tuple[Level, ...] = get_args(Level)
    tallies = [
        LevelTally(level, Fraction(share * visits), Fraction(100 * visits), visits, visits)
        for level, share in zip(levels, shares, strict=False)
    ]
    names = [f"v{number}" for number in range(visits)]
    text = LocalText(ru="Цена верна?", en="Is the price right?")
    return UnitLenses(
        visits=visits,
        consistency=measure_consistency(judge_visits(names)),
        pyramid=raise_pyramid(tallies, visits=visits),
        questions=(QuestionShare("accuracy", text, Fraction(92, 100), visits),),
        impressions=measure_impressions(
            [
                RatedVisit(name, Fraction(75), Fraction(60), Fraction(25), expected_before=True)
                for name in names
            ]
        ),
        effort=measure_effort([Matter(name, "later", contacts=2, minutes=Fraction(3)) for name in names]),
    )


def by_name(lenses: UnitLenses, language: Language = "en") -> dict[str, LensSection]:
    """The sections by their names."""
    return {section.name: section for section in build_sections(lenses, language)}


def test_it_says_and_draws_every_lens() -> None:
    """LN-01 to LN-04 in this order; each picture is sound XML and has a table with the same figures."""
    sections = build_sections(make_lenses(), "en")
    assert [section.name for section in sections] == ["consistency", "pyramid", "impressions", "effort"]
    for section in sections:
        assert section.sentence
        assert section.explanation
        assert section.tables[0].rows
        ElementTree.fromstring(f"<div>{section.picture}</div>")  # Our own drawing.
        assert "style=" not in section.picture


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_heads_each_column_of_a_table_with_words_of_its_own(language: Language) -> None:
    """ "Visits" above the kinds of visits and again above their numbers told nobody which is which."""
    for section in build_sections(make_lenses(), language):
        for table in section.tables:
            assert len(set(table.head)) == len(table.head), table.head


def test_it_draws_where_the_climb_stops_and_what_lies_above_in_vain() -> None:
    """LN-02: two levels are climbed, the third misses its mark, the fourth is pale in spite of its share."""
    pyramid = by_name(make_lenses())["pyramid"]
    assert pyramid.picture.count('class="lens-fill"') == 2
    assert pyramid.picture.count('class="lens-idle"') == 2
    assert pyramid.picture.count('class="lens-end"') == 1
    assert [row[1] for row in pyramid.tables[0].rows] == ["95%", "60%", "85%", "92%"]
    assert pyramid.tables[0].rows[1][2] == "○ does not hold"
    assert [table.rows for table in pyramid.tables[1:]] == [(("Is the price right?", "92%", "6"),)]
    assert 'class="lens-end"' not in by_name(make_lenses(shares=(90, 90, 90, 90)))["pyramid"].picture


def test_it_leads_to_the_visits_that_a_sentence_speaks_of() -> None:
    """LN-03, LN-04: all six were disappointed and none was solved at once."""
    found = by_name(make_lenses())
    everybody = tuple(f"v{number}" for number in range(6))
    assert [each.visits for each in found["impressions"].lists] == [everybody]
    assert [each.visits for each in found["effort"].lists] == [everybody]
    assert "(−50.0)" in found["impressions"].picture
    assert "Minutes of waiting: 3 on average" in found["effort"].notes[-1]
    waits = (
        LocalText(ru="Сколько до помощи?", en="How long till help?"),
        LocalText(ru="А касса?", en="The till?"),
    )
    both = by_name(replace(make_lenses(), waits=waits))["effort"].notes[-1]
    assert both == "The waiting of a visit is the sum of the answers to: “How long till help?”, “The till?”."
    one = by_name(replace(make_lenses(), waits=waits[:1]), "ru")["effort"].notes[-1]
    assert one == "Ожидание — ответ на вопрос «Сколько до помощи?»."


def test_it_draws_nothing_from_too_few_visits() -> None:
    """CP-04: two visits have facts in a table, and neither share nor mean is drawn."""
    found = by_name(make_lenses(visits=2))
    assert found["impressions"].picture == found["effort"].picture == found["consistency"].picture == ""
    assert "not enough visits (2 of 3)" in found["pyramid"].sentence
    assert found["pyramid"].picture == ""
    assert {row[1] for table in found["pyramid"].tables for row in table.rows} == {"–"}
    assert found["impressions"].tables[0].rows[0] == ("What was expected", "–", "2")
    assert found["impressions"].lists == ()


def test_it_draws_the_strip_with_what_each_point_supposes() -> None:
    """LN-07: 30 of 120 are 25, 14, 10 and 6 percent for r = 1, 2, 3, 5."""
    picture = draw_strip(read_button(120, 30, customers=4100), "en")
    assert re.findall(r'<circle class="lens-dot" cx="([\d.]+)%"', picture) == [
        "25.00",
        "14.29",
        "10.00",
        "6.25",
    ]
    assert "25% if everybody presses alike" in picture
    assert draw_strip(read_button(120, 30, customers=None), "en") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_one_language_at_a_time(language: Language) -> None:
    """No word of the other language in what the page says itself; every word of the catalogue has both."""
    said = " ".join(
        (section.title + section.sentence + section.explanation + " ".join(section.notes) + section.picture)
        for section in build_sections(make_lenses(), language)
    )
    assert bool(re.search("[а-яё]", said, re.IGNORECASE)) == (language == "ru")
    for russian, english in WORDS.values():
        assert not re.search("[а-яё]", english, re.IGNORECASE)
        assert russian != english
