"""What was expected and felt in each visit, and whether the expectation was rated before entering (LN-03)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, case, cast, func, select
from sqlalchemy.dialects import postgresql

from checklists.definition import Checklist
from mystery.database import db
from mystery.fair_models.spelling import spell
from mystery.lenses.queries.tagged_answers import (
    VISIT_KEY,
    VersionTags,
    from_visits,
    is_tagged,
    list_tagged,
    tag_versions,
)
from mystery.models import Answer, ChecklistVersion, Visit
from mystery.sheets.recall import read_moment
from reports.lenses.impressions import RatedVisit
from reports.lenses.tags import list_impressions

IMPRESSIONS = ("expectation", "process", "result")
FINEST_SHARE = 10_000
# The moment of a visit is told to the minute, so what was answered within that minute came before it ended.
TOLD_TO = timedelta(minutes=1)


def read_rated_visits(
    own: Sequence[ColumnElement[bool]], versions: Mapping[int, Checklist]
) -> list[RatedVisit]:
    """The ratings of each visit under ``own`` in percent of their scales; of several alike their mean."""
    tags = tag_versions(versions, list_impressions)
    ratings: defaultdict[str, dict[str, Fraction]] = defaultdict(dict)
    for visit, impression, share in _average(own, tags):
        ratings[visit][impression] = _read_percent(share)
    before = _list_rated_before(own, tags)
    return [
        RatedVisit(
            visit=spell(visit),
            expectation=rated.get("expectation"),
            process=rated.get("process"),
            result=rated.get("result"),
            expected_before=visit in before,
        )
        for visit, rated in ratings.items()
    ]


def _average(own: Sequence[ColumnElement[bool]], tags: VersionTags) -> Sequence[Any]:
    impression = case(*((is_tagged(tags, each), each) for each in IMPRESSIONS)).label("impression")
    rated = (
        from_visits(select(VISIT_KEY, impression, Answer.share).select_from(Answer), own)
        .where(Answer.state == "scored", is_tagged(tags, *IMPRESSIONS))
        .subquery()
    )
    # Grouped by columns of a subquery: with parameters in it, PostgreSQL takes one expression for two.
    kinds = (rated.c.visit, rated.c.impression)
    return db.session.execute(select(*kinds, func.avg(rated.c.share)).group_by(*kinds).order_by(*kinds)).all()


def _list_rated_before(own: Sequence[ColumnElement[bool]], tags: VersionTags) -> set[str]:
    """The visits whose phone noted that the expectation was rated before the moment of the visit.

    Both moments are of the same phone, so a clock gone wrong does not matter.
    """
    questions = list_tagged(tags, "expectation")
    if not questions:
        return set()
    rows = db.session.execute(
        select(VISIT_KEY, Visit.visited_at, *map(_find_moment, questions))
        .join(ChecklistVersion, ChecklistVersion.id == Visit.version_id)
        .where(*own)
    )
    found = set()
    for visit, visited_at, *noted in rows:
        moments = [moment for text in noted if (moment := read_moment(text)) is not None]
        if moments and visited_at is not None and max(moments) < visited_at + TOLD_TO:
            found.add(visit)
    return found


def _find_moment(question: str) -> ColumnElement[str]:
    """The moment at which a phone says a question was answered; NULL where it noted none."""
    counted = func.coalesce(Visit.chosen_answers, Visit.raw_answers)
    if db.session.get_bind().dialect.name == "postgresql":
        noted: ColumnElement[str] = cast(counted, postgresql.JSON)["answered"][question].astext
        return noted
    return func.json_extract(counted, f'$.answered."{question}"')


@lru_cache(maxsize=4096)
def _read_percent(share: float) -> Fraction:
    """A mean of shares in percent; few differ, and making a fraction takes a while."""
    return 100 * Fraction(share).limit_denominator(FINEST_SHARE)
