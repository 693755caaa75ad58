"""Changes arranged for a page: the whole checklist, then section by section, question by question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from checklists.changes.change import Change
from checklists.localtext import Language


@dataclass(frozen=True)
class QuestionChanges:
    """What changed in one question; `text` is empty for what concerns the section itself."""

    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class SectionChanges:
    """What changed in one section; `title` is empty for what concerns the whole checklist."""

    title: str
    sentences: tuple[str, ...]
    questions: tuple[QuestionChanges, ...]


def group_changes(changes: Iterable[Change], language: Language) -> tuple[SectionChanges, ...]:
    """Arrange the changes of `describe_changes` under their sections and questions, in their order."""
    return tuple(
        _group_section(tuple(found), language)
        for _section, found in groupby(changes, key=lambda change: change.place.section)
    )


def _group_section(changes: tuple[Change, ...], language: Language) -> SectionChanges:
    title = changes[0].section
    own = tuple(change.sentence(language) for change in changes if change.question is None)
    asked = [change for change in changes if change.question is not None]
    return SectionChanges(
        "" if title is None else title.in_language(language),
        own,
        tuple(
            _group_question(tuple(found), language)
            for _question, found in groupby(asked, key=lambda change: change.place.question)
        ),
    )


def _group_question(changes: tuple[Change, ...], language: Language) -> QuestionChanges:
    text = changes[0].question
    assert text is not None, "only changes of questions are grouped by question"
    sentences = tuple(change.sentence(language) for change in changes)
    return QuestionChanges(text.in_language(language), sentences)
