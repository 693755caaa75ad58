"""The words of the library: every text in both languages, plain, and in the form the pages expect.

These checks read the YAML files themselves, so that a text is judged as it was written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

LIBRARY = Path(__file__).parents[2] / "checklists" / "library"
FILES = sorted(LIBRARY.rglob("*.yaml"))
CHECKLISTS = sorted((LIBRARY / "checklists").glob("*.yaml"))
LANGUAGES = ("ru", "en")
LONGEST_QUESTION = 160
# A question to answer ends with a question mark; what is only to be attached is asked for in a sentence.
REQUESTED_KINDS = {"photo", "audio"}
LATIN_IN_RUSSIAN = {"WOW", "SMS", "PDF", "QR", "FAQ"}

CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
STANDARD_CODE = re.compile(r"\b[A-Z]{2}-\d\d\b")
LATIN_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
# Two blanks, a blank at either end, or a blank before a mark that belongs to the word.
STRAY_BLANK = re.compile(r"\s\s|^\s|\s$|\s[,.;:?]")

in_every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
in_every_checklist = pytest.mark.parametrize("path", CHECKLISTS, ids=lambda path: path.stem)


def read(path: Path) -> Any:
    """The content of a library file as plain lists and dicts."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def find_texts(node: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every text in two languages below a node, with its place: `sections.greeting.questions.wait.hint`."""
    if isinstance(node, list):
        for number, entry in enumerate(node, start=1):
            name = entry.get("id") or entry.get("code") if isinstance(entry, dict) else None
            yield from find_texts(entry, f"{place}.{name or number}")
    elif isinstance(node, dict) and node.keys() & set(LANGUAGES):
        yield place.removeprefix("."), node
    elif isinstance(node, dict):
        for name, entry in node.items():
            yield from find_texts(entry, f"{place}.{name}")


def find_sentences(path: Path, language: str) -> dict[str, str]:
    """The texts of a file in one language, by place."""
    return {place: str(text.get(language, "")) for place, text in find_texts(read(path))}


def find_questions(path: Path) -> dict[str, dict[str, Any]]:
    """The questions of a checklist by id."""
    return {
        question["id"]: question for section in read(path)["sections"] for question in section["questions"]
    }


def test_it_looks_at_the_whole_library() -> None:
    folders = Counter(path.parent.name for path in FILES)
    assert folders["standards"] >= 24
    assert folders["scenarios"] >= 10
    assert folders["checklists"] >= 10


@in_every_file
def test_it_says_everything_in_both_languages(path: Path) -> None:
    wrong = [
        place
        for place, text in find_texts(read(path))
        if set(text) != set(LANGUAGES) or not all(isinstance(text[name], str) for name in LANGUAGES)
    ]
    assert not wrong, f"these need ru and en, each a text: {wrong}"


@in_every_file
def test_it_writes_each_language_for_itself(path: Path) -> None:
    same = [place for place, text in find_texts(read(path)) if text.get("ru") == text.get("en")]
    assert not same, f"these read alike in both languages: {same}"


@in_every_file
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_never_raises_its_voice(path: Path, language: str) -> None:
    loud = [place for place, text in find_sentences(path, language).items() if "!" in text]
    assert not loud, f"end these with a full stop: {loud}"


@in_every_file
def test_it_writes_russian_in_cyrillic(path: Path) -> None:
    foreign = {}
    for place, text in find_sentences(path, "ru").items():
        words = set(LATIN_WORD.findall(STANDARD_CODE.sub("", text))) - LATIN_IN_RUSSIAN
        if words or not CYRILLIC.search(text):
            foreign[place] = sorted(words) or text
    assert not foreign, f"say these in Russian: {foreign}"


@in_every_file
def test_it_writes_english_without_cyrillic(path: Path) -> None:
    foreign = {place: text for place, text in find_sentences(path, "en").items() if CYRILLIC.search(text)}
    assert not foreign, f"a Cyrillic letter has slipped into these: {foreign}"


@in_every_file
def test_it_quotes_russian_speech_as_russians_do(path: Path) -> None:
    straight = [place for place, text in find_sentences(path, "ru").items() if '"' in text or "“" in text]
    assert not straight, f"these need «…»: {straight}"


@in_every_file
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_no_stray_blanks(path: Path, language: str) -> None:
    stray = {
        place: text for place, text in find_sentences(path, language).items() if STRAY_BLANK.search(text)
    }
    assert not stray, f"take the blank out: {stray}"


@in_every_checklist
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_asks_in_questions(path: Path, language: str) -> None:
    wrong = {}
    for name, question in find_questions(path).items():
        mark = "." if question["kind"] in REQUESTED_KINDS else "?"
        if not question["text"][language].endswith(mark):
            wrong[name] = f"{question['text'][language]} (should end with {mark})"
    assert not wrong


@in_every_checklist
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_asks_briefly_enough_for_a_phone(path: Path, language: str) -> None:
    texts = {name: question["text"][language] for name, question in find_questions(path).items()}
    long = {name: len(text) for name, text in texts.items() if len(text) > LONGEST_QUESTION}
    assert not long, f"shorten these to {LONGEST_QUESTION} characters, the rest belongs in the hint: {long}"


@in_every_checklist
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_asks_each_thing_once(path: Path, language: str) -> None:
    asked = Counter(question["text"][language].casefold() for question in find_questions(path).values())
    twice = [text for text, times in asked.items() if times > 1]
    assert not twice, f"two questions of one checklist read alike: {twice}"


@in_every_checklist
def test_it_shares_out_a_hundred_among_the_sections(path: Path) -> None:
    weights = {section["id"]: Fraction(str(section["weight"])) for section in read(path)["sections"]}
    assert sum(weights.values()) == 100, f"the sections weigh {weights}"


@in_every_checklist
def test_it_asks_enough_to_judge_and_little_enough_to_remember(path: Path) -> None:
    assert 15 <= len(find_questions(path)) <= 60
