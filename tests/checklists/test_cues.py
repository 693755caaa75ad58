"""Cues: the neutral word by which the screen of a visit names a question, and what it leaves untouched."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from pathlib import Path

import pytest

from checklists.definition import Checklist
from checklists.loading import (
    checklist_from_json,
    checklist_to_json,
    list_library,
    load_library_checklist,
    read_checklist_file,
)
from checklists.localtext import LANGUAGES, MAX_CUE_LENGTH
from checklists.publishing import content_hash
from tests.checklists.changed_texts import read, read_base, set_value

WORKED = Path(__file__).parent / "worked" / "worked-visit.yaml"
# Taken before questions could have cues.
HASHES = {
    "corner-shop": "681880650d533f4d98ccea54f2371869541870ede55b8bc8c3a820349b2aee1e",
    "worked-visit": "5e64527f6432539042b279e6bb011d967ba490010448382cac225f8d9e323261",
}
MEASURED = ("duration", "number")
TILL = {"ru": "касса", "en": "till"}

in_every_checklist = pytest.mark.parametrize("name", [entry.id for entry in list_library()])


def read_worked() -> Checklist:
    """A checklist that was published before there were cues."""
    checklist, _problems = read_checklist_file(WORKED)
    assert checklist is not None
    return checklist


def test_it_keeps_the_hash_of_every_version_published_before_there_were_cues() -> None:
    """A version that is frozen must not become another one because the format grew."""
    assert content_hash(read(read_base())) == HASHES["corner-shop"]
    assert content_hash(read_worked()) == HASHES["worked-visit"]
    stored = checklist_to_json(read_worked())
    assert "cue" not in stored
    assert content_hash(checklist_from_json(stored)) == HASHES["worked-visit"]


def test_it_is_a_new_version_once_a_question_has_a_cue() -> None:
    data = deepcopy(read_base())
    set_value(data, "queue-q.cue", TILL)
    cued = read(data)
    assert content_hash(cued) != HASHES["corner-shop"]
    assert checklist_from_json(checklist_to_json(cued)) == cued
    cue = cued.question("queue-q").cue
    assert cue is not None
    assert [cue.in_language(language) for language in LANGUAGES] == ["касса", "till"]


def test_it_tells_other_tools_the_limits_of_a_cue() -> None:
    """The published JSON Schema says what is refused here."""
    rules = Checklist.model_json_schema()["$defs"]["Cue"]["properties"]
    for language in LANGUAGES:
        assert rules[language]["maxLength"] == MAX_CUE_LENGTH
        assert "pattern" in rules[language]


@in_every_checklist
def test_it_has_a_cue_for_everything_the_library_measures_or_counts(name: str) -> None:
    """The covert screen shows a cue, or a bare number that nobody remembers in a shop."""
    measured = [each for each in load_library_checklist(name).questions() if each.kind in MEASURED]
    assert [each.id for each in measured if each.cue is None] == []


@in_every_checklist
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_uses_each_cue_of_a_checklist_once(name: str, language: str) -> None:
    cues = [each.cue for each in load_library_checklist(name).questions() if each.cue]
    words = Counter(cue.ru if language == "ru" else cue.en for cue in cues)
    assert [word for word, times in words.items() if times > 1] == []
