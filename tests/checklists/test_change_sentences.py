"""Every field of the format has words of its own when it changes, in both languages."""

import re
import string
from pathlib import Path
from typing import Any

import pytest
import yaml

import checklists
from checklists.changes import names, texts
from checklists.changes.phrases import Phrase
from checklists.definition import Band, Checklist, Option, Question, ScoringRules, Section
from checklists.version_changes import CHANGES, describe_changes
from tests.checklists.changed_texts import ABSENT, read, read_base, set_value

TABLE = (Path(__file__).parent / "changed_fields.txt").read_text(encoding="utf-8")
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in Path(checklists.__file__).parent.rglob("*.py")
    if path.name != "texts.py"
)


def read_rows() -> list[tuple[str, str, str, list[str]]]:
    """(address, value before, value after, sentences) of every block of the table."""
    rows = []
    for block in TABLE.strip().split("\n\n"):
        head, *sentences = [line.strip() for line in block.splitlines() if not line.startswith("#")]
        address, values = head.split(": ", 1)
        before, after = values.split(" => ")
        rows.append((address, before, after, sentences))
    return rows


def vary_field(address: str, value: str) -> Checklist:
    data = read_base()
    for name, part in zip(address.split(" + "), value.split(" + "), strict=True):
        set_value(data, name, ABSENT if part == ABSENT else yaml.safe_load(part))
    return read(data)


def show(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("address", "before", "after", "sentences"), read_rows(), ids=[row[0] for row in read_rows()]
)
def test_it_says_a_change_in_natural_sentences(
    address: str, before: str, after: str, sentences: list[str]
) -> None:
    """One block a change: the Russian sentences first, then the English ones."""
    changes = describe_changes(vary_field(address, before), vary_field(address, after))
    said = [show(change.message(language)) for language in ("ru", "en") for change in changes]
    assert said == sentences


def test_it_tries_every_field_of_the_format() -> None:
    """A new field of the format needs a block in the table, and with it words."""
    tried = {part for row in read_rows() for name in row[0].split(" + ") for part in name.split(".")}
    tried |= set(re.findall(r"[a-z_]+(?=:)", TABLE))
    structure = {"sections", "questions", "scoring", "options", "bands"}
    for model in (Checklist, ScoringRules, Band, Section, Question, Option):
        assert set(model.model_fields) - structure - {"id", "checklist"} <= tried, model


def test_it_uses_every_sentence_and_every_name() -> None:
    """What nothing says, nobody keeps right."""
    named = set(re.findall(r'"([a-z_]+)"', SOURCES))
    built = {f"{name}_{end}" for name in named for end in ("set", "dropped", "changed", "on", "off")}
    built |= {f"{name}_{end}" for name in ("time", "limits") for end in ("stricter", "easier")}
    built |= {f"{what}_{end}" for what in ("section", "question") for end in ("placed", "placed_first")}
    assert set(CHANGES) <= named | built


def gaps(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def list_phrases() -> list[Phrase]:
    found: list[Phrase] = []
    for module in (names, texts):
        for value in vars(module).values():
            entries: list[Any] = list(value.values()) if isinstance(value, dict) else [value]
            found += [entry for entry in entries if isinstance(entry, Phrase)]
    return found


@pytest.mark.parametrize("phrase", list_phrases(), ids=lambda phrase: phrase.en[:40])
def test_it_keeps_both_languages_alike(phrase: Phrase) -> None:
    """The same gaps on both sides, Russian in Russian, and no Russian in English."""
    assert gaps(phrase.ru) == gaps(phrase.en)
    assert not re.search("[а-яё]", phrase.en, re.IGNORECASE)
    assert not re.search("[a-z]", re.sub(r"\{[a-z_]+\}", "", phrase.ru), re.IGNORECASE)
