"""Answers by the tags that the versions of a checklist give their questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, false, or_

from mystery.models import Answer, ChecklistVersion, Visit

VersionTags = Mapping[int, Mapping[str, str]]
"""Version number to question to tag."""

# Making UUIDs of tens of thousands takes longer than reading them.
VISIT_KEY = cast(Visit.id, String).label("visit")


def from_visits(
    statement: Select[*tuple[Any, ...]], own: Sequence[ColumnElement[bool]]
) -> Select[*tuple[Any, ...]]:
    """A statement about answers, narrowed to visits under ``own`` and with their versions at hand."""
    return (
        statement.join(Visit, Visit.id == Answer.visit_id)
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .where(*own)
    )


def is_tagged(tags: VersionTags, *wanted: str) -> ColumnElement[bool]:
    """The condition on an answer that the version of its visit gives the question one of these tags."""
    asked = {
        number: [question for question, tag in named.items() if tag in wanted]
        for number, named in tags.items()
    }
    return or_(false(), *(_is_asked(number, questions) for number, questions in asked.items() if questions))


def list_tagged(tags: Iterable[Mapping[str, object]]) -> list[str]:
    """All questions that any version tags, in a fixed order."""
    return sorted({question for named in tags for question in named})


def _is_asked(number: int, questions: Sequence[str]) -> ColumnElement[bool]:
    return and_(ChecklistVersion.number == number, Answer.question.in_(questions))
