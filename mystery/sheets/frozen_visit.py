"""Freezing a visit: its answers and its score become rows, and only a correction on record changes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, column, delete, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError

from checklists.answers import AnswerSheet, sheet_to_json
from checklists.definition import Checklist
from checklists.scorecard import QuestionScore, Scorecard
from mystery.database import db
from mystery.jobs.asking import ask_for_printing
from mystery.models import Answer, Visit, VisitSection, VisitState

FROZEN = (VisitState.SUBMITTED.value, VisitState.SET_ASIDE.value)
ANSWER_COLUMNS = (
    "question",
    "position",
    "state",
    "value",
    "share",
    "earned",
    "possible",
    "knocked_out",
    "standard_code",
    "standard_revision",
    "comment",
    "recall_minutes",
)


@dataclass(frozen=True)
class CheckedVisit:
    """A visit that may be submitted: the typed sheet, its score, and the facts that are not answers.

    ``recall`` has the minutes from event to answer, of the questions of which a phone has noted them.
    """

    checklist: Checklist
    sheet: AnswerSheet
    card: Scorecard
    visited_at: datetime
    employee_id: UUID | None
    employee_note: str
    recall: Mapping[str, int] = field(default_factory=dict)


def freeze_visit(
    visit_id: UUID,
    checked: CheckedVisit,
    *,
    raw: str,
    submitted_at: datetime,
    was: VisitState = VisitState.DRAFT,
) -> bool:
    """Turn the draft into a submitted visit, or set it aside when its assignment already has one.

    A held visit that a reviewer takes ``was`` no draft but held. False when it was no longer in that state:
    somebody else's request had just frozen it.
    """
    values = _list_visit_values(checked) | {"raw_answers": raw, "submitted_at": submitted_at}
    values["returned_reason"] = ""
    try:
        with db.session.begin_nested():
            frozen = _change_visit(visit_id, was, values | {"state": VisitState.SUBMITTED.value})
            if frozen:
                # Its readers shall find it printed. The job stands or falls with this transaction.
                ask_for_printing(visit_id)
    except IntegrityError:
        # The unique index decides which of several visits of an assignment came first, not a look beforehand.
        frozen = _change_visit(visit_id, was, values | {"state": VisitState.SET_ASIDE.value})
    if frozen:
        _insert_sections(visit_id, checked.card)
        _insert_answers(visit_id, _list_rows(checked))
    return frozen


def refreeze_visit(visit_id: UUID, checked: CheckedVisit) -> None:
    """Put other numbers in the place of those that a sent visit had: an answer was corrected, or another
    version of the visit was chosen. Commits nothing.

    When the visit was and whom it was about stays, and so does what was sent. The rows of sections and
    answers are made anew, since a corrected answer may show other questions or hide some.
    """
    counted = (Visit.id == visit_id, Visit.state.in_(FROZEN))
    statement = update(Visit).where(*counted).values(**_list_score_values(checked.card))
    db.session.execute(statement.execution_options(synchronize_session=False))
    db.session.execute(delete(VisitSection).where(VisitSection.visit_id == visit_id))
    db.session.execute(delete(Answer).where(Answer.visit_id == visit_id))
    _insert_sections(visit_id, checked.card)
    _insert_answers(visit_id, _list_rows(checked))


def list_answer_rows(
    checklist: Checklist, sheet: AnswerSheet, card: Scorecard
) -> list[dict[str, str | int | float | bool | None]]:
    """One row for every question of the version, as plain JSON values; without the minutes of recall."""
    values = json.loads(sheet_to_json(sheet))["answers"]
    scores = {score.id: score for score in card.questions()}
    return [
        {
            **_write_score(scores[question.id]),
            "position": position,
            "value": _write_value(values, scores[question.id]),
            "standard_code": question.standard_code,
            "standard_revision": question.standard_revision,
            "comment": sheet.comments.get(question.id, ""),
            "recall_minutes": None,
        }
        for position, question in enumerate(checklist.questions())
    ]


def _list_rows(checked: CheckedVisit) -> list[dict[str, Any]]:
    rows = list_answer_rows(checked.checklist, checked.sheet, checked.card)
    # A moment without an answer is that of an answer taken back, or of a comment.
    return [
        row | {"recall_minutes": checked.recall.get(str(row["question"])) if row["value"] else None}
        for row in rows
    ]


def _write_score(score: QuestionScore) -> dict[str, str | float | bool | None]:
    return {
        "question": score.id,
        "state": score.state,
        "share": None if score.value is None else float(score.value),
        "earned": _write_fraction(score.earned),
        "possible": _write_fraction(score.possible),
        "knocked_out": score.critical_fired,
    }


def _write_value(values: Mapping[str, Any], score: QuestionScore) -> str | None:
    # What was answered to a hidden question is in the raw answers only: it is not in this visit (SC-02).
    if score.state == "hidden" or score.id not in values:
        return None
    return json.dumps(values[score.id], ensure_ascii=False, separators=(",", ":"))


def _write_fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def _list_visit_values(checked: CheckedVisit) -> dict[str, Any]:
    return _list_score_values(checked.card) | {
        "visited_at": checked.visited_at,
        "visited_on": checked.visited_at.date(),
        "employee_id": checked.employee_id,
        "employee_note": checked.employee_note,
    }


def _list_score_values(card: Scorecard) -> dict[str, Any]:
    return {
        "base": card.base,
        "final": card.final,
        "coverage": card.coverage,
        "base_percent": None if card.base is None else float(card.base),
        "final_percent": None if card.final is None else float(card.final),
        "coverage_percent": float(100 * card.coverage),
        "passed": card.passed,
        "band": card.band,
        "knocked_out": bool(card.critical),
    }


def _change_visit(visit_id: UUID, was: VisitState, values: dict[str, Any]) -> bool:
    statement = (
        update(Visit)
        .where(Visit.id == visit_id, Visit.state == was.value)
        .values(**values)
        .returning(Visit.id)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(statement).scalar_one_or_none() is not None


def _insert_sections(visit_id: UUID, card: Scorecard) -> None:
    rows = [
        {
            "visit_id": visit_id,
            "section": section.id,
            "position": position,
            "earned": section.earned,
            "possible": section.possible,
            "percent": None if section.percent is None else float(section.percent),
        }
        for position, section in enumerate(card.sections)
    ]
    db.session.execute(insert(VisitSection), rows)


def _insert_answers(visit_id: UUID, rows: list[dict[str, Any]]) -> None:
    """Insert all answers in one statement: measured, this is what keeps the write lock short."""
    if db.session.get_bind().dialect.name == "sqlite":
        each = func.json_each(json.dumps(rows, ensure_ascii=False)).table_valued("value")
        columns: list[ColumnElement[Any]] = [
            func.json_extract(each.c.value, f"$.{name}") for name in ANSWER_COLUMNS
        ]
    else:
        table = Answer.__table__
        typed = [column(name, table.c[name].type) for name in ANSWER_COLUMNS]
        record = func.jsonb_to_recordset(literal(rows, JSONB())).table_valued(*typed)
        named = record.render_derived(with_types=True)
        columns = [named.c[name] for name in ANSWER_COLUMNS]
    source = select(literal(visit_id, Uuid()), *columns)
    db.session.execute(insert(Answer).from_select(["visit_id", *ANSWER_COLUMNS], source))
