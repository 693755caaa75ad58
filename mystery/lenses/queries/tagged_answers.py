"""Answers by the tags that the versions of a checklist give their questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, or_

from checklists.definition import Checklist
from mystery.models import Answer, ChecklistVersion, Visit

VersionTags = Mapping[int, Mapping[str, str]]
"""Version number to question to tag, empty where the question has none."""

# Making UUIDs of tens of thousands takes longer than reading them.
VISIT_KEY = cast(Visit.id, String).label("visit")


def tag_versions(
    versions: Mapping[int, Checklist], tag: Callable[[Checklist], Mapping[str, str]]
) -> VersionTags:
    """The tags of all questions in all versions, as ``tag`` finds them."""
    return {
        number: {question.id: "" for question in checklist.questions()} | dict(tag(checklist))
        for number, checklist in versions.items()
    }


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
    """The condition on an answer that the version of its visit gives the question one of these tags.

    A question that has such a tag wherever it is asked needs no look at the version, which is quicker.
    """
    everywhere, conditions = [], []
    for question in list_tagged(tags, *wanted):
        said = {number: named[question] for number, named in tags.items() if question in named}
        if set(said.values()) <= set(wanted):
            everywhere.append(question)
        else:
            numbers = [number for number, tag in said.items() if tag in wanted]
            conditions.append(and_(ChecklistVersion.number.in_(numbers), Answer.question == question))
    return or_(Answer.question.in_(everywhere), *conditions)


def list_tagged(tags: VersionTags, *wanted: str) -> list[str]:
    """The questions to which any version gives one of these tags, in a fixed order."""
    return sorted({question for named in tags.values() for question, tag in named.items() if tag in wanted})
