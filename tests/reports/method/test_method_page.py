"""The method page explains every figure in both languages, with examples that the code itself computes."""

from __future__ import annotations

import re
from itertools import chain
from string import Formatter

import pytest

from checklists.localtext import Language
from reports.fair_texts import WORDS as FAIR
from reports.method.chapter import Chapter
from reports.method.invented_programme import invent_programme
from reports.method.page import WORDS, explain_everything
from reports.method.plan import ANCHORS, PARTS, QUOTED
from reports.method.scored_visits import score_first, score_second

BOTH: tuple[Language, ...] = ("ru", "en")


def find_chapter(anchor: str, language: Language = "en") -> Chapter:
    """The chapter with this anchor."""
    parts = explain_everything(language)
    return next(each for part in parts for each in part.chapters if each.anchor == anchor)


def read_words(chapter: Chapter) -> str:
    """Everything a chapter says in sentences."""
    words = chain(chapter.paragraphs, chapter.example, chapter.formula)
    return " ".join(words).replace("\u00a0", " ")


@pytest.mark.parametrize("language", BOTH)
def test_it_has_every_chapter_once_with_words_and_no_gap_left_open(language: Language) -> None:
    """The anchors are what other pages link to."""
    chapters = [each for part in explain_everything(language) for each in part.chapters]
    assert [each.anchor for each in chapters] == list(ANCHORS)
    assert len(set(ANCHORS)) == len(ANCHORS) == 27
    for chapter in chapters:
        words = read_words(chapter)
        assert chapter.title
        assert chapter.paragraphs
        assert not re.search(r"[{}]", words), chapter.anchor
        assert bool(re.search("[А-Яа-я]{4}", words)) == (language == "ru"), chapter.anchor


def test_it_says_the_same_things_in_both_languages() -> None:
    """As many sentences, and the same figures in them."""
    for russian, english in zip(explain_everything("ru"), explain_everything("en"), strict=True):
        for one, other in zip(russian.chapters, english.chapters, strict=True):
            assert len(one.paragraphs) == len(other.paragraphs), one.anchor
            assert len(one.example) == len(other.example), one.anchor
            assert (one.table is None) == (other.table is None)
            assert (one.picture is None) == (other.picture is None)
    for key, texts in WORDS.items():
        gaps = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts]
        assert gaps[0] == gaps[1], key


def test_it_has_no_text_that_no_chapter_uses() -> None:
    """A sentence left behind would be translated for nobody."""
    plans = [plan for plans in PARTS.values() for plan in plans]
    used = {key for plan in plans for key in (*plan.paragraphs, *plan.example, *plan.formula)}
    titles = {f"{plan.anchor}_title" for plan in plans}
    assert used <= {*WORDS, *QUOTED, *FAIR}
    assert QUOTED.keys() <= used
    quoted_by_code = re.compile(r"^(part|made|person|one|other|trained|control|pyramid|shrinkage|.*_picture)")
    assert not {key for key in WORDS.keys() - used - titles if not quoted_by_code.match(key)}


def test_it_scores_the_worked_visits_of_the_rules() -> None:
    """SC-03 to SC-08: 646/9 and 691/9 with a coverage of 3/4; 68.5 and 60 after the knock-out."""
    first, second = score_first(), score_second()
    assert (str(first.base), str(first.final), str(first.coverage)) == ("646/9", "691/9", "3/4")
    assert (str(second.base), str(second.final), str(second.coverage)) == ("137/2", "60", "1")
    assert "71.8, bonus 5, final 76.8" in read_words(find_chapter("two-scores"))
    assert "16 of 20, or 80%" in read_words(find_chapter("score"))
    table = find_chapter("score").table
    assert table is not None
    weights = [float(row[-1]) for row in table.rows if row[-1] != "–"]
    assert sum(weights) == pytest.approx(100)
    percents = [float(row[2]) for row in table.rows if row[-1] != "–"]
    mean = sum(w * p for w, p in zip(weights, percents, strict=True)) / 100
    assert mean == pytest.approx(71.8, abs=0.1)


def test_it_reproduces_the_published_examples_of_the_lenses() -> None:
    """LN-01 (6 of 6 is at least 69 %), LN-02 (.593 against .83), LN-05 (96.5), LN-07."""
    assert "at least 69%" in read_words(find_chapter("consistency"))
    assert "0.593" in read_words(find_chapter("pyramid"))
    assert "0.83" in read_words(find_chapter("pyramid"))
    assert "96.5%" in read_words(find_chapter("quality-pay"))
    assert "12% to 40%" in read_words(find_chapter("loyalty-button"))


def test_it_shows_on_known_people_what_a_fair_score_is_worth() -> None:
    """The truth is drawn first; the model sees visits alone. A third less error, and honest intervals."""
    programme = invent_programme()
    assert programme.find_error(of_fair=True) < programme.find_error(of_fair=False) * 2 / 3 + 0.1
    assert programme.count_covered() >= 50
    anna = programme.find_unlucky()
    assert anna.fair is not None
    assert anna.raw is not None
    truth = programme.truth[anna.employee]
    assert abs(anna.fair - truth) < abs(anna.raw - truth)
    assert programme.find_called_pair().state == "called"
    assert programme.find_untold_pair().state == "untold"


@pytest.mark.parametrize("language", BOTH)
def test_it_adds_up_what_a_score_was_made_of(language: Language) -> None:
    """The printed points of a visit add up to its printed score."""
    table = find_chapter("model", language).table
    assert table is not None
    points = [float(row[1].replace(",", ".").replace("−", "-")) for row in table.rows]
    assert sum(points[:-1]) == pytest.approx(points[-1])


def test_it_draws_its_pictures_without_inline_styles_or_scripts() -> None:
    """The content security policy refuses both."""
    pictures = [each.picture for part in explain_everything("en") for each in part.chapters if each.picture]
    assert len(pictures) == 3
    for picture in pictures:
        assert "style=" not in picture
        assert "<script" not in picture
