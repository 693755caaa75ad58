"""Any two versions: a difference is never invented, never overlooked, never told in file language."""

import json
import re
from typing import Any

from hypothesis import given

from checklists.definition import Checklist
from checklists.loading import read_checklist
from checklists.localtext import LANGUAGES
from checklists.publishing import content_hash
from checklists.version_changes import describe_changes, group_changes
from tests.checklists.strategies import checklists

Data = dict[str, Any]
FILE_WORDS = re.compile(
    r"[{}\[\]_]|\b(upto|share|at_least|at_most|show_if|true|false|null|None)\b|\b[qso]\d|made-up"
)


def give_texts(data: Data) -> Data:
    """Give every part a text of its own, as authors do."""
    for number, section in enumerate(data["sections"]):
        section["title"] = {"ru": f"Раздел {number}", "en": f"Part {number}"}
        for count, question in enumerate(section["questions"]):
            question["text"] = {"ru": f"Вопрос {number} и {count}", "en": f"Ask {number} and {count}"}
            for place, option in enumerate(question.get("options", ())):
                option["text"] = {"ru": f"Ответ {place}", "en": f"Reply {place}"}
    return data


def read(data: Data) -> Checklist | None:
    return read_checklist(json.dumps(data), name="made-up")[0]


@given(old=checklists(), new=checklists())
def test_it_speaks_of_any_two_versions_in_words(old: Data, new: Data) -> None:
    """No id, no field name and no piece of JSON ever reaches a reader."""
    before, after = read(give_texts(old)), read(give_texts(new))
    if before is None or after is None:
        return
    changes = describe_changes(before, after)
    assert bool(changes) == (content_hash(before) != content_hash(after))
    for language in LANGUAGES:
        messages = [change.message(language) for change in changes]
        assert not [message for message in messages if FILE_WORDS.search(message)]
        assert len(set(messages)) == len(messages)
        grouped = group_changes(changes, language)
        sentences = [each for group in grouped for each in group.sentences]
        sentences += [each for group in grouped for asked in group.questions for each in asked.sentences]
        assert sorted(sentences) == sorted(change.sentence(language) for change in changes)
        titles = [group.title for group in grouped]
        assert len(set(titles)) == len(titles)


@given(data=checklists())
def test_it_finds_nothing_between_equal_versions(data: Data) -> None:
    """Reading the same text twice gives no difference."""
    first, second = read(data), read(data)
    if first is not None and second is not None:
        assert describe_changes(first, second) == []
