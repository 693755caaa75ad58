"""The pyramid's levels and questions, added up in the database (LN-02)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from checklists.definition import Checklist, Level
from mystery.database import db
from mystery.lenses.queries.tagged_answers import (
    VersionTags,
    from_visits,
    is_tagged,
    list_tagged,
    tag_versions,
)
from mystery.models import Answer, ChecklistVersion
from reports.lenses.pyramid import LEVELS, LevelTally, Pyramid, QuestionShare, raise_pyramid
from reports.lenses.tags import list_levels


@dataclass
class Points:
    """What the answers to a question, or of a level, came to so far."""

    earned: Fraction = Fraction(0)
    possible: Fraction = Fraction(0)
    answers: int = 0

    def add(self, earned: Fraction, possible: Fraction, times: int) -> None:
        """Add so many equal answers."""
        self.earned += earned * times
        self.possible += possible * times
        self.answers += times


@dataclass(frozen=True)
class ReadLevels:
    """The pyramid with the questions of each level, in the order of the newest version that asks them."""

    pyramid: Pyramid
    questions: tuple[QuestionShare, ...]


def read_levels(own: Sequence[ColumnElement[bool]], versions: Mapping[int, Checklist]) -> ReadLevels:
    """Build the pyramid of the visits under ``own``, walked on these versions."""
    tags = tag_versions(versions, list_levels)
    by_level: defaultdict[str, Points] = defaultdict(Points)
    by_question: defaultdict[tuple[str, str], Points] = defaultdict(Points)
    for number, question, earned, possible, times in _add_up(own, tags):
        level = tags[number].get(question)
        if level and possible:
            by_level[level].add(earned, possible, times)
            by_question[level, question].add(earned, possible, times)
    visits, visits_of = _count_visits(own, tags)
    tallies = [
        LevelTally(level, points.earned, points.possible, points.answers, visits_of[level])
        for level, points in ((each, by_level[each]) for each in LEVELS)
    ]
    return ReadLevels(raise_pyramid(tallies, visits=visits), tuple(_list_questions(by_question, versions)))


def _add_up(own: Sequence[ColumnElement[bool]], tags: VersionTags) -> Sequence[Any]:
    """Equal answers to a question of a version, with how often each was given."""
    columns = (ChecklistVersion.number, Answer.question, Answer.earned, Answer.possible)
    statement = from_visits(select(*columns, func.count()).select_from(Answer), own)
    tagged = Answer.question.in_(list_tagged(tags, *LEVELS))
    return db.session.execute(statement.where(Answer.state == "scored", tagged).group_by(*columns)).all()


def _count_visits(own: Sequence[ColumnElement[bool]], tags: VersionTags) -> tuple[int, Mapping[str, int]]:
    """How many visits have any answer that counts, and how many have one of each level."""
    marks = [func.max(case((is_tagged(tags, level), 1), else_=0)).label(level) for level in LEVELS]
    counts = (Answer.state == "scored", Answer.possible != Fraction(0), is_tagged(tags, *LEVELS))
    visits = (
        from_visits(select(*marks).select_from(Answer), own)
        .where(*counts)
        .group_by(Answer.visit_id)
        .subquery()
    )
    row = db.session.execute(select(func.count(), *(func.sum(visits.c[level]) for level in LEVELS))).one()
    return row[0], {level: row[place] or 0 for place, level in enumerate(LEVELS, start=1)}


def _list_questions(
    by_question: Mapping[tuple[str, str], Points], versions: Mapping[int, Checklist]
) -> list[QuestionShare]:
    """In the order of the versions, the newest first; a question is told by its newest wording."""
    listed: dict[tuple[Level, str], QuestionShare] = {}
    for number in sorted(versions, reverse=True):
        for question in versions[number].questions():
            points = by_question.get((question.level or "", question.id))
            if question.level is not None and points is not None:
                share = QuestionShare(
                    question.level, question.text, points.earned / points.possible, points.answers
                )
                listed.setdefault((question.level, question.id), share)
    return list(listed.values())
