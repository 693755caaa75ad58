"""One catalogue of problem sentences: complete, in both languages, and all of it in use."""

import re
import string
from pathlib import Path

import pytest

import checklists
from checklists.localtext import LANGUAGES
from checklists.printout import WORDS
from checklists.problems import CATALOGUE, Place, report_problem

SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted(Path(checklists.__file__).parent.glob("*.py"))
    if path.name != "problem_texts.py"
)


def gaps(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_it_uses_every_sentence_of_the_catalogue() -> None:
    """A sentence that nothing reports is a sentence that nobody keeps right."""
    built = {"photo_missing", "answer_missing"}
    named = set(re.findall(r'"([a-z_]+)"', SOURCES))
    unused = set(CATALOGUE) - named - {f"{code}_or_na" for code in built}
    assert unused == set()


def test_it_has_a_sentence_for_every_reported_code() -> None:
    """An unknown code is a programmer's error and stops at once."""
    assert set(re.findall(r'report_problem\(\s*"([a-z_]+)"', SOURCES)) <= set(CATALOGUE)
    with pytest.raises(KeyError):
        report_problem("no_such_problem")


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_it_says_what_is_wrong_and_how_to_mend_it_in_both_languages(code: str) -> None:
    """Russian is Russian, English is English, neither has gaps that the other's caller would not fill."""
    text = CATALOGUE[code]
    assert re.search("[а-яё]", text.ru)
    assert not re.search("[а-яё]", text.en, re.IGNORECASE)
    assert text.ru.endswith((".", "»."))
    assert text.en.endswith((".", "”."))
    assert "!" not in text.ru + text.en
    assert gaps(text.ru) <= gaps(text.en)


@pytest.mark.parametrize("word", sorted(WORDS))
def test_it_keeps_the_words_of_the_arithmetic_alike_in_both_languages(word: str) -> None:
    """The printed arithmetic fills the same gaps in both languages."""
    filled = {language: gaps(getattr(WORDS[word], language)) for language in LANGUAGES}
    assert filled["ru"] == filled["en"]


def test_it_describes_a_place_as_far_as_it_is_known() -> None:
    """File, line, section, question, field, in this order."""
    place = Place(file="shop.yaml", section="first", question="wait", field="weight", line=12)
    assert place.describe("en") == "shop.yaml, line 12, section first, question wait, field weight"
    assert place.describe("ru") == "shop.yaml, строка 12, раздел first, вопрос wait, поле weight"
    assert Place().describe("ru") == ""


def test_it_can_be_kept_in_a_set() -> None:
    """Equal problems are equal, so that pages can group and compare them."""
    first = report_problem("answer_scale", Place(question="q"), low=1, high=5)
    assert {first, report_problem("answer_scale", Place(question="q"), high=5, low=1)} == {first}
